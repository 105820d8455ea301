/** A pasted key, or what is wrong with it. */
export type KeyInput = { readonly key: string } | { readonly problem: 'empty' | 'whiteSpace' | 'control' };

/** Trims a pasted key, and removes a `Bearer ` copied along with it. A key is one word of visible ASCII characters. */
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
