/** The messages between the page of compared clips and the extension. The page speaks first, with `ready`. */
import {
  isFromPage,
  isRecord,
  type Fact,
  type FrameSpot,
  type PageWords,
  type PlayerMemory,
} from './protocol.ts';
import { isThumbnail } from './thumbnail.ts';

/** How many clips are compared. */
export const FEWEST_CLIPS = 2;
export const MOST_CLIPS = 4;

/** Every word that the page shows: the player's, and its own. */
export interface CompareWords extends PageWords {
  readonly hearFirst: string;
  readonly hearSecond: string;
  readonly hearThird: string;
  readonly hearFourth: string;
  readonly solo: string;
  readonly leaveSolo: string;
  readonly moveBack: string;
  readonly moveOn: string;
  readonly clips: string;
  readonly parameter: string;
  /** With the number of parameters. */
  readonly sameInAll: string;
  readonly noDifferences: string;
}

/** What menus and commands of VS Code ask the page to do with a clip. */
export type CompareWish = 'copyFrame' | 'saveFrame' | 'moveOn' | 'moveBack';

/** What the page keeps across a reload of the window: the keys of its tasks, in their order on the page. */
export interface CompareState {
  readonly keys: readonly number[];
}

/** One of the clips. */
export interface ComparedClip {
  readonly key: number;
  readonly name: string;
  /** What can be done with it, as the menus of `pageContext` ask for it. */
  readonly words: string;
  /** What it was made with. */
  readonly facts: readonly Fact[];
  readonly content:
    /** The file, as an address that this webview may read. */
    | { readonly kind: 'clip'; readonly source: string }
    /** There is no file to play, and why. */
    | { readonly kind: 'none'; readonly why: string };
}

export type ToComparePage =
  | { readonly type: 'start'; readonly words: CompareWords; readonly memory: PlayerMemory }
  /** Always the same clips; comes again when there is something new to say. `plays`: a person has just asked for them. */
  | { readonly type: 'show'; readonly clips: readonly ComparedClip[]; readonly plays: boolean }
  /** `key`: the clip; `null` for the one that is heard. */
  | { readonly type: 'wish'; readonly wish: CompareWish; readonly key: number | null };

export type FromComparePage =
  | { readonly type: 'ready' }
  /** There is a picture of the clip. */
  | { readonly type: 'shown'; readonly key: number }
  | { readonly type: 'openExternally'; readonly key: number }
  /** The clip that the person listens to, and whose row is looked for in the list. */
  | { readonly type: 'heard'; readonly key: number }
  /** A frame as PNG, for a file where the person says. */
  | {
      readonly type: 'saveFrame';
      readonly key: number;
      readonly png: Uint8Array<ArrayBuffer>;
      readonly spot: FrameSpot;
    }
  /** The window's full screen, where the page may not have one of its own. */
  | { readonly type: 'fullScreen' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'remember'; readonly memory: PlayerMemory }
  /** The sound of a clip cannot be played, as the log shall tell it. */
  | { readonly type: 'audioFailed'; readonly reason: string }
  /** A clip cannot be played; the reason is the browser's own. */
  /** The first frame of a clip, as `isThumbnail` says. */
  | { readonly type: 'thumbnail'; readonly key: number; readonly jpeg: Uint8Array<ArrayBuffer> }
  | { readonly type: 'playerFailed'; readonly key: number; readonly reason: string };

/** Checks what arrived from the page: the page is ours, but what runs in it plays untrusted files. */
export function isFromComparePage(message: unknown): message is FromComparePage {
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
    case 'heard':
      return typeof message.key === 'number';
    case 'saveFrame':
      return typeof message.key === 'number' && isFromPage({ ...message, source: '', as: true });
    case 'thumbnail':
      return typeof message.key === 'number' && isThumbnail(message.jpeg);
    case 'playerFailed':
      return typeof message.key === 'number' && typeof message.reason === 'string';
    default:
      return false;
  }
}

/** Checks what was kept by the page before the window was loaded anew. */
export function isCompareState(state: unknown): state is CompareState {
  return (
    isRecord(state) &&
    Array.isArray(state.keys) &&
    state.keys.length >= FEWEST_CLIPS &&
    state.keys.length <= MOST_CLIPS &&
    state.keys.every(key => typeof key === 'number')
  );
}
