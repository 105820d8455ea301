import type { Readable } from 'node:stream';
import { RunCutter } from './cutRuns.ts';

/** How much text an answer may have, bytes; a usual one has a few hundred. What is data in it does not count. */
const MOST_TEXT = 64 * 1024 ** 2;

/** Thrown for an answer with more text than anyone would write. */
export class TooMuchText extends Error {
  override readonly name = 'TooMuchText';

  constructor() {
    super(`> ${MOST_TEXT / 1024 ** 2} MiB`);
  }
}

/**
 * Reads an answer as it comes, without the data in it (see `RunCutter`). Rejects with `TooMuchText`, or with what breaks the
 * connection. `onBytes` hears of each arrival.
 */
export async function readAnswer(
  body: Readable,
  cutter: RunCutter = new RunCutter(),
  onBytes?: (count: number) => void | Promise<void>,
): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const part = cutter.push(chunk);
    parts.push(part);
    size += part.length;
    if (size > MOST_TEXT) {
      body.destroy();
      throw new TooMuchText();
    }
    await onBytes?.(chunk.length);
  }
  return Buffer.concat([...parts, cutter.end()]).toString('utf8');
}
