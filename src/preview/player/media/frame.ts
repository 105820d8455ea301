import { CanvasSink, Input, type InputVideoTrack } from 'mediabunny';
import { FORMATS } from './formats.ts';
import { sourceOf, type ClipFile } from './clipFile.ts';
import { editsOf, mediaTime, type Edit } from './edits.ts';
import type { FrameAt } from './messages.ts';
import { movieIndex } from './movieIndex.ts';

/** Before the end of an edit by less than any frame is long, s: what begins at the end is not shown. */
const BEFORE_END = 0.0005;

/** A frame of a clip as a player shows it. Throws where there is none. */
export async function takeFrame(
  file: ClipFile,
  at: FrameAt,
  longerSide: number | null,
): Promise<ImageBitmap> {
  const index = await movieIndex(file);
  const input = new Input({ source: sourceOf(file, 'network'), formats: FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) {
      throw new Error('The file has no picture.');
    }
    const time = await timeOf(track, at, index ? editsOf(index, track.id) : []);
    const isWide = (await track.getDisplayWidth()) >= (await track.getDisplayHeight());
    const sink = new CanvasSink(track, {
      ...(longerSide === null ? {} : isWide ? { width: longerSide } : { height: longerSide }),
      // One frame is decoded before a decoder of the graphics card is set up.
      decoderOptions: { hardwareAcceleration: 'prefer-software' },
    });
    // The frame that begins last before this moment.
    const frame = await sink.getCanvas(time);
    if (!(frame?.canvas instanceof OffscreenCanvas)) {
      throw new Error('The frame cannot be decoded.');
    }
    return frame.canvas.transferToImageBitmap();
  } finally {
    input.dispose();
  }
}

/** When the frame is shown, in the media's time, s. */
async function timeOf(track: InputVideoTrack, at: FrameAt, edits: readonly Edit[]): Promise<number> {
  const first = await track.getFirstTimestamp();
  const end = await track.computeDuration();
  switch (at) {
    case 'first':
      return Math.max(first, edits[0]?.from ?? first);
    case 'last': {
      const last = edits.at(-1);
      return last ? Math.max(first, Math.min(end, last.from + last.length - BEFORE_END)) : end;
    }
    default:
      return Math.max(first, mediaTime(edits, at));
  }
}
