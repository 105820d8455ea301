/** The messages between the player page and the extension. The page sends the first one, `ready`. */
import { commands, type CommandId } from '../ids.ts';
import { isTakeVerb, type TakeVerb } from './decision.ts';
import { isThumbnail } from './thumbnail.ts';

/**
 * Why a clip with audio plays silently: the file cannot be read, its audio cannot be decoded, the browser plays none of the
 * codecs that it can be converted to, or the conversion failed.
 */
export type AudioProblem = 'unreadable' | 'undecodable' | 'unplayable' | 'broken';

/** Every string that the page shows, in VS Code's display language. The page fills in `{0}` and `{1}`. */
export interface PageWords {
  readonly play: string;
  readonly pause: string;
  readonly previousClip: string;
  readonly nextClip: string;
  readonly previousFrame: string;
  readonly nextFrame: string;
  readonly position: string;
  readonly copyTimeCode: string;
  readonly mute: string;
  readonly unmute: string;
  readonly volume: string;
  readonly loop: string;
  readonly speed: string;
  readonly frame: string;
  /** The menu of the controls that a narrow bar hides. */
  readonly more: string;
  readonly saveFrame: string;
  readonly saveFirstFrame: string;
  readonly saveLastFrame: string;
  readonly saveFrameAs: string;
  readonly copyFrame: string;
  readonly pictureInPicture: string;
  readonly fullScreen: string;
  readonly details: string;
  readonly copyDetails: string;
  readonly keyboardHelp: string;
  readonly close: string;
  readonly controls: string;
  readonly pick: string;
  readonly reject: string;
  readonly note: string;
  readonly takes: string;
  readonly chain: string;
  readonly startsFrom: string;
  readonly continuedIn: string;

  readonly backward: string;
  readonly stop: string;
  readonly forward: string;
  readonly shuttleNote: string;
  readonly secondBack: string;
  readonly secondOn: string;
  readonly toStart: string;
  readonly toEnd: string;
  readonly louder: string;
  readonly quieter: string;
  readonly slower: string;
  readonly faster: string;
  readonly muteOrNot: string;
  readonly playOrPause: string;
  readonly spaceKey: string;
  readonly playback: string;
  readonly navigation: string;
  readonly audio: string;
  readonly frames: string;
  readonly view: string;

  readonly loading: string;
  readonly cannotPlay: string;
  /** `{0}`: the codec. */
  readonly unsupportedVideo: string;
  readonly openExternally: string;
  readonly noAudio: string;
  readonly preparingAudio: string;
  /** `{0}`: the reason, one of `audioProblems`. */
  readonly audioFailed: string;
  readonly audioProblems: Readonly<Record<Exclude<AudioProblem, 'unreadable'>, string>>;
  /** The browser plays the clip, but Dailies cannot parse it. */
  readonly unreadable: string;
  readonly copied: string;
  /** `{0}`: the reason. */
  readonly frameFailed: string;

  readonly prompt: string;
  readonly resolution: string;
  readonly frameRate: string;
  readonly codecs: string;
  readonly bitRate: string;
  readonly length: string;
  /** `{0}`: what the file has, `{1}`: what was requested, where the two differ. */
  readonly requested: string;
  /** With the number. */
  readonly seconds: string;
  /** With the number. */
  readonly framesPerSecond: string;
  /** With the number. */
  readonly megabits: string;
  readonly openFolder: string;
}

/** The player settings, which apply to all clips. */
export interface PlayerMemory {
  /** 0 to 1 */
  readonly volume: number;
  readonly isMuted: boolean;
  readonly isLooping: boolean;
  /** 1 is normal speed. */
  readonly speed: number;
  readonly showsDetails: boolean;
}

/** The defaults. Looping is on because clips are short. */
export const PLAYER_AT_FIRST: PlayerMemory = {
  volume: 1,
  isMuted: false,
  isLooping: true,
  speed: 1,
  showsDetails: true,
};

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The webview state, which VS Code keeps across reloads: the key of the task that is shown, if any. */
export interface PageState {
  readonly key: number | null;
}

/** A property as shown next to a clip: its name and its value. */
export type Fact = readonly [name: string, value: string];

/** A command that a button on the page runs. */
export type Action = CommandId;

/** Offered for any file that the page cannot play. */
export const OPEN_EXTERNALLY = 'dailies.task.openExternally' satisfies Action;

/** What the link of a file's path runs. */
export const OPEN_FOLDER = 'dailies.task.openFolder' satisfies Action;

/** A clip in a chain. */
export interface ChainLink {
  /** `null` for a task that is no longer in the list. */
  readonly key: number | null;
  readonly name: string;
}

/** The clips that a clip starts from, the first of the chain first, and those that start from it. */
export interface Chain {
  readonly earlier: readonly ChainLink[];
  readonly later: readonly ChainLink[];
  /** What a person should know of so long a chain. */
  readonly note: string | null;
}

/** What the page is to show. */
export interface Show {
  readonly state: PageState;
  readonly name: string;
  readonly prompt: string | null;
  readonly facts: readonly Fact[];
  /** The value among `facts` that is the file's path, shown as a link; `null` where there is none. */
  readonly path: string | null;
  /** `null` for a clip that is in none. */
  readonly chain: Chain | null;
  /** Its capabilities, the words of `capabilitiesOf`. */
  readonly can: string;
  /** The context of VS Code's menu on the page, made by `pageContext`. */
  readonly menu: string;
  /** Whether there is a previous and a next clip; `null` where the subject is not in the list. */
  readonly neighbours: { readonly previous: boolean; readonly next: boolean } | null;
  readonly content:
    /** `source` is a URL that this webview may load. */
    { readonly kind: 'clip'; readonly source: string } | WithoutClip;
}

/** There is no file to play: the task's state instead, the most important first. */
export interface WithoutClip {
  readonly kind: 'none';
  /** A codicon, and the ID of its theme colour; `null` for the text colour. */
  readonly icon: string;
  readonly colour: string | null;
  readonly state: string;
  /** How long the state has lasted or will last; '' where nothing is known. */
  readonly time: string;
  /** Why it is in that state, in one or several lines; '' where that is obvious. */
  readonly reason: string;
  /** What happens next; '' where nothing does. */
  readonly next: string;
  /** The downloaded share of a clip that is being saved, 0 to 1; `null` while its size is unknown. */
  readonly progress?: number | null;
  /** The most useful first. It is a primary button where `helps` is positive. */
  readonly actions: readonly { readonly action: Action; readonly label: string }[];
  /** How many of the actions get the task any further. */
  readonly helps: number;
}

export type ToPage =
  | { readonly type: 'start'; readonly words: PageWords; readonly memory: PlayerMemory }
  /**
   * Sent again when something has changed. `request`: what the user has just requested; `null` for a page that VS Code has
   * restored, which does not start playing by itself.
   */
  | { readonly type: 'show'; readonly show: Show; readonly request: ShowRequest | null }
  /** To be done with the current frame. */
  | { readonly type: 'frame'; readonly request: FrameRequest };

/** What VS Code's menus can request of the page for the current frame. */
export type FrameRequest = 'copyFrame' | 'saveFrame';

/** What the user has requested of the page: to play the clip from its current position, or to read its details. */
export type ShowRequest = 'clip' | 'details';

/** Which frame of a clip: the first, the last, or the one at a timecode, written with hyphens. */
export type FramePosition = 'first' | 'last' | `${number}-${number}-${number}-${number}`;

export type FromPage =
  | { readonly type: 'ready' }
  /** The first frame of the clip at this URL is on the screen. */
  | { readonly type: 'shown'; readonly source: string }
  /** The first frame of the clip at this URL; `isThumbnail` checks it. */
  | { readonly type: 'thumbnail'; readonly source: string; readonly jpeg: Uint8Array<ArrayBuffer> }
  /** Go to the previous or next clip. */
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'act'; readonly action: Action }
  /** Another clip of the chain is to be shown. */
  | { readonly type: 'open'; readonly key: number }
  /** To be done with the task that is shown. */
  | { readonly type: 'take'; readonly verb: TakeVerb }
  /** A frame as PNG, to be saved next to the clip or, with `as`, where the user chooses. */
  | {
      readonly type: 'saveFrame';
      /** The URL of the clip. */
      readonly source: string;
      readonly png: Uint8Array<ArrayBuffer>;
      readonly position: FramePosition;
      readonly as: boolean;
    }
  /** The clip at this URL cannot be played; the reason is the browser's error message. */
  | { readonly type: 'playerFailed'; readonly source: string; readonly reason: string }
  | CommonMessage;

/** What every page that plays clips sends. */
export type CommonMessage =
  /** Full screen for the window, because the page itself is not allowed to go full screen. */
  | { readonly type: 'fullScreen' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'remember'; readonly memory: PlayerMemory }
  /** A clip's audio cannot be played; the reason is for the log. */
  | { readonly type: 'audioFailed'; readonly reason: string };

/** A PNG's first eight bytes (PNG specification, 5.2). */
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Checks a message from the page. The page is ours, but the files that it plays are untrusted. */
export function isFromPage(message: unknown): message is FromPage {
  if (!isRecord(message)) {
    return false;
  }
  switch (message.type) {
    case 'ready':
    case 'fullScreen':
      return true;
    case 'shown':
      return typeof message.source === 'string';
    case 'thumbnail':
      return typeof message.source === 'string' && isThumbnail(message.jpeg);
    case 'step':
      return message.by === 1 || message.by === -1;
    case 'act':
      return Object.values(commands).some(command => command === message.action);
    case 'take':
      return isTakeVerb(message.verb);
    case 'open':
      return Number.isSafeInteger(message.key);
    case 'copy':
      return typeof message.text === 'string';
    case 'saveFrame':
      return (
        typeof message.source === 'string' &&
        isPng(message.png) &&
        isFramePosition(message.position) &&
        typeof message.as === 'boolean'
      );
    case 'remember':
      return isPlayerMemory(message.memory);
    case 'playerFailed':
      return typeof message.source === 'string' && typeof message.reason === 'string';
    case 'audioFailed':
      return typeof message.reason === 'string';
    default:
      return false;
  }
}

/** Checks stored player settings. */
export function isPlayerMemory(memory: unknown): memory is PlayerMemory {
  return (
    isRecord(memory) &&
    typeof memory.volume === 'number' &&
    memory.volume >= 0 &&
    memory.volume <= 1 &&
    typeof memory.isMuted === 'boolean' &&
    typeof memory.isLooping === 'boolean' &&
    SPEEDS.some(speed => speed === memory.speed) &&
    typeof memory.showsDetails === 'boolean'
  );
}

function isPng(bytes: unknown): boolean {
  return bytes instanceof Uint8Array && PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
}

function isFramePosition(position: unknown): boolean {
  return typeof position === 'string' && /^(first|last|\d+-\d\d-\d\d-\d\d\d?)$/.test(position);
}

/** Whether a value is an object, so that its properties can be read. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
