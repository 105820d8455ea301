/** The current frame of a video, in full size. Empty (0 × 0) before the first frame has loaded. */
export function shownFrame(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas;
}

/** The canvas as a PNG file. Rejects if it is empty. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, fail) => {
    canvas.toBlob(blob => {
      if (blob) {
        done(blob);
      } else {
        fail(new Error('The frame could not be encoded.'));
      }
    }, 'image/png');
  });
}
