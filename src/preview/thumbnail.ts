/** The longer side of a thumbnail, at most, pixels. */
export const THUMBNAIL_SIDE = 320;

/** The largest thumbnail accepted, bytes. They usually take 8 kB. VS Code's hovers hold 100,000 characters. */
export const MOST_THUMBNAIL_BYTES = 32 * 1024;

/** Whether this is a JPEG (ITU-T T.81) within the limits of a thumbnail. It comes from a page that decodes untrusted files. */
export function isThumbnail(bytes: unknown): bytes is Uint8Array<ArrayBuffer> {
  if (!(bytes instanceof Uint8Array) || bytes.length > MOST_THUMBNAIL_BYTES) {
    return false;
  }
  const size = jpegSize(bytes);
  return size?.every(side => side > 0 && side <= THUMBNAIL_SIDE) === true;
}

/** Height and width from the frame header (B.2.2), pixels; `undefined` if this is not a JPEG. */
function jpegSize(bytes: Uint8Array): [height: number, width: number] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const END = 9;
  if (bytes.length < 4 || view.getUint16(0) !== 0xff_d8) {
    return undefined;
  }
  for (let at = 2; at + END <= bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker >= 0xff_c0 && marker <= 0xff_c2) {
      return [view.getUint16(at + 5), view.getUint16(at + 7)];
    }
    // Only tables and comments may come before the frame header.
    if (marker < 0xff_c4 || marker === 0xff_da) {
      return undefined;
    }
  }
  return undefined;
}
