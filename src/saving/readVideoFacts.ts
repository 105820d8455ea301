import { open } from 'node:fs/promises';
import { ClipSource } from './clipSource.ts';
import { mp4Facts } from './mp4Facts.ts';
import type { VideoFacts } from './videoFacts.ts';
import { webmFacts } from './webmFacts.ts';

/** Reads the facts of an MP4, QuickTime or WebM file; `undefined` where it is none, or has no video. Never rejects. */
export async function readVideoFacts(path: string): Promise<VideoFacts | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      return (await mp4Facts(new ClipSource(file, size))) ?? (await webmFacts(new ClipSource(file, size)));
    } finally {
      await file.close();
    }
  } catch {
    // What is wrong with a file is said by who needs it.
    return undefined;
  }
}
