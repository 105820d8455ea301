/** The messages between the page that plays a cut and the extension. The page sends the first one, `ready`. */

import { isPlayerMemory, isRecord, type PageWords, type PlayerMemory } from './protocol.ts';

/** Every string that the page shows, in VS Code's display language. The page fills in `{0}` and `{1}`. */
export interface CutWords extends PageWords {
  /** The list of the shots. */
  readonly shots: string;
  /** With the number of the shot, and of all. */
  readonly shotOf: string;
  /** With the name of a clip. */
  readonly cannotPlayClip: string;
}

/** A clip of a cut. */
export interface CutItem {
  readonly name: string;
  /** The URL that the page loads the file from. */
  readonly source: string;
  /** s */
  readonly duration: number;
  /** The duration as text. */
  readonly length: string;
}

/** What is played. */
export interface PlayedCut {
  readonly name: string;
  readonly clips: readonly CutItem[];
  /** Frames per second. */
  readonly rate: number;
}

export interface ToCut {
  readonly type: 'start';
  readonly words: CutWords;
  readonly memory: PlayerMemory;
  readonly cut: PlayedCut;
}

export type FromCut =
  | { readonly type: 'ready' | 'fullScreen' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'remember'; readonly memory: PlayerMemory }
  /** A clip is shown, by its place. */
  | { readonly type: 'shown'; readonly index: number }
  /** A clip cannot be played, by its place. */
  | { readonly type: 'clipFailed'; readonly index: number; readonly reason: string }
  | { readonly type: 'audioFailed'; readonly reason: string };

/** Checks a message from the page. The page is ours, but the files that it reads are untrusted. */
export function isFromCut(message: unknown): message is FromCut {
  if (!isRecord(message)) {
    return false;
  }
  switch (message.type) {
    case 'ready':
    case 'fullScreen':
      return true;
    case 'copy':
      return typeof message.text === 'string';
    case 'remember':
      return isPlayerMemory(message.memory);
    case 'shown':
      return Number.isSafeInteger(message.index);
    case 'clipFailed':
      return Number.isSafeInteger(message.index) && typeof message.reason === 'string';
    case 'audioFailed':
      return typeof message.reason === 'string';
    default:
      return false;
  }
}
