import { FilePathSource, Input, MP4, QTFF } from 'mediabunny';
import { SaveError } from './errors.ts';

/** What a checked clip turned out to be. */
export interface ClipFacts {
  /** s */
  readonly duration: number;
}

/** Reads the container of a downloaded file. Throws a `SaveError` when it has no picture to play. */
export async function verifyClip(path: string): Promise<ClipFacts> {
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
