import type { AudioProblem } from '../../protocol.ts';
import type { MediaFacts } from './facts.ts';

/** The codecs that sound can be turned into, the best first: FLAC loses nothing and is quick to make. */
export const targetCodecs = ['flac', 'opus'] as const;
export type TargetCodec = (typeof targetCodecs)[number];

/** A file of which the page fetches the pieces that the worker asks for. */
export interface RemoteFile {
  /** bytes */
  readonly size: number;
  /** Its first bytes, where the index of most clips is. */
  readonly start: Uint8Array<ArrayBuffer>;
  /** Takes `PieceRequest`s, and gives a `PieceReply` for each, in their order. */
  readonly pieces: MessagePort;
}

/** A part of a file, bytes: from the first to before the last. */
export interface PieceRequest {
  readonly from: number;
  readonly to: number;
}

export type PieceReply = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly failed: string };

/** Which frame: the first or last one that a player shows, or the one at a time, s. */
export type FrameAt = 'first' | 'last' | number;

/** What the page asks the worker about a clip's file. */
export interface Requests {
  /** The clip's facts. */
  readonly read: { readonly file: Blob };
  /** Whether the host itself decodes the sound, by trying. */
  readonly tryDecoding: { readonly file: Blob };
  /** The clip again, as a new file with sound in the first of these codecs that can be made. */
  readonly convert: { readonly file: Blob; readonly codecs: readonly TargetCodec[] };
  /** A frame of it; `longerSide`, pixels, where it is to be smaller than it is. */
  readonly frame: { readonly file: RemoteFile; readonly at: FrameAt; readonly longerSide: number | null };
}

export interface Answers {
  readonly read: MediaFacts;
  readonly tryDecoding: boolean;
  readonly convert: Blob;
  readonly frame: ImageBitmap;
}

export type RequestName = keyof Requests;
export type Request = { [Name in RequestName]: { readonly name: Name } & Requests[Name] }[RequestName];

/** What comes back over the port that came with a request. */
export type Reply<Name extends RequestName> =
  { readonly answer: Answers[Name] } | { readonly problem: AudioProblem; readonly detail: string };
