/** The words of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node system error (`ENOSPC`, `ECONNRESET`), where there is one. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The system's keyring could not be read, or did not say anything in time: whether there is a key is not known. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}
