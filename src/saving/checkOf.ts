import { MINUTE } from '../base/clock.ts';
import type { FileCheck } from '../tasks/part.ts';
import type { Task, Unchecked } from '../tasks/task.ts';
import type { FinalVerdict } from './clipChecker.ts';
import { SaveError } from './errors.ts';
import { SHORT_TRIES } from './outcome.ts';

/** A file whose check is not tried a second time: the first has ended the window. */
export const UNFINISHED_CHECK = unchecked('broke');

/** Less than this before a link is assumed to die, no other attempt is counted on, ms. */
const LAST_MOMENTS = 5 * MINUTE;

/**
 * What there is to say of a file that came whole, as facts of its task. Throws a `SaveError` where it should be fetched once
 * more, as it seems to end too early; what comes so each time is what there is.
 */
export function checkOf(verdict: FinalVerdict, task: Task, now: number): FileCheck {
  switch (verdict.kind) {
    case 'plays':
      refuseTooShort(verdict.duration, task);
      return { fileCheck: 'plays', fileCheckText: null, fileDuration: verdict.duration };
    case 'cutOff':
      if (!isLastTry(verdict.detail, task, now)) {
        throw new SaveError('incomplete', verdict.detail);
      }
      return unchecked('cutOff');
    case 'notChecked':
      return unchecked(verdict.why);
  }
}

function unchecked(why: Unchecked): FileCheck {
  return { fileCheck: 'notChecked', fileCheckText: why, fileDuration: null };
}

/** Whether a file that was cut off came so before, several times, or the link has no time for another try. */
function isLastTry(detail: string, task: Task, now: number): boolean {
  const { saveProblem, saveProblemText, failedSaves, linkExpiresAt } = task;
  const isAsBefore = saveProblem === 'incomplete' && saveProblemText === detail;
  return (isAsBefore && failedSaves >= SHORT_TRIES - 1) || (linkExpiresAt ?? Infinity) - now < LAST_MOMENTS;
}

function refuseTooShort(duration: number, { actualDuration, failedSaves }: Task): void {
  const isShort = actualDuration !== null && duration < 0.9 * actualDuration - 0.5;
  if (isShort && failedSaves < SHORT_TRIES - 1) {
    throw new SaveError('tooShort', `${duration.toFixed(1)} / ${actualDuration}`);
  }
}
