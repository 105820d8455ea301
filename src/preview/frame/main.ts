import type { FromFramePage, ToFramePage } from '../frameProtocol.ts';
import { FrameReader } from '../player/frameReader.ts';
import { pngOf } from '../player/frames.ts';
import { thumbnailOf } from '../player/thumbnail.ts';
import { THUMBNAIL_SIDE } from '../thumbnail.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromFramePage): void };

const host = acquireVsCodeApi();
const reader = new FrameReader(document.body.dataset.reader ?? '');

window.addEventListener('message', ({ data }: MessageEvent<ToFramePage>) => {
  read(data).then(
    bytes => {
      host.postMessage({ type: 'frame', bytes });
    },
    (error: unknown) => {
      host.postMessage({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
    },
  );
});
host.postMessage({ type: 'ready' });

async function read({ source, at, form }: ToFramePage): Promise<Uint8Array<ArrayBuffer>> {
  const longerSide = form === 'thumbnail' ? THUMBNAIL_SIDE : null;
  const canvas = await reader.take(source, at, new AbortController().signal, longerSide);
  const bytes =
    form === 'thumbnail'
      ? await thumbnailOf(canvas)
      : new Uint8Array(await (await pngOf(canvas)).arrayBuffer());
  if (!bytes) {
    throw new Error('The frame could not be encoded.');
  }
  return bytes;
}
