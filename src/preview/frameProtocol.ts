import { isRecord } from './protocol.ts';
import { isThumbnail } from './thumbnail.ts';

/** The messages between the page that reads a frame and the extension. The page sends the first one, `ready`. */
export interface ToFramePage {
  readonly type: 'read';
  /** The URL of the clip. */
  readonly source: string;
  readonly at: FrameAt;
  readonly form: FrameForm;
}

/** Which frame: the first, the last, or the one at a time, s. */
export type FrameAt = 'first' | 'last' | number;

/** In full size as PNG, or as a small JPEG. */
export type FrameForm = 'png' | 'thumbnail';

export type FromFramePage =
  | { readonly type: 'ready' }
  | { readonly type: 'frame'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly reason: string };

/** A PNG's first four bytes (PNG specification, 5.2). */
const PNG_START = [0x89, 0x50, 0x4e, 0x47];

/** Checks a message from the page. The page is ours, but the files that it reads are untrusted. */
export function isFromFramePage(message: unknown): message is FromFramePage {
  if (!isRecord(message)) {
    return false;
  }
  switch (message.type) {
    case 'ready':
      return true;
    case 'frame':
      return isImage(message.bytes);
    case 'failed':
      return typeof message.reason === 'string';
    default:
      return false;
  }
}

function isImage(bytes: unknown): boolean {
  return (
    bytes instanceof Uint8Array &&
    (PNG_START.every((byte, index) => bytes[index] === byte) || isThumbnail(bytes))
  );
}
