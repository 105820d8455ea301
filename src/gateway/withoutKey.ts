import { anySpelling } from '../base/spellings.ts';

/** Shorter ones are no keys, characters: they are everywhere. */
const SHORTEST = 8;

/** What may be another spelling of a character. */
const ESCAPE = /\\u00|%/i;

/** A text without the key, should it have it in it, however it is spelled. What is too short to be a key stays. */
export function withoutKey(text: string, key: string): string {
  if (key.length < SHORTEST) {
    return text;
  }
  const plain = text.replaceAll(key, '…');
  return ESCAPE.test(plain) ? plain.replace(anySpelling(key), '…') : plain;
}
