import { open, type FileHandle } from 'node:fs/promises';
import { messageOf } from '../base/errors.ts';
import { ClipSource, TooMuch } from './clipSource.ts';
import { endingOf, HEAD } from './content.ts';
import { readMp4 } from './mp4.ts';
import type { Contents, Verdict } from './verdict.ts';
import { readWebm } from './webm.ts';

type Reader = (source: ClipSource) => Promise<Contents>;

const READERS: Readonly<Record<string, Reader>> = {
  mp4: readMp4,
  m4v: readMp4,
  mov: readMp4,
  '3gp': readMp4,
  webm: readWebm,
  mkv: readWebm,
};

/**
 * Looks into a downloaded file: whether it contains a video, and all of it. Never rejects. Reads the tables only, and keeps
 * none of them: a parser that makes lists of what they promise can be made to end the whole process, worker or not.
 */
export async function examine(path: string): Promise<Verdict> {
  try {
    const file = await open(path, 'r');
    try {
      return await examineFile(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    // What the system says carries the name of a call to it.
    return error instanceof Error && 'syscall' in error
      ? { kind: 'noAccess', detail: messageOf(error) }
      : { kind: 'notChecked', why: error instanceof TooMuch ? 'tooMuch' : 'unreadable' };
  }
}

async function examineFile(file: FileHandle): Promise<Verdict> {
  const { size } = await file.stat();
  const source = new ClipSource(file, size);
  const reader = READERS[endingOf(await source.peek(0, HEAD))];
  return reader ? judge(await reader(source), size) : { kind: 'notChecked', why: 'otherKind' };
}

/**
 * A file that ends before it says it does was cut off, unless all of the video and audio is there: a wrong length is in
 * nobody's way then.
 */
function judge({ duration, dataEnd, claimedEnd }: Contents, size: number): Verdict {
  const isReadable = duration !== undefined && dataEnd <= size;
  if (claimedEnd > size && !isReadable) {
    return { kind: 'cutOff', detail: `${size} / ${claimedEnd}` };
  }
  if (!isReadable) {
    return { kind: 'notChecked', why: 'unreadable' };
  }
  return duration > 0 && Number.isFinite(duration)
    ? { kind: 'plays', duration }
    : { kind: 'notChecked', why: 'noPicture' };
}
