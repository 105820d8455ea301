/** A text without the key, should it have it in it. What is too short to be a key stays, being everywhere. */
export function withoutKey(text: string, key: string): string {
  return key.length < 8 ? text : text.replaceAll(key, '…');
}
