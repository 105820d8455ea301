/**
 * Decodes base64 that comes in pieces, in either alphabet, out of a JSON string, or one within others: escaped slashes and line ends
 * are no part of it, and `\u002B` is a plus. Holds a few bytes.
 */
export class Base64Stream {
  private rest = '';

  /** What these bytes add. */
  push(bytes: Buffer): Buffer {
    const text = this.rest + bytes.toString('latin1');
    // An escape may continue in the next piece.
    const end = Math.max(0, text.length - (/\\+[^\\]{0,4}$/.exec(text)?.[0].length ?? 0));
    const clean = unescaped(text.slice(0, end));
    const whole = clean.length - (clean.length % 4);
    this.rest = clean.slice(whole) + text.slice(end);
    return Buffer.from(clean.slice(0, whole), 'base64');
  }

  /** What is left at the end. */
  end(): Buffer {
    return Buffer.from(unescaped(this.rest), 'base64');
  }
}

function unescaped(text: string): string {
  return text
    .replace(/\\+u00([0-9a-f]{2})/gi, (_escape, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\+[nrt]/g, '')
    .replace(/\\+/g, '');
}
