import type { FilmPiece } from '../messages.ts';
import type { FilmSink } from './film.ts';

/** Sends an MP4 that is made through a port, a piece after the other has been written. */
export function sinkTo(port: MessagePort): FilmSink {
  const waiting: (() => void)[] = [];
  port.onmessage = () => {
    waiting.shift()?.();
  };
  const post = (piece: FilmPiece, transfer: Transferable[] = []): void => {
    port.postMessage(piece, transfer);
  };
  return {
    write: async (position, data) => {
      const bytes = data.slice();
      post({ type: 'write', position, bytes }, [bytes.buffer]);
      await new Promise<void>(resolve => waiting.push(resolve));
    },
    report: frames => {
      post({ type: 'frames', frames });
    },
  };
}
