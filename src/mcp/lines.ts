/** Thrown where a message is longer than allowed, or is none. */
export class BadLineError extends Error {
  override readonly name = 'BadLineError';
}

const NEWLINE = 0x0a;

/** Puts messages together again that come as lines of JSON, in pieces. */
export class Lines {
  private readonly longest: number;
  private pieces: Buffer[] = [];
  private length = 0;

  /** `longest`: of one line, bytes. */
  constructor(longest: number) {
    this.longest = longest;
  }

  /** The messages that end in this piece. Throws `BadLineError` at the first that is too long or no JSON object. */
  take(piece: Buffer): Record<string, unknown>[] {
    const messages: Record<string, unknown>[] = [];
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      this.keep(piece.subarray(start, end));
      messages.push(parsed(Buffer.concat(this.pieces)));
      this.pieces = [];
      this.length = 0;
      start = end + 1;
    }
    this.keep(piece.subarray(start));
    return messages;
  }

  private keep(piece: Buffer): void {
    this.length += piece.length;
    if (this.length > this.longest) {
      this.pieces = [];
      throw new BadLineError('A message is too long.');
    }
    if (piece.length > 0) {
      this.pieces.push(piece);
    }
  }
}

/** A message as one line. */
export function lineOf(message: object): string {
  return `${JSON.stringify(message)}\n`;
}

function parsed(line: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    throw new BadLineError('A message is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadLineError('A message is not an object.');
  }
  return value as Record<string, unknown>;
}
