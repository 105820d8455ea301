import { l10n } from 'vscode';
import { HOUR } from '../base/clock.ts';
import { pathText } from '../host/pathText.ts';
import { commands } from '../ids.ts';
import type { Eta } from '../polling/forecast.ts';
import { readPart } from '../tasks/part.ts';
import { isDownloaded, lostAt } from '../tasks/risk.ts';
import { begunAt, isFinal, isSavable, isUnderWay, lacksKey, type Task } from '../tasks/task.ts';
import { ageOf, etaText, leftText, remainingText, timeOfDay } from './measures.ts';
import { problemText, progressText, saveProblemText, stateOf } from './stateWords.ts';
import { helpsFor, type Action } from './taskHelp.ts';
import { iconOf } from './taskIcon.ts';
import { linkText } from './taskText.ts';

/** What a page says of a task whose clip cannot be shown, from what matters most to what matters least. */
export interface TaskReport {
  /** The icon of its row: a codicon, and a colour of the theme. */
  readonly icon: string;
  readonly colour: string | null;
  readonly state: string;
  /** What time has to say to the state; '' where nothing. */
  readonly time: string;
  /** How it came to that; '' where that goes without saying. */
  readonly reason: string;
  /** What comes next, or what a person can do; '' where nothing. */
  readonly next: string;
  /** Of a clip that is being saved how much is there, 0 to 1, `null` where that cannot be said. */
  readonly progress?: number | null;
  /** The likeliest first. So many of them are what the task waits for; the others only may be done. */
  readonly actions: readonly Action[];
  readonly helps: number;
}

/** What is known at the moment besides the task. */
export interface ReportTime {
  readonly now: number;
  readonly eta: Eta | undefined;
  /** The person has paused all polling. */
  readonly isPaused: boolean;
}

/** A task without a clip, as a page shows it. What comes from outside goes in as it came. */
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
    time: isDownloading ? downloadText(task) : timeBeside(task, at),
    reason: reasonOf(task, at.now),
    next: isHeld ? l10n.t('Polling is paused. Resume to get updates.') : nextOf(task, at.now),
    ...(isDownloading ? { progress: shareOf(task) } : {}),
    actions: [...helps, ...alwaysFor(task)],
    helps: isOnItsWay(task) && !isHeld ? 0 : helps.length,
  };
}

/** What a person may want of any task that came to nothing, or not yet to anything. */
function alwaysFor(task: Task): readonly Action[] {
  return [
    [l10n.t('Copy Task ID'), commands.copyId, task.key],
    ...(task.rawAnswer === null
      ? []
      : [[l10n.t('Show Raw Response'), commands.showRawAnswer, task.key] as const]),
    [l10n.t('Remove from List'), commands.remove, task.key],
  ];
}

/** Whether all goes well without anybody's doing. */
function isOnItsWay(task: Task): boolean {
  return (
    task.file === 'downloading' || task.file === 'waiting' || (isUnderWay(task) && !lacksKey(task.problem))
  );
}

/** What time has to say to a state: how much longer it lasts, or since when it is so. */
function timeBeside(task: Task, { now, eta }: ReportTime): string {
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

/** How far a download is, and how long it still takes where its length is known: `20% · ~3 min left`. */
function downloadText(task: Task): string {
  const { size = 0, total = null, rate = 0 } = readPart(task.part) ?? {};
  if (total === null || total === 0) {
    return progressText(task);
  }
  const share = l10n.t('{0}%', Math.floor((size / total) * 100));
  const left = rate === 0 ? '' : remainingText(((total - size) / rate) * 1_000);
  return [share, left].filter(part => part !== '').join(' · ');
}

function shareOf(task: Task): number | null {
  const part = readPart(task.part);
  return part?.total ? Math.min(1, part.size / part.total) : null;
}
