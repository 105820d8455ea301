/** What a pasted key turned out to be. */
export type KeyInput = { readonly key: string } | { readonly problem: 'empty' | 'whiteSpace' | 'control' };

/** Trims a pasted key and strips a `Bearer ` copied along with it. A key is one word of visible ASCII. */
export function readKey(text: string): KeyInput {
  const key = text
    .trim()
    .replace(/^(authorization:\s*)?bearer(\s+|$)/i, '')
    .trim();
  if (key === '') {
    return { problem: 'empty' };
  }
  if (/\s/.test(key)) {
    return { problem: 'whiteSpace' };
  }
  return /^[\x21-\x7e]+$/.test(key) ? { key } : { problem: 'control' };
}
