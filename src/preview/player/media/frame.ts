import { CanvasSink, Input, type InputVideoTrack } from 'mediabunny';
import { FORMATS } from './formats.ts';
import { sourceOf, type ClipFile } from './clipFile.ts';
import { editsOf, mediaTime, type Edit } from './edits.ts';
import type { FrameAt } from './messages.ts';
import { movieIndex } from './movieIndex.ts';

/** Shorter than any frame, s. Subtracted from the end of an edit, because a frame that starts there is not presented. */
const BEFORE_END = 0.0005;

/** Decodes a frame as a player presents it, scaled so that its longer side has `longerSide` pixels. Rejects if there is none. */
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
      throw new Error('The file has no video.');
    }
    const time = await timeOf(track, at, index ? editsOf(index, track.id) : []);
    const isWide = (await track.getDisplayWidth()) >= (await track.getDisplayHeight());
    const sink = new CanvasSink(track, {
      ...(longerSide === null ? {} : isWide ? { width: longerSide } : { height: longerSide }),
      // For a single frame, setting up a hardware decoder takes longer than decoding.
      decoderOptions: { hardwareAcceleration: 'prefer-software' },
    });
    // The last frame that starts at or before this time.
    const frame = await sink.getCanvas(time);
    if (!(frame?.canvas instanceof OffscreenCanvas)) {
      throw new Error('The frame cannot be decoded.');
    }
    return frame.canvas.transferToImageBitmap();
  } finally {
    input.dispose();
  }
}

/** The media time of the frame, s. */
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
