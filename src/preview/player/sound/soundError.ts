import type { SoundProblem } from '../../protocol.ts';

/** What keeps a clip silent, as a kind that there are words for, with what the machine said. */
export class SoundError extends Error {
  override readonly name = 'SoundError';
  readonly problem: SoundProblem;

  constructor(problem: SoundProblem, detail = '', options?: ErrorOptions) {
    super(detail, options);
    this.problem = problem;
  }
}

/** Any error as a `SoundError`; one that is already such an error stays as it is. */
export function asSoundError(error: unknown, problem: SoundProblem): SoundError {
  if (error instanceof SoundError) {
    return error;
  }
  return new SoundError(problem, error instanceof Error ? error.message : String(error), { cause: error });
}
