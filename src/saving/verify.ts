import { FilePathSource, Input, MP4, QTFF } from 'mediabunny';
import { open } from 'node:fs/promises';
import { SaveError } from './errors.ts';

/** What a checked clip turned out to be. */
export interface ClipFacts {
  /** s */
  readonly duration: number;
}

/** Reads the container of a downloaded file. Throws a `SaveError` when it has no picture to play. */
export async function verifyClip(path: string): Promise<ClipFacts> {
  await checkWhole(path);
  const input = new Input({ source: new FilePathSource(path), formats: [MP4, QTFF] });
  try {
    const track = await input.getPrimaryVideoTrack();
    const duration = track ? await track.computeDuration() : 0;
    if (!(duration > 0)) {
      throw new SaveError('notVideo');
    }
    return { duration };
  } catch (error) {
    throw error instanceof SaveError ? error : new SaveError('notVideo', '', { cause: error });
  } finally {
    input.dispose();
  }
}

/**
 * An MP4 is a row of boxes, each of which says how long it is (ISO 14496-12, 4.2). A file that ends before its last box
 * was cut off, however well it plays up to there.
 */
async function checkWhole(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(16);
    for (let offset = 0; offset < size;) {
      const { bytesRead } = await file.read(header, 0, header.length, offset);
      const short = bytesRead >= 8 ? header.readUInt32BE(0) : 0;
      // 1: the length stands behind the type, in 64 bits. 0: the box goes on to the end of the file.
      const length = short === 1 && bytesRead === 16 ? Number(header.readBigUInt64BE(8)) : short;
      if (length === 0 && bytesRead >= 8) {
        return;
      }
      if (size - offset < 8 && offset > 0) {
        // Stray bytes behind the last box are in nobody's way.
        return;
      }
      if (length < 8) {
        throw new SaveError('notVideo');
      }
      offset += length;
      if (offset > size) {
        throw new SaveError('incomplete', `${size} / ${offset}`);
      }
    }
  } finally {
    await file.close();
  }
}
