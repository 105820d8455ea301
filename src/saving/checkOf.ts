import { MINUTE } from '../base/clock.ts';
import type { FileCheck } from '../tasks/part.ts';
import type { Task, Unchecked } from '../tasks/task.ts';
import type { FinalVerdict } from './clipChecker.ts';
import { SaveError } from './errors.ts';
import { SHORT_TRIES } from './outcome.ts';

/** A file whose check is not tried a second time: the first has ended the window. */
export const UNFINISHED_CHECK = unchecked('broke');

/** Less than this before a link is assumed to expire, no other attempt is counted on, ms. */
const LAST_MOMENTS = 5 * MINUTE;

/** What is known of a file, and why it should still be downloaded again: it seems to end too early. */
export interface Judgement {
  readonly check: FileCheck;
  readonly doubt?: SaveError | undefined;
}

/** What is known of a file, as facts of its task. `broken`: why its download did not bring all that was promised. */
export function checkOf(verdict: FinalVerdict, { actualDuration }: Task, broken?: SaveError): Judgement {
  switch (verdict.kind) {
    case 'plays':
      return {
        check: { fileCheck: 'plays', fileCheckText: null, fileDuration: verdict.duration },
        doubt: tooShort(verdict.duration, actualDuration),
      };
    case 'cutOff':
      return { check: unchecked('cutOff'), doubt: broken ?? new SaveError('incomplete', verdict.detail) };
    case 'notChecked':
      return { check: unchecked(broken ? 'cutOff' : verdict.why), doubt: broken };
  }
}

/** Whether a file that came so `times` times, and seems to end too early, is what there is; or there is no time to know better. */
export function isLastTry(times: number, { linkExpiresAt }: Task, now: number): boolean {
  return times >= SHORT_TRIES || (linkExpiresAt ?? Infinity) - now < LAST_MOMENTS;
}

function unchecked(why: Unchecked): FileCheck {
  return { fileCheck: 'notChecked', fileCheckText: why, fileDuration: null };
}

function tooShort(duration: number, actualDuration: number | null): SaveError | undefined {
  return actualDuration !== null && duration < 0.9 * actualDuration - 0.5
    ? new SaveError('tooShort', `${duration.toFixed(1)} / ${actualDuration}`)
    : undefined;
}
