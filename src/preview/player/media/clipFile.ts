import { CustomSource } from 'mediabunny';
import type { PieceReply, RemoteFile } from './messages.ts';

/** A file that is read in ranges. `to` is exclusive, bytes. */
export interface ClipFile {
  readonly size: number;
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
}

/** A blob as a file. Reading throws once more than `budget` bytes have been requested. */
export function blobFile(blob: Blob, budget = Infinity): ClipFile {
  let spent = 0;
  return {
    size: blob.size,
    read: async (from, to) => {
      spent += to - from;
      if (spent > budget) {
        throw new Error(`More than ${budget} bytes are to be read.`);
      }
      return new Uint8Array(await blob.slice(from, to).arrayBuffer());
    },
  };
}

/** A file whose ranges the page fetches. The page limits how much is read. */
export function remoteClipFile({ size, start, pieces }: RemoteFile): ClipFile {
  const waiting: ((reply: PieceReply) => void)[] = [];
  pieces.onmessage = ({ data }: MessageEvent<PieceReply>) => {
    waiting.shift()?.(data);
  };
  return {
    size,
    read: async (from, to) => {
      if (to <= start.length) {
        return start.subarray(from, to);
      }
      pieces.postMessage({ from, to });
      const reply = await new Promise<PieceReply>(resolve => waiting.push(resolve));
      if ('failed' in reply) {
        throw new Error(reply.failed);
      }
      return reply.bytes;
    },
  };
}

/** The file as a source for mediabunny. */
export function sourceOf({ size, read }: ClipFile, prefetchProfile: 'fileSystem' | 'network'): CustomSource {
  return new CustomSource({ getSize: () => size, read, prefetchProfile });
}
