/** The messages between the player's page and the extension. The page speaks first, with `ready`. */
import { commands, type CommandId } from '../ids.ts';

import { isThumbnail } from './thumbnail.ts';

/**
 * Why a clip has sound but plays silently: the file cannot be read, its sound cannot be decoded, the host can play nothing
 * that it can be turned into, or the turning broke off.
 */
export type AudioProblem = 'unreadable' | 'undecodable' | 'unplayable' | 'broken';

/** Every word that the page shows, in the person's language. `{0}` and so on are for the page to fill in. */
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
  /** What there is no room for. */
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
  /** With the codec. */
  readonly unsupportedVideo: string;
  readonly openExternally: string;
  readonly noAudio: string;
  readonly preparingAudio: string;
  /** With the reason, which is one of the following. */
  readonly audioFailed: string;
  readonly audioProblems: Readonly<Record<Exclude<AudioProblem, 'unreadable'>, string>>;
  /** Of a clip that plays, and cannot be read in any other way. */
  readonly unreadable: string;
  readonly copied: string;
  /** With the reason. */
  readonly frameFailed: string;

  readonly prompt: string;
  readonly resolution: string;
  readonly frameRate: string;
  readonly codecs: string;
  readonly bitRate: string;
  readonly length: string;
  /** With what the file is, and what was requested, where that is something else. */
  readonly requested: string;
  /** With the number. */
  readonly seconds: string;
  /** With the number. */
  readonly framesPerSecond: string;
  /** With the number. */
  readonly megabits: string;
  readonly openFolder: string;
}

/** What a person has set for all clips. */
export interface PlayerMemory {
  /** 0 to 1 */
  readonly volume: number;
  readonly isMuted: boolean;
  readonly isLooping: boolean;
  /** 1 is the clip's own. */
  readonly speed: number;
  readonly showsDetails: boolean;
}

/** Clips are short: they go round until told otherwise. */
export const PLAYER_AT_FIRST: PlayerMemory = {
  volume: 1,
  isMuted: false,
  isLooping: true,
  speed: 1,
  showsDetails: true,
};

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** What the page keeps across a reload of the window: the key of the task it shows, if it shows one. */
export interface PageState {
  readonly key: number | null;
}

/** A name and a value, as they stand beside a clip. */
export type Fact = readonly [name: string, value: string];

/** What can be done about a clip outside the player: the command that does it. */
export type Action = CommandId;

/** What helps with any file that the page cannot play. */
export const OPEN_EXTERNALLY = 'dailies.task.openExternally' satisfies Action;

/** What a file's path leads to. */
export const OPEN_FOLDER = 'dailies.task.openFolder' satisfies Action;

/** What the page shall show. */
export interface Show {
  readonly state: PageState;
  readonly name: string;
  readonly prompt: string | null;
  readonly facts: readonly Fact[];
  /** The one of the facts that leads to the file; `null` where none does. */
  readonly path: string | null;
  /** What VS Code's menu on the page is about, as `pageContext` says. */
  readonly menu: string;
  /** Whether there are clips before and after it; `null` where there is no list. */
  readonly neighbours: { readonly previous: boolean; readonly next: boolean } | null;
  readonly content:
    /** The file, as an address that this webview may read. */
    { readonly kind: 'clip'; readonly source: string } | WithoutClip;
}

/** There is no file to play: how the task is doing instead, from what matters most to what matters least. */
export interface WithoutClip {
  readonly kind: 'none';
  /** A codicon, and the theme's colour that it has, by VS Code's name; `null` for that of text. */
  readonly icon: string;
  readonly colour: string | null;
  readonly state: string;
  /** What time has to say to the state; '' where nothing. */
  readonly time: string;
  /** How it came to that, in a line or several; '' where that goes without saying. */
  readonly reason: string;
  /** What comes next; '' where nothing. */
  readonly next: string;
  /** Of a clip that is being saved how much is there, 0 to 1; `null` where that cannot be said. */
  readonly progress?: number | null;
  /** The likeliest first, which stands out where it helps the task on. */
  readonly actions: readonly { readonly action: Action; readonly label: string }[];
  readonly helps: number;
}

export type ToPage =
  | { readonly type: 'start'; readonly words: PageWords; readonly memory: PlayerMemory }
  /**
   * Comes again when there is something new to say. `wish`: what a person has just asked for. A clip that nobody asked for
   * comes back, with its tab or its window, and is quiet.
   */
  | { readonly type: 'show'; readonly show: Show; readonly wish: Wish | null }
  /** Is to be done with the frame that is shown. */
  | { readonly type: 'frame'; readonly wish: FrameWish };

/** What VS Code's menus offer to do with the frame that is shown. */
export type FrameWish = 'copyFrame' | 'saveFrame';

/** What a person wants of a page: its clip, to play wherever it stands; or to read what is known of it. */
export type Wish = 'clip' | 'details';

/** Where in a clip a frame is: at one of its ends, or by its time code with hyphens. */
export type FrameSpot = 'first' | 'last' | `${number}-${number}-${number}-${number}`;

export type FromPage =
  | { readonly type: 'ready' }
  /** There is a picture of the clip at this address. */
  | { readonly type: 'shown'; readonly source: string }
  /** The first frame of the clip at this address, as `isThumbnail` says. */
  | { readonly type: 'thumbnail'; readonly source: string; readonly jpeg: Uint8Array<ArrayBuffer> }
  /** To the clip before or after. */
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'act'; readonly action: Action }
  /** The window's full screen, where the page may not have one of its own. */
  | { readonly type: 'fullScreen' }
  | { readonly type: 'copy'; readonly text: string }
  /** A picture as PNG, for a file beside the clip or, `as`, where the person says. */
  | {
      readonly type: 'saveFrame';
      /** The address of the clip. */
      readonly source: string;
      readonly png: Uint8Array<ArrayBuffer>;
      readonly spot: FrameSpot;
      readonly as: boolean;
    }
  | { readonly type: 'remember'; readonly memory: PlayerMemory }
  /** The player gave up the clip at this address; the reason is the browser's own. */
  | { readonly type: 'playerFailed'; readonly source: string; readonly reason: string }
  /** The clip plays silently though it has sound; the reason is for the log. */
  | { readonly type: 'audioFailed'; readonly reason: string };

/** A PNG's first eight bytes (PNG specification, 5.2). */
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Checks what arrived from the page: the page is ours, but what runs in it plays untrusted files. */
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
    case 'copy':
      return typeof message.text === 'string';
    case 'saveFrame':
      return (
        typeof message.source === 'string' &&
        isPng(message.png) &&
        isSpot(message.spot) &&
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

/** Checks what was remembered, here or in the page. */
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

function isSpot(spot: unknown): boolean {
  return typeof spot === 'string' && /^(first|last|\d+-\d\d-\d\d-\d\d\d?)$/.test(spot);
}

/** Whether something is an object whose fields can be looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
