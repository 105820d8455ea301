/** Where parts say what they do. Never a key, never a link's query. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A link as it may appear in a log or message: without what can open a door, its user and password, its query and fragment. */
export function withoutQuery(link: string): string {
  return link.replace(/[?#].*$/s, '').replace(/^(\s*(?:[a-z][a-z0-9+.-]*:)?[\\/]{2})[^\\/]*@/i, '$1');
}
