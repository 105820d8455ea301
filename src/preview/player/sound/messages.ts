import type { SoundProblem } from '../../protocol.ts';
import type { MediaFacts } from './facts.ts';

/** The codecs that sound can be turned into, the best first: FLAC loses nothing and is quick to make. */
export const targetCodecs = ['flac', 'opus'] as const;
export type TargetCodec = (typeof targetCodecs)[number];

/** What the page asks the worker about a clip's file. */
export interface Requests {
  /** The clip's facts. */
  readonly read: { readonly file: Blob };
  /** Whether the host itself decodes the sound, by trying. */
  readonly tryDecoding: { readonly file: Blob };
  /** The clip again, as a new file with sound in the first of these codecs that can be made. */
  readonly convert: { readonly file: Blob; readonly codecs: readonly TargetCodec[] };
}

export interface Answers {
  readonly read: MediaFacts;
  readonly tryDecoding: boolean;
  readonly convert: Blob;
}

export type RequestName = keyof Requests;
export type Request = { [Name in RequestName]: { readonly name: Name } & Requests[Name] }[RequestName];

/** What comes back over the port that came with a request. */
export type Reply<Name extends RequestName> =
  { readonly answer: Answers[Name] } | { readonly problem: SoundProblem; readonly detail: string };
