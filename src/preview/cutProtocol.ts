/** The messages between the page that plays a cut and the extension. The page sends the first one, `ready`. */

import { isFromPage, isRecord, type CommonMessage, type PageWords, type PlayerMemory } from './protocol.ts';

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

/** The part of the webview state that the extension needs: what is played. VS Code hands it back after a reload. */
export interface CutState {
  readonly name: string;
  readonly rate: number;
  readonly clips: readonly (Omit<CutItem, 'source'> & {
    /** The number of its task in the list. */
    readonly key: number;
    /** The URI of its file. */
    readonly file: string;
  })[];
}

export type ToCut =
  | {
      readonly type: 'start';
      readonly words: CutWords;
      readonly memory: PlayerMemory;
      readonly cut: PlayedCut;
      readonly state: CutState;
      /** The user has just requested it: it plays from its beginning. */
      readonly plays: boolean;
    }
  /** What is wrong with a clip that could not be played, by its place. */
  | { readonly type: 'problem'; readonly index: number; readonly problem: string };

export type FromCut =
  | { readonly type: 'ready' }
  | CommonMessage
  /** A clip is shown, or to be opened in the system's player, by its place. */
  | { readonly type: 'shown' | 'openExternally'; readonly index: number }
  /** A clip cannot be played, by its place. */
  | { readonly type: 'clipFailed'; readonly index: number; readonly reason: string };

/** Checks a message from the page. The page is ours, but the files that it reads are untrusted. */
export function isFromCut(message: unknown): message is FromCut {
  if (!isRecord(message)) {
    return false;
  }
  switch (message.type) {
    case 'ready':
    case 'fullScreen':
    case 'copy':
    case 'remember':
    case 'audioFailed':
      return isFromPage(message);
    case 'shown':
    case 'openExternally':
      return Number.isSafeInteger(message.index);
    case 'clipFailed':
      return Number.isSafeInteger(message.index) && typeof message.reason === 'string';
    default:
      return false;
  }
}

/** Checks the webview state that VS Code hands back after a reload. */
export function isCutState(state: unknown): state is CutState {
  return (
    isRecord(state) &&
    typeof state.name === 'string' &&
    typeof state.rate === 'number' &&
    state.rate > 0 &&
    Array.isArray(state.clips) &&
    state.clips.length > 0 &&
    state.clips.every(
      (clip: unknown) =>
        isRecord(clip) &&
        Number.isSafeInteger(clip.key) &&
        typeof clip.name === 'string' &&
        typeof clip.file === 'string' &&
        typeof clip.duration === 'number' &&
        typeof clip.length === 'string',
    )
  );
}
