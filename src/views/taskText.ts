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

/** How much of one parameter is shown, characters. */
const PARAMETER_LENGTH = 60;

/** What a row's icon and its group by state say already. */
const SAID_BY_ICON: ReadonlySet<ShownState> = new Set(['queued', 'rendering', 'ready']);

/** How much of a failure's reason stands in a row, characters. */
const REASON_LENGTH = 40;

/**
 * The row's second column: state, what time has to say to it, then the model where the name does not say it, which is the first to
 * be cut off. `isGrouped`: the row stands in a group by state, which says the state together with the icon; of a failure it tells the reason then.
 */
export function descriptionOf(task: Task, now: number, eta: Eta | undefined, isGrouped: boolean): string {
  const progress = task.file === 'downloading' ? progressText(task) : '';
  // A sidebar is narrow, and the icon says that the clip is on its way.
  return progress === ''
    ? rowParts(task, now, eta, isGrouped).join(' · ')
    : [progress, modelBesideName(task)].filter(part => part !== '').join(' · ');
}

function rowParts(task: Task, now: number, eta: Eta | undefined, isGrouped: boolean): string[] {
  const state = (isGrouped ? newsBesideGroup(task) : undefined) ?? stateOf(task);
  return [takeText(task), state, timingOf(task, now, eta), modelBesideName(task), task.note ?? ''].filter(
    part => part !== '',
  );
}

/** The model, unless the name says it. */
function modelBesideName(task: Task): string {
  return hasOwnName(task) ? friendlyModel(task.model ?? '') : '';
}

/** What there is to say of a task whose state its group and icon say; `undefined` where they do not. */
function newsBesideGroup(task: Task): string | undefined {
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

/** How much longer, how far, or how long the link still lives; else how long ago it was ready, or began. */
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

/** How long a link still lives. */
export function linkText(expiresAt: number, now: number): string {
  return expiresAt > now
    ? l10n.t('expires in {0}', leftText(expiresAt - now))
    : l10n.t('link may have expired');
}

/** A fact on a line of its own. */
export function factText(name: string, value: string): string {
  return l10n.t('{0}: {1}', name, value);
}

/** The facts of a task as pairs of name and value, in the order a person asks for them. */
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

/** What saving has come to so far: why it failed and when it is tried again, or how far it is. */
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

/** How long the clip is; both lengths where the file and the gateway do not agree. */
function lengthText({ fileDuration, actualDuration }: Task): string | null {
  if (fileDuration !== null && actualDuration !== null && Math.abs(fileDuration - actualDuration) > 0.5) {
    return l10n.t('{0} (gateway reports {1})', durationText(fileDuration), durationText(actualDuration));
  }
  const duration = fileDuration ?? actualDuration;
  return duration === null ? null : durationText(duration);
}

/** What the task was made with besides its prompt: `resolution: 720p, duration: 8, images: 2`. Links are not for reading. */
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

/** What the request says, by the names that it has there. */
export function parametersOf(request: string | null): [name: string, value: unknown][] {
  try {
    const parsed: unknown = JSON.parse(request ?? 'null');
    return typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  } catch {
    // An imported task can carry anything.
    return [];
  }
}

/** The row for a screen reader: "Ready, new, cat in the rain, Veo 3.1 Fast, saved, 3 min ago". */
export function spoken(task: Task, now: number, eta: Eta | undefined): string {
  return [
    stateOf(task),
    isUnseen(task) ? l10n.t('new') : '',
    verdictText(task),
    nameOf(task),
    takeText(task),
    modelBesideName(task),
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

/** What a person has decided about a take. */
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

/** What a task can do, as words that menus ask for. */
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
