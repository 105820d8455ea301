/** Runs in the page: reads the columns of the clip `counter`. Refers to nothing outside. */
export function readNumber(picture: Element | ImageBitmap): number {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 180;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The page has no canvas.');
  context.drawImage(picture as HTMLVideoElement | ImageBitmap, 0, 0, 320, 180);
  return Array.from({ length: 8 }, (_column, digit) => {
    const [red = 0] = context.getImageData(digit * 40 + 20, 90, 1, 1).data;
    return red > 128 ? 2 ** digit : 0;
  }).reduce((sum, value) => sum + value, 0);
}
