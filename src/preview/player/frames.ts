/** The frame that a video shows, in its full size; nothing before there is one. */
export function shownFrame(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas;
}

/** The picture as a PNG file. Rejects where it is of nothing. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, fail) => {
    canvas.toBlob(blob => {
      if (blob) {
        done(blob);
      } else {
        fail(new Error('The picture could not be written.'));
      }
    }, 'image/png');
  });
}
