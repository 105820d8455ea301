/** The messages between the comparison page and the extension. The page sends the first one, `ready`. */
import {
  isFromPage,
  isRecord,
  type CommonMessage,
  type Fact,
  type FramePosition,
  type PageWords,
  type PlayerMemory,
} from './protocol.ts';
import { isTakeVerb, type TakeVerb } from './decision.ts';
import { isThumbnail } from './thumbnail.ts';

/** How many clips a comparison can hold. */
export const FEWEST_CLIPS = 2;
export const MOST_CLIPS = 4;

/** Every string that the page shows: the player's, and its own. */
export interface CompareWords extends PageWords {
  readonly listenToFirst: string;
  readonly listenToSecond: string;
  readonly listenToThird: string;
  readonly listenToFourth: string;
  readonly solo: string;
  readonly leaveSolo: string;
  readonly moveBack: string;
  readonly moveOn: string;
  readonly clips: string;
  readonly parameter: string;
  /** `{0}`: the number of properties. */
  readonly sameInAll: string;
  readonly noDifferences: string;
  readonly picked: string;
  readonly rejected: string;
}

/** What VS Code's menus and commands can request of the page for a clip. */
export type CompareRequest = 'copyFrame' | 'saveFrame' | 'moveOn' | 'moveBack';

/** The webview state, which VS Code keeps across reloads: the keys of the tasks, in their order on the page. */
export interface CompareState {
  readonly keys: readonly number[];
}

/** One of the clips. */
export interface ComparedClip {
  readonly key: number;
  readonly name: string;
  /** Its capabilities, as the `when` clauses of `pageContext` expect them. */
  readonly words: string;
  /** The properties that it was generated with. */
  readonly facts: readonly Fact[];
  readonly content:
    /** `source` is a URL that this webview may load. */
    | { readonly kind: 'clip'; readonly source: string }
    /** There is no file to play; `why` says it in the user's language. */
    | { readonly kind: 'none'; readonly why: string };
}

export type ToComparePage =
  | { readonly type: 'start'; readonly words: CompareWords; readonly memory: PlayerMemory }
  /** Always the same clips; sent again when one has changed. `plays`: the user has just opened the comparison. */
  | { readonly type: 'show'; readonly clips: readonly ComparedClip[]; readonly plays: boolean }
  /** `key`: the clip; `null` for the active one. */
  | { readonly type: 'request'; readonly request: CompareRequest; readonly key: number | null };

export type FromComparePage =
  | { readonly type: 'ready' }
  /** The clip's first frame is on the screen. */
  | { readonly type: 'shown'; readonly key: number }
  | { readonly type: 'openExternally'; readonly key: number }
  /** The clip has become the active one: its audio plays, and its row is revealed in the list. */
  | { readonly type: 'activated'; readonly key: number }
  /** To be done with a clip. */
  | { readonly type: 'take'; readonly verb: TakeVerb; readonly key: number }
  /** A frame as PNG, to be saved where the user chooses. */
  | {
      readonly type: 'saveFrame';
      readonly key: number;
      readonly png: Uint8Array<ArrayBuffer>;
      readonly position: FramePosition;
    }
  | CommonMessage
  /** The first frame of a clip; `isThumbnail` checks it. */
  | { readonly type: 'thumbnail'; readonly key: number; readonly jpeg: Uint8Array<ArrayBuffer> }
  /** A clip cannot be played; the reason is the browser's error message. */
  | { readonly type: 'playerFailed'; readonly key: number; readonly reason: string };

/** Checks a message from the page. The page is ours, but the files that it plays are untrusted. */
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
    case 'activated':
      return typeof message.key === 'number';
    case 'take':
      return typeof message.key === 'number' && isTakeVerb(message.verb);
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

/** Checks the webview state that VS Code hands back after a reload. */
export function isCompareState(state: unknown): state is CompareState {
  return (
    isRecord(state) &&
    Array.isArray(state.keys) &&
    state.keys.length >= FEWEST_CLIPS &&
    state.keys.length <= MOST_CLIPS &&
    state.keys.every(key => typeof key === 'number')
  );
}
