import { CanvasSink, Input, MP4, QTFF, WEBM } from 'mediabunny';
import { pieceSource } from './pieces.ts';

/** The longer side of a first frame, pixels: sharp in the widest tile, or in half of it on a screen of double density. */
const LONGER_SIDE = 360;

/** The first frame of a file, small. Rejects where there is none, and when `signal` says so. */
export async function firstFrame(source: string, signal: AbortSignal): Promise<HTMLCanvasElement> {
  const input = new Input({ source: pieceSource(source, signal), formats: [MP4, QTFF, WEBM] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) {
      throw new Error('The file has no picture.');
    }
    const isWide = (await track.getDisplayWidth()) >= (await track.getDisplayHeight());
    const sink = new CanvasSink(track, {
      ...(isWide ? { width: LONGER_SIDE } : { height: LONGER_SIDE }),
      // One frame is decoded before a decoder of the graphics card is set up.
      decoderOptions: { hardwareAcceleration: 'prefer-software' },
    });
    const frame = await sink.getCanvas(await track.getFirstTimestamp());
    signal.throwIfAborted();
    if (!(frame?.canvas instanceof HTMLCanvasElement)) {
      throw new Error('The first frame cannot be decoded.');
    }
    return frame.canvas;
  } finally {
    input.dispose();
  }
}
