import type { AudioProblem } from '../../protocol.ts';

/** Why a clip plays silently: a kind that the page has a string for, and a detail for the log. */
export class AudioError extends Error {
  override readonly name = 'AudioError';
  readonly problem: AudioProblem;

  constructor(problem: AudioProblem, detail = '', options?: ErrorOptions) {
    super(detail, options);
    this.problem = problem;
  }
}

/** Wraps any error in an `AudioError`, unless it already is one. */
export function asAudioError(error: unknown, problem: AudioProblem): AudioError {
  if (error instanceof AudioError) {
    return error;
  }
  return new AudioError(problem, error instanceof Error ? error.message : String(error), { cause: error });
}
