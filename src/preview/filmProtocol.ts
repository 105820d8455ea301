/** The messages between the page that makes an MP4 of clips and the extension. The page sends the first one, `ready`. */

import { isRecord } from './protocol.ts';

/** Every string that the page shows, in VS Code's display language. */
export interface FilmWords {
  readonly title: string;
  /** What is done, and why. */
  readonly what: string;
  readonly progress: string;
  /** With the number of frames that are done, and of all. */
  readonly frames: string;
  readonly cancel: string;
  /** The page can be hidden meanwhile, and not be closed. */
  readonly hint: string;
}

/** A fraction in whole numbers: frames in a second. */
export interface FilmRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** What is to be made. */
export interface FilmOrder {
  readonly clips: readonly {
    readonly name: string;
    /** The URL that the page loads the file from. */
    readonly source: string;
    /** In frames of the film. */
    readonly start: number;
    readonly duration: number;
    readonly rate: FilmRate;
  }[];
  readonly rate: FilmRate;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether the video has to be encoded; it is copied otherwise. */
  readonly isEncoded: boolean;
}

export const ENCODERS = ['avc', 'vp9', 'av1'] as const;
export type Encoder = (typeof ENCODERS)[number];

export type ToFilm =
  | { readonly type: 'start'; readonly words: FilmWords; readonly order: FilmOrder }
  /** The person agrees to the codec. */
  | { readonly type: 'go' }
  /** The last piece is written. */
  | { readonly type: 'written' };

export type FromFilm =
  | { readonly type: 'ready' }
  /** The codec that the video would be encoded in; `null` where the browser has none. The page waits for `go`. */
  | { readonly type: 'codec'; readonly codec: Encoder | null }
  | { readonly type: 'write'; readonly position: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `silent`: the names of clips whose audio cannot be decoded. */
  | { readonly type: 'done'; readonly audio: 'none' | 'copied' | 'flac'; readonly silent: readonly string[] }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'cancel' };

/** Checks a message from the page. The page is ours, but the files that it reads are untrusted. */
export function isFromFilm(message: unknown): message is FromFilm {
  if (!isRecord(message)) {
    return false;
  }
  switch (message.type) {
    case 'ready':
    case 'cancel':
      return true;
    case 'codec':
      return message.codec === null || ENCODERS.some(one => one === message.codec);
    case 'write':
      return (
        Number.isSafeInteger(message.position) &&
        (message.position as number) >= 0 &&
        message.bytes instanceof Uint8Array
      );
    case 'done':
      return (
        ['none', 'copied', 'flac'].some(one => one === message.audio) &&
        Array.isArray(message.silent) &&
        message.silent.every(name => typeof name === 'string')
      );
    case 'failed':
      return typeof message.reason === 'string';
    default:
      return false;
  }
}
