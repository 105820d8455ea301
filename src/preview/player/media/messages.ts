import type { AudioProblem } from '../../protocol.ts';
import type { MediaFacts } from './facts.ts';
import type { FilmClip, FilmCodec, FilmForm, FilmResult } from './film/form.ts';

/** The codecs that audio can be converted to, the best first: FLAC is lossless and fast to encode. */
export const targetCodecs = ['flac', 'opus'] as const;
export type TargetCodec = (typeof targetCodecs)[number];

/** A file whose pieces the page fetches as the worker requests them. */
export interface RemoteFile {
  /** Size of the file, bytes. */
  readonly size: number;
  /** The first bytes, which contain the index of most clips. */
  readonly start: Uint8Array<ArrayBuffer>;
  /** Receives `PieceRequest`s and sends a `PieceReply` for each, in the same order. */
  readonly pieces: MessagePort;
}

/** A range of a file, bytes; `to` is exclusive. */
export interface PieceRequest {
  readonly from: number;
  readonly to: number;
}

export type PieceReply = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly failed: string };

/** Which frame: the first or last one that is presented, or the one at a time, s. */
export type FrameAt = 'first' | 'last' | number;

/** The requests that the page can send to the worker. */
export interface Requests {
  /** Read the properties of the clip. */
  readonly read: { readonly file: Blob };
  /** Find out by trying whether the browser decodes the audio. */
  readonly tryDecoding: { readonly file: Blob };
  /** Convert the audio to the first of these codecs that can be encoded; the result is a new file. */
  readonly convert: { readonly file: Blob; readonly codecs: readonly TargetCodec[] };
  /** Decode a frame; `longerSide`: scale it to this many pixels, `null` for full size. */
  readonly frame: { readonly file: RemoteFile; readonly at: FrameAt; readonly longerSide: number | null };
  /** Find the first codec that video of this size can be encoded in. */
  readonly filmCodec: { readonly form: FilmForm };
  /** Make one MP4 of clips. It comes through the port, as `FilmPiece`s; each `write` is replied to with anything once it is done. */
  readonly film: { readonly clips: readonly FilmClip[]; readonly form: FilmForm; readonly out: MessagePort };
}

/** A piece of an MP4 that is made, or how many frames of it are done. */
export type FilmPiece =
  | { readonly type: 'write'; readonly position: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'frames'; readonly frames: number };

export interface Results {
  readonly read: MediaFacts;
  readonly tryDecoding: boolean;
  readonly convert: Blob;
  readonly frame: ImageBitmap;
  readonly filmCodec: FilmCodec | null;
  readonly film: FilmResult;
}

export type RequestName = keyof Requests;
export type Request = { [Name in RequestName]: { readonly name: Name } & Requests[Name] }[RequestName];

/** What the worker sends back through the port of a request. */
export type Reply<Name extends RequestName> =
  { readonly result: Results[Name] } | { readonly problem: AudioProblem; readonly detail: string };
