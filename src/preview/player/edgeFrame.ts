import { CanvasSink, Input, MP4, QTFF, UrlSource } from 'mediabunny';

/** The first or the last frame of a file in its full size, decoded for itself: seeking ends near the last frame, not on it. */
export async function edgeFrame(source: string, edge: 'first' | 'last'): Promise<HTMLCanvasElement> {
  const input = new Input({ source: new UrlSource(source), formats: [MP4, QTFF] });
  try {
    const track = await input.getPrimaryVideoTrack();
    const time = edge === 'first' ? await track?.getFirstTimestamp() : await track?.computeDuration();
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
