import { isFirstBox } from './content.ts';
import { TooMuch, type ClipSource } from './clipSource.ts';

/** One box of an MP4 or QuickTime file (ISO 14496-12, 4.2): where what is in it begins, and where it ends. */
export interface Box {
  readonly type: string;
  /** Where it stands itself. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** The row of boxes that a file is. */
export interface BoxRow {
  /** The boxes with tables: `moov` and `moof`. */
  readonly tables: readonly Box[];
  /** Where the file ends by what it says itself, bytes: beyond its true end if it was cut off, or if a length is wrong. */
  readonly end: number;
}

/** A clip has a handful of boxes, one in many fragments some thousands. */
const MOST_BOXES = 50_000;

/** As many as no box has that is not made to keep a parser busy. */
const MOST_CHILDREN = 2_000;

const HEADER = 16;

/** Thrown where what is in a file makes no sense. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Follows the row of a file's boxes, as far as it makes sense. Throws `TooMuch`, or what the system says. */
export async function boxesOf(source: ClipSource): Promise<BoxRow> {
  const tables: Box[] = [];
  let offset = 0;
  for (let count = 0; source.size - offset >= 8; count++) {
    if (count > MOST_BOXES) {
      throw new TooMuch();
    }
    const box = boxAt(await source.peek(offset, HEADER), 0, source.size - offset);
    if (!box || (offset === 0 && !isFirstBox(box.type))) {
      break;
    }
    if (box.type === 'moov' || box.type === 'moof') {
      tables.push({ type: box.type, at: offset, start: offset + box.start, end: offset + box.end });
    }
    offset += box.end;
  }
  // Stray bytes behind the last box are in nobody's way.
  return { tables, end: Math.max(offset, source.size) };
}

/** The boxes in one that is in memory; one that is longer than what is around it ends with that. Throws `TooMuch`. */
export function* boxesIn(bytes: Buffer): Generator<{ type: string; content: Buffer }> {
  let offset = 0;
  for (let count = 0; bytes.length - offset >= 8; count++) {
    const box = boxAt(bytes, offset, bytes.length - offset);
    if (!box) {
      return;
    }
    if (count > MOST_CHILDREN) {
      throw new TooMuch();
    }
    yield { type: box.type, content: bytes.subarray(box.start, box.end) };
    offset = box.end;
  }
}

/** What is in the box at a path of types; `undefined` where there is none. */
export function contentAt(bytes: Buffer, ...path: readonly string[]): Buffer | undefined {
  let at: Buffer | undefined = bytes;
  for (const type of path) {
    at = at && contentOf(at, type);
  }
  return at;
}

function contentOf(bytes: Buffer, wanted: string): Buffer | undefined {
  for (const { type, content } of boxesIn(bytes)) {
    if (type === wanted) {
      return content;
    }
  }
  return undefined;
}

/** `rest`: how far a box goes that continues to the end. */
function boxAt(bytes: Buffer, offset: number, rest: number): Box | undefined {
  if (bytes.length - offset < 8) {
    return undefined;
  }
  const short = bytes.readUInt32BE(offset);
  const isLong = short === 1 && bytes.length - offset >= HEADER;
  // 1: the length stands behind the type, in 64 bits. 0: the box continues to the end.
  const length = isLong ? Number(bytes.readBigUInt64BE(offset + 8)) : short === 0 ? rest : short;
  const header = isLong ? HEADER : 8;
  const type = bytes.toString('latin1', offset + 4, offset + 8);
  return length < header ? undefined : { type, at: offset, start: offset + header, end: offset + length };
}
