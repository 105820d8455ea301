import { l10n } from 'vscode';
import { HOUR } from '../base/clock.ts';
import { pathText } from '../host/pathText.ts';
import { commands } from '../ids.ts';
import type { Eta } from '../polling/forecast.ts';
import { readPart } from '../tasks/part.ts';
import { isDownloaded, lostAt } from '../tasks/risk.ts';
import { begunAt, isFinal, isSavable, isUnderWay, lacksKey, type Task } from '../tasks/task.ts';
import { ageOf, etaText, leftText, timeOfDay } from './measures.ts';
import { problemText, progressText, saveProblemText, stateOf } from './stateWords.ts';
import { helpsFor, type Action } from './taskHelp.ts';
import { iconOf } from './taskIcon.ts';
import { linkText } from './taskText.ts';

/** What a page shows for a task without a clip, the most important first. */
export interface TaskReport {
  /** The icon of its row: a codicon, and the ID of a theme colour. */
  readonly icon: string;
  readonly colour: string | null;
  readonly state: string;
  /** How long the state has lasted or will last; '' where nothing is known. */
  readonly time: string;
  /** Why it is in that state; '' where that is obvious. */
  readonly reason: string;
  /** What happens next, or what the user can do; '' where nothing. */
  readonly next: string;
  /** The downloaded share of a clip that is being saved, 0 to 1; `null` while its size is unknown. */
  readonly progress?: number | null;
  /** The most useful first. */
  readonly actions: readonly Action[];
  /** How many of the actions get the task any further; the others are always available. */
  readonly helps: number;
}

/** What the report depends on besides the task. */
export interface ReportTime {
  readonly now: number;
  readonly eta: Eta | undefined;
  /** Whether the user has paused polling. */
  readonly isPaused: boolean;
}

/** The report on a task without a clip. Untrusted text is not escaped. */
export function reportOf(task: Task, at: ReportTime): TaskReport {
  const { id, color } = iconOf(task, at.now);
  const isHeld = at.isPaused && task.nextPollAt !== null && task.file !== 'downloading';
  const helps: readonly Action[] = isHeld
    ? [[l10n.t('Resume Polling'), commands.resumePolling]]
    : helpsFor(task, at.now);
  const isDownloading = task.file === 'downloading';
  return {
    icon: id,
    colour: color?.id ?? null,
    state: stateOf(task),
    time: isDownloading ? progressText(task) : timingText(task, at),
    reason: reasonOf(task, at.now),
    next: isHeld ? l10n.t('Polling is paused. Resume to get updates.') : nextOf(task, at.now),
    ...(isDownloading ? { progress: shareOf(task) } : {}),
    actions: [...helps, ...alwaysFor(task)],
    helps: isOnItsWay(task) && !isHeld ? 0 : helps.length,
  };
}

/** The actions that are available for any task without a clip. */
function alwaysFor(task: Task): readonly Action[] {
  return [
    [l10n.t('Copy Task ID'), commands.copyId, task.key],
    ...(task.rawAnswer === null
      ? []
      : [[l10n.t('Show Raw Response'), commands.showRawResponse, task.key] as const]),
    [l10n.t('Remove from List'), commands.remove, task.key],
  ];
}

/** Whether the task will get any further without the user's help. */
function isOnItsWay(task: Task): boolean {
  return (
    task.file === 'downloading' || task.file === 'waiting' || (isUnderWay(task) && !lacksKey(task.problem))
  );
}

/** How much longer the state will last, or how long it has lasted; '' where nothing is known. */
function timingText(task: Task, { now, eta }: ReportTime): string {
  if (eta) {
    return etaText(eta);
  }
  if (task.file === 'expired') {
    return task.linkExpiresAt === null ? '' : ageOf(task.linkExpiresAt, now);
  }
  if (isDownloaded(task)) {
    return l10n.t('downloaded');
  }
  if (isSavable(task) && task.file !== 'missing' && task.linkExpiresAt !== null) {
    return linkText(task.linkExpiresAt, now);
  }
  const isOver = isFinal(task.generation) && task.file === 'none' && task.nextPollAt === null;
  return isOver && task.answeredAt !== null ? ageOf(task.answeredAt, now) : '';
}

function reasonOf(task: Task, now: number): string {
  switch (task.generation) {
    case 'failed':
      return task.error ?? l10n.t('The gateway gave no reason.');
    case 'cancelled':
      return task.error ?? '';
    case 'stalled':
      return (
        problemText(task) ||
        l10n.t('No final status in {0} h.', Math.max(1, Math.floor((now - begunAt(task)) / HOUR)))
      );
    case 'notFound':
      return problemText({ ...task, problem: 'notFound' });
    case 'completed':
      return completedReason(task);
    case 'unknown':
    case 'queued':
    case 'processing':
    case 'unrecognised':
      return problemText(task);
  }
}

function completedReason(task: Task): string {
  if (task.file === 'missing') {
    return pathText(task.filePath ?? '');
  }
  return saveProblemText(task.saveProblem, task.saveProblemText ?? '') || (task.error ?? problemText(task));
}

function nextOf(task: Task, now: number): string {
  if (isUnderWay(task)) {
    return task.problem === null ? nextCheck(task, now) : afterProblem(task);
  }
  if (task.generation === 'stalled' || task.generation === 'notFound') {
    return task.nextPollAt === null
      ? l10n.t('Dailies no longer checks this task. To check it now, select Refresh.')
      : l10n.t('Dailies checks this task once an hour.');
  }
  return task.generation === 'completed' ? nextOfSaving(task, now) : '';
}

function nextCheck({ nextPollAt }: Task, now: number): string {
  return nextPollAt !== null && nextPollAt > now ? l10n.t('Next check at {0}', timeOfDay(nextPollAt)) : '';
}

function afterProblem({ problem }: Task): string {
  if (problem === 'outOfCredit') {
    return l10n.t('Polling continues automatically once the account is topped up.');
  }
  return lacksKey(problem) && problem !== 'keyUnreadable'
    ? l10n.t('Polling is paused until you set a valid API key.')
    : l10n.t('Dailies will retry automatically.');
}

function nextOfSaving(task: Task, now: number): string {
  const isLate = (lostAt(task) ?? Infinity) <= now;
  switch (task.file) {
    case 'none':
      if (task.videoUrl === null) {
        return nextCheck(task, now);
      }
      if (isDownloaded(task)) {
        return '';
      }
      return isLate
        ? l10n.t('Dailies requests a new link before saving; the gateway may not have one.')
        : l10n.t('Save it before its link expires.');
    case 'waiting':
    case 'failed':
      return task.nextSaveAt !== null && task.nextSaveAt > now
        ? l10n.t('Retrying in {0}.', leftText(task.nextSaveAt - now))
        : '';
    case 'expired':
      return l10n.t('The clip can be saved only if the gateway still provides a new link.');
    case 'missing':
      return l10n.t('If the file was moved, locate it.');
    case 'downloading':
    case 'saved':
      return '';
  }
}

function shareOf(task: Task): number | null {
  const part = readPart(task.part);
  return part?.total ? Math.min(1, part.size / part.total) : null;
}
