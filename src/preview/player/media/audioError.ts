import type { AudioProblem } from '../../protocol.ts';

/** What keeps a clip silent, as a kind that there are words for, with what the machine said. */
export class AudioError extends Error {
  override readonly name = 'AudioError';
  readonly problem: AudioProblem;

  constructor(problem: AudioProblem, detail = '', options?: ErrorOptions) {
    super(detail, options);
    this.problem = problem;
  }
}

/** Any error as a `SoundError`; one that is already such an error stays as it is. */
export function asAudioError(error: unknown, problem: AudioProblem): AudioError {
  if (error instanceof AudioError) {
    return error;
  }
  return new AudioError(problem, error instanceof Error ? error.message : String(error), { cause: error });
}
