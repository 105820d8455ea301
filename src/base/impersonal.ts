/** What in a text is kept out of what is given away, or kept as it is; the first that fits wins. */
const PARTS =
  /(?<quoted>(?<quote>['"`])(?:[a-z]:|~|file:)?[\\/][^'"`\n]*\k<quote>)|(?<node>\bnode:[\w/]+)|(?<file>file:\/\/[^\s:"'<>)]+)|(?<link>\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>)]+)|(?<key>\bbearer\s+\S+|\bsk-[\w-]{8,})|(?<path>(?:\b[a-z]:|~|\\)?(?:[\\/][^\\/\s:"'()<>|]+)+)/gi;

/** A text without links, keys and names of folders: of a path only the name of its file is kept. */
export function impersonal(text: string): string {
  return text.replace(PARTS, (found: string, ...rest: unknown[]) => {
    const kind = rest.at(-1) as Partial<Record<'quoted' | 'quote' | 'node' | 'link' | 'key', string>>;
    if (kind.node !== undefined) {
      return found;
    }
    if (kind.link !== undefined || kind.key !== undefined) {
      return kind.key === undefined ? '<link>' : '<key>';
    }
    const quote = kind.quoted === undefined ? '' : (kind.quote ?? '');
    const name = (quote === '' ? found : found.slice(1, -1)).split(/[\\/]/).at(-1) ?? '';
    return `${quote}…/${name}${quote}`;
  });
}
