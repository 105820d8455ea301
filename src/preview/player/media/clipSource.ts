import type { MediaFacts } from './facts.ts';
import type { AudioProblem } from '../../protocol.ts';

/** Where a playback gets the sound of its clips from. */
export interface ClipSource {
  /** Reads the clip at an address. Aborting ends all that goes on for it, then and later. Throws a `SoundError`. */
  open(source: string, signal: AbortSignal): Promise<OpenClip>;
}

/** A clip that was read. */
export interface OpenClip {
  readonly facts: MediaFacts;
  /** Whether the clip has no sound, has sound that the host plays by itself, or sound that has to be converted for it. */
  audioNeed(): Promise<'none' | 'native' | 'conversion'>;
  /** The clip as a new file whose sound the host can play. Throws a `SoundError`. */
  convert(): Promise<Blob>;
}

/** How it stands with a clip's sound. */
export type AudioState =
  /** The clip is still being read. */
  | 'unknown'
  /** It has none. */
  | 'none'
  /** The host plays it as it is in the file. */
  | 'native'
  /** It comes in a moment; the picture plays meanwhile. */
  | 'converting'
  | 'converted'
  /** It plays silently, and why; the detail is the machine's own words, for the log. */
  | { readonly failed: AudioProblem; readonly detail: string };
