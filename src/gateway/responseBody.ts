import type { Readable } from 'node:stream';
import { RunCutter } from './cutRuns.ts';

/**
 * How much text a response may have, bytes; a usual one has a few hundred. What is data in it does not count. The worst that is known
 * holds up the extension host for less than 100 ms.
 */
const MOST_TEXT = 8.5 * 1024 ** 2;

/** Thrown for a response with more text than anyone would write. */
export class TooMuchText extends Error {
  override readonly name = 'TooMuchText';

  constructor() {
    super(`> ${MOST_TEXT / 1024 ** 2} MiB`);
  }
}

/**
 * Reads a response as it comes, without the data in it (see `RunCutter`). One that breaks off amid data, or is stopped there, is closed:
 * what it says until then is known, and data takes minutes on a slow line. Else rejects with what breaks the connection, or with
 * `TooMuchText`. `onBytes` is called for each arrival.
 */
export async function readResponse(body: Readable, onBytes: (count: number) => void): Promise<string> {
  const cutter = new RunCutter();
  const parts: Buffer[] = [];
  let size = 0;
  let isCut = false;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      onBytes(chunk.length);
      parts.push(cutter.push(chunk));
      size += parts.at(-1)?.length ?? 0;
      if (size > MOST_TEXT) {
        throw new TooMuchText();
      }
    }
  } catch (error) {
    if (!cutter.isInRun || error instanceof TooMuchText) {
      throw error;
    }
    isCut = true;
  } finally {
    body.destroy();
  }
  const text = Buffer.concat([...parts, cutter.end()]).toString('utf8');
  return isCut ? closed(text) : text;
}

/** JSON that breaks off within a string, with an end. */
function closed(text: string): string {
  const open: string[] = [];
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      at += character === '\\' ? 1 : 0;
      isInString = character !== '"';
    } else if (character === '"') {
      isInString = true;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
    } else if (character === '}' || character === ']') {
      open.pop();
    }
  }
  return `${text}${isInString ? '"' : ''}${open.reverse().join('')}`;
}
