import { CanvasSink, Input, MP4, QTFF, UrlSource, WEBM } from 'mediabunny';

/** A frame of a file, at a time in s if not at an edge, in its full size. Decoded for itself: seeking ends near the last frame, not on it. */
export async function frameOf(source: string, at: 'first' | 'last' | number): Promise<HTMLCanvasElement> {
  const input = new Input({ source: new UrlSource(source), formats: [MP4, QTFF, WEBM] });
  try {
    const track = await input.getPrimaryVideoTrack();
    const first = (await track?.getFirstTimestamp()) ?? 0;
    const time =
      at === 'last' ? await track?.computeDuration() : Math.max(first, at === 'first' ? first : at);
    // The frame that begins last before this moment.
    const frame = track && time !== undefined ? await new CanvasSink(track).getCanvas(time) : null;
    if (!(frame?.canvas instanceof HTMLCanvasElement)) {
      throw new Error('The file has no picture.');
    }
    return frame.canvas;
  } finally {
    input.dispose();
  }
}
