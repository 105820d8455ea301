import { l10n } from 'vscode';
import { pathText } from '../host/pathText.ts';
import type { Eta } from '../polling/forecast.ts';
import { knownRequestOf } from '../tasks/request.ts';
import { isDownloaded } from '../tasks/risk.ts';
import { shotName, shotOf } from '../tasks/shot.ts';
import { shownStateOf, type ShownState } from '../tasks/shownState.ts';
import {
  ageFrom,
  hasLink,
  begunAt,
  isBeingSaved,
  isLocatable,
  isSavable,
  isUnseen,
  promptOf,
  type Task,
} from '../tasks/task.ts';
import { ageOf, bytesText, durationText, etaText, leftText, timeOf } from './measures.ts';
import { amountText } from '../host/priceText.ts';
import { plain } from '../base/plainText.ts';
import { hasOwnName, nameOf } from './names.ts';
import { firstWords, friendlyModel } from './shortText.ts';
import { fileCheckText, problemText, progressText, saveProblemText, stateOf } from './stateWords.ts';

/** The longest value that is shown of a parameter, characters. */
const PARAMETER_LENGTH = 60;

/** The states that a row's icon and its group already show. */
const SAID_BY_ICON: ReadonlySet<ShownState> = new Set(['queued', 'rendering', 'ready']);

/** The longest failure reason in a row, characters. */
const REASON_LENGTH = 40;

/**
 * The description of a row: the state, its timing, then the model, which is the first to be cut off. `isGrouped`: the row is in a
 * group by state, so the state is left out where group and icon show it, and a failure's reason is shown instead.
 */
export function descriptionOf(task: Task, now: number, eta: Eta | undefined, isGrouped: boolean): string {
  const progress = task.file === 'downloading' ? progressText(task) : '';
  // The state is left out to save space; the icon shows it.
  return progress === ''
    ? rowParts(task, now, eta, isGrouped).join(' · ')
    : [progress, modelNextToName(task)].filter(part => part !== '').join(' · ');
}

function rowParts(task: Task, now: number, eta: Eta | undefined, isGrouped: boolean): string[] {
  const state = (isGrouped ? detailInGroup(task) : undefined) ?? stateOf(task);
  return [takeText(task), state, timingOf(task, now, eta), modelNextToName(task), task.note ?? ''].filter(
    part => part !== '',
  );
}

/** The model; '' if the name already contains it. */
function modelNextToName(task: Task): string {
  return hasOwnName(task) ? friendlyModel(task.model ?? '') : '';
}

/** What replaces the state in a group by state: the reason of a failure, or '' if the group says it all; `undefined` to keep the state. */
function detailInGroup(task: Task): string | undefined {
  if (task.generation === 'failed') {
    return task.error === null ? undefined : firstWords(plain(task.error), REASON_LENGTH);
  }
  const isWithoutVideo =
    task.generation === 'completed' && task.videoUrl === null && task.nextPollAt === null;
  if (isWithoutVideo && task.error !== null && task.file !== 'saved') {
    return l10n.t('No video: {0}', firstWords(plain(task.error), REASON_LENGTH));
  }
  return SAID_BY_ICON.has(shownStateOf(task)) ? '' : undefined;
}

/** The remaining time, download progress, or link expiry; otherwise how long ago it became ready or was started. */
function timingOf(task: Task, now: number, eta: Eta | undefined): string {
  if (eta) {
    return etaText(eta);
  }
  if (task.generation === 'completed') {
    if (task.file === 'downloading') {
      return progressText(task);
    }
    if (isDownloaded(task)) {
      return l10n.t('downloaded');
    }
    if (isSavable(task) && task.file !== 'expired' && task.linkExpiresAt !== null) {
      return linkText(task.linkExpiresAt, now);
    }
  }
  return ageOf(ageFrom(task), now);
}

/** When a link expires. */
export function linkText(expiresAt: number, now: number): string {
  return expiresAt > now
    ? l10n.t('expires in {0}', leftText(expiresAt - now))
    : l10n.t('link may have expired');
}

/** A property as a line of text. */
export function factText(name: string, value: string): string {
  return l10n.t('{0}: {1}', name, value);
}

/** The properties of a task as pairs of name and value, the most important first. */
export function factsOf(task: Task, now: number): [name: string, value: string][] {
  const facts: [string, string | null][] = [
    [l10n.t('State'), stateOf(task)],
    [l10n.t('Model'), task.model],
    [l10n.t('Shot'), shotOf(task) ? shotName(task) : null],
    [l10n.t('Shot file'), task.shotFile],
    [l10n.t('Take'), task.take === null ? null : String(task.take)],
    [l10n.t('Decision'), verdictText(task)],
    [l10n.t('Note'), task.note],
    [l10n.t('Prompt'), promptOf(task)],
    [l10n.t('Parameters'), parametersText(task)],
    [l10n.t('Reason'), task.error],
    [l10n.t('Last check'), problemText(task)],
    [l10n.t('Saving'), savingText(task, now)],
    [
      l10n.t('File'),
      task.filePath !== null && (task.file === 'saved' || isLocatable(task)) ? pathText(task.filePath) : null,
    ],
    [l10n.t('File check'), task.file === 'saved' ? fileCheckText(task) : null],
    [
      l10n.t('Link expires'),
      isSavable(task) && task.linkExpiresAt !== null ? timeOf(task.linkExpiresAt) : null,
    ],
    [l10n.t('Duration'), lengthText(task)],
    [l10n.t('Size'), task.fileSize === null ? null : bytesText(task.fileSize)],
    [l10n.t('Charged'), task.amount === null ? null : amountText(task.amount)],
    [task.createdAt === null ? l10n.t('Added') : l10n.t('Started'), timeOf(begunAt(task))],
    [l10n.t('Completed'), task.completedSeenAt === null ? null : timeOf(task.completedSeenAt)],
    [l10n.t('Last response'), task.answeredAt === null ? null : timeOf(task.answeredAt)],
    [l10n.t('ID'), task.id],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
}

/** The state of saving: the progress, or why it failed and when it is retried. */
function savingText(task: Task, now: number): string {
  if (task.file === 'downloading') {
    return progressText(task);
  }
  const next =
    isBeingSaved(task) && task.nextSaveAt !== null && task.nextSaveAt > now
      ? l10n.t('Retrying in {0}.', leftText(task.nextSaveAt - now))
      : '';
  const problem = saveProblemText(task.saveProblem, task.saveProblemText ?? '');
  return problem !== '' && next !== '' ? l10n.t('{0} {1}', problem, next) : problem + next;
}

/** The duration of the clip; both values if file and gateway disagree. */
function lengthText({ fileDuration, actualDuration }: Task): string | null {
  if (fileDuration !== null && actualDuration !== null && Math.abs(fileDuration - actualDuration) > 0.5) {
    return l10n.t('{0} (gateway reports {1})', durationText(fileDuration), durationText(actualDuration));
  }
  const duration = fileDuration ?? actualDuration;
  return duration === null ? null : durationText(duration);
}

/** The request's parameters without the prompt: `resolution: 720p, duration: 8, images: 2`. Links are left out. */
function parametersText({ request }: Task): string {
  return parametersOf(request)
    .filter(([name]) => name !== 'prompt' && name !== 'model')
    .flatMap(([name, value]) => {
      if (Array.isArray(value)) {
        return [`${name}: ${value.length}`];
      }
      const isShown =
        typeof value === 'number' ||
        typeof value === 'boolean' ||
        (typeof value === 'string' && value !== '' && !/^[a-z][\w+.-]*:/i.test(value));
      return isShown ? [`${name}: ${firstWords(String(value), PARAMETER_LENGTH)}`] : [];
    })
    .join(', ');
}

/** The parameters of a request, by their original names; empty if it is not a JSON object. */
export function parametersOf(request: string | null): [name: string, value: unknown][] {
  try {
    const parsed: unknown = JSON.parse(request ?? 'null');
    return typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  } catch {
    // An imported task can contain anything.
    return [];
  }
}

/** The label of a row for screen readers: "Ready, new, cat in the rain, Veo 3.1 Fast, saved, 3 min ago". */
export function spoken(task: Task, now: number, eta: Eta | undefined): string {
  return [
    stateOf(task),
    isUnseen(task) ? l10n.t('new') : '',
    verdictText(task),
    nameOf(task),
    takeText(task),
    modelNextToName(task),
    task.file === 'saved' ? l10n.t('saved') : '',
    timingOf(task, now, eta),
  ]
    .filter(part => part !== '')
    .join(', ');
}

/** Which take of its shot a task is. */
export function takeText({ take }: Pick<Task, 'take'>): string {
  return take === null ? '' : l10n.t('Take {0}', take);
}

/** The verdict on a take, for display. */
export function verdictText({ verdict }: Pick<Task, 'verdict'>): string {
  switch (verdict) {
    case 'picked':
      return l10n.t('picked');
    case 'rejected':
      return l10n.t('rejected');
    case null:
      return '';
  }
}

/** A task's capabilities, as the words that `when` clauses of menus test for. */
export function capabilitiesOf(task: Task): string {
  const words = ['task'];
  if (hasLink(task)) {
    words.push('linked');
  }
  words.push(...fileCapabilities(task), ...takeCapabilities(task));
  if (task.generation === 'failed' || task.generation === 'cancelled') {
    words.push('failed');
  } else if (task.generation !== 'completed' || task.videoUrl === null) {
    words.push('refreshable');
  }
  if (knownRequestOf(task)) {
    words.push('remakable');
  }
  return words.join(' ');
}

/** A take without a clip is nothing to decide about. */
function takeCapabilities(task: Task): string[] {
  const { generation, verdict, file } = task;
  const canBeJudged = generation === 'completed';
  return [
    ...(canBeJudged ? [verdict === 'picked' ? 'picked' : 'pickable'] : []),
    ...(canBeJudged ? [verdict === 'rejected' ? 'rejected' : 'rejectable'] : []),
    ...(file === 'saved' && shotOf(task) ? ['comparable'] : []),
  ];
}

function fileCapabilities(task: Task): string[] {
  const ofFile = task.file === 'saved' ? ['saved'] : task.file === 'missing' ? ['missing'] : [];
  const wasTried = task.file === 'failed' || task.file === 'expired';
  const ofSaving = isSavable(task) && task.file !== 'downloading' ? [wasTried ? 'retriable' : 'savable'] : [];
  const ofPlace = isLocatable(task) ? ['locatable'] : [];
  return [...ofFile, ...ofPlace, ...ofSaving, ...(isBeingSaved(task) ? ['stoppable'] : [])];
}
