import { l10n } from 'vscode';
import type { Eta } from '../polling/forecast.ts';
import { isSavedVideo } from '../tasks/clipKind.ts';
import { mediumOf } from '../tasks/family.ts';
import { knownRequestOf } from '../tasks/request.ts';
import { isDownloaded } from '../tasks/risk.ts';
import { shotName, shotOf } from '../tasks/shot.ts';
import { shownStateOf, type ShownState } from '../tasks/shownState.ts';
import {
  ageFrom,
  hasLink,
  isBeingSaved,
  isLocatable,
  isSavable,
  isUnseen,
  type Task,
} from '../tasks/task.ts';
import { ageOf, etaText, leftText } from './measures.ts';
import { plain } from '../base/plainText.ts';
import { hasOwnName, nameOf } from './names.ts';
import { firstWords, friendlyModel } from './shortText.ts';
import { progressText, stateOf } from './stateWords.ts';

/** The states that a row's icon and its group already show. */
const SAID_BY_ICON: ReadonlySet<ShownState> = new Set(['queued', 'rendering', 'ready']);

/** The longest failure reason in a row, characters. */
const REASON_LENGTH = 40;

/**
 * The description of a row: the state, its timing, a note, then the model, which is the first to be cut off. `isGrouped`: the row is in a
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
  return [takeText(task), state, timingOf(task, now, eta), task.note ?? '', modelNextToName(task)].filter(
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
    const why = firstWords(plain(task.error), REASON_LENGTH);
    // What the model makes is next to it.
    return mediumOf(task.model) === 'video' ? l10n.t('No video: {0}', why) : l10n.t('No result: {0}', why);
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

/** What the request says, by the names that it has there. */
export function parametersOf(request: string | null): [name: string, value: unknown][] {
  try {
    const parsed: unknown = JSON.parse(request ?? 'null');
    return typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  } catch {
    // An imported task can contain anything.
    return [];
  }
}

/** The label of a row for screen readers: "Ready, new, cat in the rain, Veo 3.1 Fast, saved, 3 min ago, good light". */
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
    task.note ?? '',
  ]
    .filter(part => part !== '')
    .join(', ');
}

/** Which take of its shot a task is. */
export function takeText({ take }: Pick<Task, 'take'>): string {
  return take === null ? '' : l10n.t('Take {0}', take);
}

/** What a task is called where it stands alone: takes named after their shot come with their number. */
export function titleOf(task: Task): string {
  const name = nameOf(task);
  const shot = shotOf(task);
  return shot && task.take !== null && task.label === shotName(shot)
    ? l10n.t('{0} · {1}', name, takeText(task))
    : name;
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
  if (task.shotFile !== null) {
    words.push('written');
  }
  if (knownRequestOf(task)) {
    words.push('remakable');
  }
  return words.join(' ');
}

/** A take without a clip is nothing to decide about. */
function takeCapabilities(task: Task): string[] {
  const { generation, verdict } = task;
  const canBeJudged = generation === 'completed';
  return [
    ...(canBeJudged ? [verdict === 'picked' ? 'picked' : 'pickable'] : []),
    ...(canBeJudged ? [verdict === 'rejected' ? 'rejected' : 'rejectable'] : []),
    ...(isSavedVideo(task) && shotOf(task) ? ['comparable'] : []),
    ...(isSavedVideo(task) ? ['continuable'] : []),
  ];
}

function fileCapabilities(task: Task): string[] {
  const ofFile = task.file === 'saved' ? ['saved'] : task.file === 'missing' ? ['missing'] : [];
  const wasTried = task.file === 'failed' || task.file === 'expired';
  const ofSaving = isSavable(task) && task.file !== 'downloading' ? [wasTried ? 'retriable' : 'savable'] : [];
  const ofLink = task.file === 'expired' && isSavable(task) ? ['expired'] : [];
  const ofPlace = isLocatable(task) ? ['locatable'] : [];
  return [...ofFile, ...ofPlace, ...ofSaving, ...ofLink, ...(isBeingSaved(task) ? ['stoppable'] : [])];
}
