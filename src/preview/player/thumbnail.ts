import type { ClipPlayback } from './playback.ts';
import { MOST_THUMBNAIL_BYTES, THUMBNAIL_SIDE } from '../thumbnail.ts';

/** JPEG qualities to try, until the thumbnail is small enough. */
const QUALITIES = [0.8, 0.6, 0.4, 0.2];

/** Up to this position the current frame passes for the first one, s. */
const AT_FIRST = 0.1;

/** The thumbnail of a clip that has just been loaded; `undefined` if it starts further in than its first frame. */
export async function firstFrameOf({
  element,
  currentTime,
}: ClipPlayback): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (currentTime > AT_FIRST) {
    return undefined;
  }
  if (element.seeking) {
    // A seeking video is drawn as black.
    await new Promise(done => {
      element.addEventListener('seeked', done, { once: true });
    });
  }
  return thumbnailOf(element);
}

/** The frame as a JPEG within the limits of a thumbnail; `undefined` if there is none, or it can't be made small enough. */
export async function thumbnailOf(
  shown: HTMLCanvasElement | HTMLVideoElement,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const [width, height] =
    shown instanceof HTMLVideoElement ? [shown.videoWidth, shown.videoHeight] : [shown.width, shown.height];
  if (width === 0 || height === 0) {
    return undefined;
  }
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(shown, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const blob = await jpegOf(canvas, quality);
    if (blob && blob.size <= MOST_THUMBNAIL_BYTES) {
      return new Uint8Array(await blob.arrayBuffer());
    }
  }
  return undefined;
}

async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise(done => {
    canvas.toBlob(done, 'image/jpeg', quality);
  });
}
