import type { Medium } from './family.ts';
import type { Task } from './task.ts';

/** What VS Code's player shows: Chromium reads these containers. */
const SHOWN = ['mp4', 'm4v', 'mov', 'webm'] as const;

/** What a gateway may call a video and VS Code does not show: kept, and named for what it is. */
const KEPT = [
  ...['mkv', 'avi', 'ogv', 'flv', 'wmv', 'mpg', 'ts', '3gp'],
  ...['gif', 'webp', 'png', 'jpg', 'avif', 'heic', 'm4a', 'mp3', 'wav', 'flac', 'ogg', 'zip', 'gz'],
] as const;

/** What is no video and nothing is wrong with: VS Code has viewers of its own for most of it. */
const IMAGES = ['gif', 'webp', 'png', 'jpg', 'avif', 'heic'];
const AUDIO = ['m4a', 'mp3', 'wav', 'flac', 'ogg'];

/** The ending that a clip's file has, for what the file is. */
export type ClipEnding = (typeof SHOWN)[number] | (typeof KEPT)[number];

/** All endings of clips, those that VS Code shows first. */
export const CLIP_ENDINGS: readonly ClipEnding[] = [...SHOWN, ...KEPT];

/** The endings of what VS Code shows. */
export const SHOWN_ENDINGS: readonly ClipEnding[] = SHOWN;

/** The ending of a path, name or URI, in small letters; empty where it has none. */
export function endingIn(path: string): string {
  return /\.([a-z\d]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Whether a path, name or URI is called as a clip is. */
export function isClipName(path: string): boolean {
  return CLIP_ENDINGS.some(ending => ending === endingIn(path));
}

/** Whether a path, name or URI has the extension of an image or audio file. */
export function isImageOrAudio(path: string): boolean {
  return mediumOfFile(path) !== 'video';
}

/** What a file is, by its name; a video where that does not say. */
export function mediumOfFile(path: string): Medium {
  const ending = endingIn(path);
  return IMAGES.includes(ending) ? 'image' : AUDIO.includes(ending) ? 'audio' : 'video';
}

/** Whether a task's video is saved: it can be played, compared, and stepped to. Images and audio are shown by VS Code itself. */
export function isSavedVideo({ file, filePath }: Pick<Task, 'file' | 'filePath'>): boolean {
  return file === 'saved' && !isImageOrAudio(filePath ?? '');
}

/** Whether a path, name or URI is called as what VS Code shows. */
export function isShown(path: string): boolean {
  return SHOWN_ENDINGS.some(ending => ending === endingIn(path));
}

/** A name without the ending of a clip; what comes may be of another kind than a person has thought. */
export function withoutEnding(name: string): string {
  return isClipName(name) ? name.slice(0, -endingIn(name).length - 1) : name;
}

/** Whether it is unknown if a saved clip plays. Always `false` for images and audio. */
export function isUnchecked({ fileCheck, filePath }: Pick<Task, 'fileCheck' | 'filePath'>): boolean {
  return fileCheck === 'notChecked' && !isImageOrAudio(filePath ?? '');
}
