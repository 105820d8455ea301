import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { codeOf, messageOf } from '../base/errors.ts';

/** The largest image that is sent anywhere, bytes: no model of the gateway is known to take larger ones (api.md section 1). */
export const LARGEST_IMAGE = 10 * 1024 * 1024;

/** An image on this machine. */
export interface ImageFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly type: ImageType;
  /** What it is known by, wherever it lies: the same for the same bytes. */
  readonly hash: string;
}

/** What the gateway takes. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

/** Why a file cannot be sent. */
export type ImageTrouble =
  | { readonly kind: 'gone' | 'notImage' | 'empty'; readonly path: string }
  | { readonly kind: 'tooLarge'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly path: string; readonly text: string };

/** Reads an image, and identifies its format by its content. Never rejects. */
export async function readImage(path: string): Promise<ImageFile | ImageTrouble> {
  if (!isAbsolute(path)) {
    return { kind: 'gone', path };
  }
  try {
    const facts = await stat(path);
    if (!facts.isFile()) {
      // To open a pipe could wait for ever.
      return { kind: 'notImage', path };
    }
    if (facts.size > LARGEST_IMAGE) {
      return { kind: 'tooLarge', path, bytes: facts.size };
    }
    const bytes = await readAtMost(path, LARGEST_IMAGE);
    if (bytes.length === 0) {
      return { kind: 'empty', path };
    }
    const type = typeOf(bytes);
    return type === undefined
      ? { kind: 'notImage', path }
      : { path, bytes, type, hash: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { kind: 'gone', path }
      : { kind: 'unreadable', path, text: messageOf(error) };
  }
}

/** The image itself as an address, to be sent inside a request. */
export function dataAddress({ bytes, type }: ImageFile): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}

/** How long `dataAddress` would be, characters. */
export function dataLength({ bytes, type }: ImageFile): number {
  return `data:${type};base64,`.length + Math.ceil(bytes.length / 3) * 4;
}

/** A file can grow while it is read. */
async function readAtMost(path: string, most: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, most));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) {
        break;
      }
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

function typeOf(bytes: Buffer): ImageType | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) {
    return 'image/jpeg';
  }
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) {
    return 'image/png';
  }
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? 'image/webp' : undefined;
}
