import type { MediaFacts } from './facts.ts';
import type { AudioProblem } from '../../protocol.ts';

/** Reads clips for a playback. */
export interface ClipSource {
  /** Reads the clip at a URL. `signal` also aborts what is later requested of the opened clip. Rejects with an `AudioError`. */
  open(source: string, signal: AbortSignal): Promise<OpenClip>;
}

/** A clip whose properties have been read. */
export interface OpenClip {
  readonly facts: MediaFacts;
  /** Whether the clip has no audio, audio that the browser plays, or audio that must be converted first. */
  audioNeed(): Promise<'none' | 'native' | 'conversion'>;
  /** The clip as a new file with audio that the browser plays. Rejects with an `AudioError`. */
  convert(): Promise<Blob>;
}

/** The state of a clip's audio. */
export type AudioState =
  /** The clip is still being read. */
  | 'unknown'
  /** It has no audio. */
  | 'none'
  /** The browser plays the audio of the file. */
  | 'native'
  /** The audio is being converted, while the video already plays. */
  | 'converting'
  | 'converted'
  /** The clip plays silently. The detail is for the log. */
  | { readonly failed: AudioProblem; readonly detail: string };
