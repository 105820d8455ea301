/** Takes the bytes of one run of data as they come, escapes of JSON among them. */
export interface RunSink {
  /** Which run, by its number in the body. */
  readonly number: number;
  readonly take: (bytes: Buffer) => void;
}

/** How much of a run is kept, bytes: enough to recognize it. */
const HEAD = 256;

/** From this length on a run is data, no word, number or signature, bytes; after `base64,` already what is longer than its head. */
const LONGEST_WORD = 16 * 1024;

/** What data is made of in JSON: base64 in both alphabets, and backslashes before a slash or a line's end. */
const IS_DATA = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_\\') {
  IS_DATA[character.charCodeAt(0)] = 1;
}

const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * Cuts long runs of data out of a JSON text as it comes, so that a response with a clip or an image in it is as small as any other:
 * of each run the beginning stays, and after it `…[NUMBER: LENGTH]`. What was JSON is JSON, also within strings. Holds a few KiB.
 */
export class RunCutter {
  private readonly sink: RunSink | undefined;
  /** The run at hand, until it is known to be long. */
  private held: Buffer[] = [];
  private heldLength = 0;
  private length = 0;
  /** Backslashes at the end of the run: they may belong to what comes after it. */
  private backslashes = 0;
  private isCutting = false;
  private isAfterBase64 = false;
  /** The end of the last run, which may be the word before data. */
  private beforeComma = '';
  private number = 0;

  /** `sink` gets all of one run. */
  constructor(sink?: RunSink) {
    this.sink = sink;
  }

  /** Whether what came last was in the midst of a long run. */
  get isInRun(): boolean {
    return this.isCutting;
  }

  /** The text without its long runs, as far as it is known. */
  push(chunk: Buffer): Buffer {
    const out: Buffer[] = [];
    // What stays as it is continues in one piece.
    let from = 0;
    for (let at = 0; at < chunk.length;) {
      const end = endOf(chunk, at, 1);
      const isOver = end < chunk.length;
      if (!isOver || this.length > 0 || end - at > this.longest) {
        out.push(chunk.subarray(from, at));
        this.addToRun(chunk.subarray(at, end), out);
        if (isOver) {
          this.endRun(out);
        }
        from = end;
      } else if (chunk[end] === COMMA) {
        this.beforeComma = chunk.toString('latin1', Math.max(at, end - 6), end);
      }
      const next = endOf(chunk, end, 0);
      if (isOver) {
        this.isAfterBase64 = this.beforeComma === 'base64' && next === end + 1 && chunk[end] === COMMA;
        this.beforeComma = '';
      }
      at = next;
    }
    out.push(chunk.subarray(from));
    return Buffer.concat(out);
  }

  /** What is left at the end. */
  end(): Buffer {
    const out: Buffer[] = [];
    this.endRun(out);
    return Buffer.concat(out);
  }

  /** The longest run that stays as it is. */
  private get longest(): number {
    return this.isAfterBase64 ? HEAD : LONGEST_WORD;
  }

  private addToRun(bytes: Buffer, out: Buffer[]): void {
    this.length += bytes.length;
    const last = trailing(bytes);
    this.backslashes = last + (last === bytes.length ? this.backslashes : 0);
    if (this.isCutting) {
      this.feed(bytes);
      return;
    }
    // A copy: the chunk is not ours for longer.
    this.held.push(Buffer.from(bytes));
    this.heldLength += bytes.length;
    if (this.heldLength > this.longest) {
      const held = Buffer.concat(this.held);
      this.isCutting = true;
      this.held = [];
      this.feed(held);
      // No half of an escape stays.
      out.push(
        Buffer.from(
          held
            .toString('latin1', 0, HEAD)
            .replace(/\\[^\\]{0,5}$/, '')
            .replace(/\\+$/, ''),
          'latin1',
        ),
      );
    }
  }

  private feed(bytes: Buffer): void {
    if (this.sink?.number === this.number) {
      this.sink.take(bytes);
    }
  }

  private endRun(out: Buffer[]): void {
    const held = Buffer.concat(this.held);
    if (this.isCutting) {
      const after = '\\'.repeat(this.backslashes);
      out.push(Buffer.from(`…[${this.number}: ${this.length - this.backslashes}]${after}`));
      this.number++;
    } else {
      out.push(held);
    }
    this.beforeComma = held.toString('latin1', Math.max(0, held.length - 6));
    this.held = [];
    this.heldLength = this.length = this.backslashes = 0;
    this.isCutting = false;
  }
}

/** Where bytes end that are data, or are none. */
function endOf(chunk: Buffer, start: number, isData: 0 | 1): number {
  let at = start;
  while (at < chunk.length && IS_DATA[chunk[at] ?? 0] === isData) {
    at++;
  }
  return at;
}

function trailing(bytes: Buffer): number {
  let count = 0;
  while (count < bytes.length && bytes[bytes.length - 1 - count] === BACKSLASH) {
    count++;
  }
  return count;
}
