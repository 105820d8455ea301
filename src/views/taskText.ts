import { l10n, MarkdownString, ThemeColor, ThemeIcon } from 'vscode';
import { HOUR, MINUTE, SECOND } from '../base/clock.ts';
import type { ProblemKind, SaveProblem, Task } from '../tasks/task.ts';
import type { Eta } from '../tasks/forecast.ts';
import { plain } from './plainText.ts';
import { begunAt, isUnderWay } from '../tasks/task.ts';

/** What a task is called in lists and messages: its name, else its ID's family and end, where IDs differ. */
export function nameOf(task: Task): string {
  return plain(task.label ?? shortened(task.id));
}

function shortened(id: string): string {
  const [family = ''] = id.split(/[_-]/);
  return id.length > 20 ? `${family.slice(0, 8)}…${id.slice(-8)}` : id;
}

/** The state in a word or two: what the generation did, and what is known about the file. */
export function stateOf(task: Task): string {
  if (task.generation === 'completed') {
    return fileStateOf(task);
  }
  if (isUnderWay(task) && task.problem !== null) {
    return problemState(task.problem);
  }
  switch (task.generation) {
    case 'unknown':
      return l10n.t('Waiting for first answer');
    case 'queued':
      return l10n.t('Queued');
    case 'processing':
      return l10n.t('Rendering');
    case 'unrecognised':
      return plain(task.statusWord ?? l10n.t('Unknown state'));
    case 'failed':
      return l10n.t('Failed');
    case 'cancelled':
      return l10n.t('Cancelled');
    case 'stalled':
      return l10n.t('No final answer yet');
    case 'notFound':
      return l10n.t('Not known to the gateway');
  }
}

function fileStateOf(task: Task): string {
  if (task.videoUrl === null) {
    return task.nextPollAt === null
      ? l10n.t('Finished without a video')
      : l10n.t('Finished, waiting for the link');
  }
  switch (task.file) {
    case 'none':
    case 'waiting':
      return l10n.t('Finished, about to be saved');
    case 'downloading':
      return l10n.t('Saving…');
    case 'saved':
      return l10n.t('Ready');
    case 'failed':
      return l10n.t('Finished, not saved yet');
    case 'expired':
      return l10n.t('Not saved, link is dead');
  }
}

function problemState(problem: ProblemKind): string {
  switch (problem) {
    case 'noKey':
      return l10n.t('No API key');
    case 'keyRejected':
      return l10n.t('API key not accepted');
    case 'rateLimited':
      return l10n.t('Gateway asks for a pause');
    case 'network':
    case 'timeout':
      return l10n.t('Offline');
    case 'wrongAddress':
      return l10n.t('Wrong gateway address');
    case 'notFound':
      return l10n.t('ID not known yet');
    case 'server':
    case 'notJson':
    case 'redirected':
    case 'refused':
    case 'unexpected':
      return l10n.t('Could not ask');
  }
}

/** Why the gateway could not be asked, in a sentence. */
export function problemText(task: Task): string {
  const detail = plain(task.problemText ?? '');
  switch (task.problem) {
    case null:
      return '';
    case 'noKey':
      return l10n.t('There is no API key for {0}.', task.gateway);
    case 'keyRejected':
      return l10n.t('The gateway did not accept the API key: {0}', detail);
    case 'rateLimited':
      return l10n.t('The gateway asks to be left alone for a while.');
    case 'network':
      return l10n.t('The gateway could not be reached: {0}', detail);
    case 'timeout':
      return l10n.t('The gateway did not answer in time.');
    case 'notFound':
      return l10n.t('The gateway says that it does not know this ID: {0}', detail);
    case 'wrongAddress':
      return l10n.t('There is no such gateway at {0}.', task.gateway);
    case 'notJson':
      return l10n.t('The gateway sent a page in place of an answer: {0}', detail);
    case 'server':
    case 'redirected':
    case 'refused':
    case 'unexpected':
      return l10n.t('The gateway could not answer: {0}', detail);
  }
}

/** Why the clip could not be saved, in a sentence. */
export function saveProblemText(problem: SaveProblem | null, foreign: string): string {
  const detail = plain(foreign);
  switch (problem) {
    case null:
      return '';
    case 'unreachable':
      return l10n.t('The video could not be fetched: {0}', detail);
    case 'status':
      return l10n.t('The media host answered with HTTP {0}.', detail);
    case 'page':
      return l10n.t('The media host sent {0} in place of a video.', detail);
    case 'incomplete':
      return l10n.t('The download broke off ({0} bytes).', detail);
    case 'stalled':
      return l10n.t('The download stood still for a minute.');
    case 'tooLarge':
      return l10n.t('The clip is larger than 2 GiB.');
    case 'redirects':
      return l10n.t('The video link was redirected more than {0} times.', detail);
    case 'refusedLink':
      return l10n.t('The video link leads to a place that Dailies does not follow: {0}', detail);
    case 'notVideo':
      return l10n.t('What came is not a playable video.');
    case 'diskFull':
      return l10n.t('The disk is full.');
    case 'folder':
      return l10n.t('The folder cannot be written to: {0}', detail);
  }
}

/** How long ago, in the shortest words. */
export function ageOf(at: number, now: number): string {
  const age = now - at;
  if (age < MINUTE) {
    return l10n.t('just now');
  }
  if (age < HOUR) {
    return l10n.t('{0} min ago', Math.floor(age / MINUTE));
  }
  if (age < 24 * HOUR) {
    return l10n.t('{0} h ago', Math.floor(age / HOUR));
  }
  return l10n.t('{0} d ago', Math.floor(age / (24 * HOUR)));
}

/** The state as an icon: shape for the kind, colour only where something wants a look. */
export function iconOf(task: Task): ThemeIcon {
  if (task.generation === 'completed') {
    return fileIconOf(task);
  }
  if (isUnderWay(task) && task.problem !== null) {
    return new ThemeIcon('debug-disconnect', new ThemeColor('list.warningForeground'));
  }
  switch (task.generation) {
    case 'unknown':
    case 'queued':
      return new ThemeIcon('clock');
    case 'processing':
      return new ThemeIcon('loading~spin');
    case 'unrecognised':
      return new ThemeIcon('question');
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
    case 'cancelled':
      return new ThemeIcon('circle-slash');
    case 'stalled':
    case 'notFound':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  }
}

function fileIconOf(task: Task): ThemeIcon {
  switch (task.file) {
    case 'none':
    case 'waiting':
    case 'downloading':
      return new ThemeIcon(task.videoUrl === null ? 'watch' : 'cloud-download');
    case 'saved':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'failed':
    case 'expired':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  }
}

/** How much longer it takes, in words. */
export function etaText(eta: Eta): string {
  if (eta === 'longer') {
    return l10n.t('longer than usual');
  }
  if (eta.to <= 1) {
    return l10n.t('about 1 min left');
  }
  return eta.from === 0
    ? l10n.t('up to {0} min left', eta.to)
    : l10n.t('about {0}-{1} min left', eta.from, eta.to);
}

/** The row's second column: state, how much longer or how old, then the model, which is the first to be cut off. */
export function descriptionOf(task: Task, now: number, eta: Eta | undefined): string {
  return [stateOf(task), eta ? etaText(eta) : ageOf(begunAt(task), now), task.model]
    .filter(part => part !== null)
    .join(' · ');
}

/** What there is to know about a task. Gateway text goes in as text, never as Markdown. */
export function tooltipOf(task: Task): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.appendMarkdown('**').appendText(nameOf(task)).appendMarkdown('**\n\n');
  for (const [name, value] of factsOf(task)) {
    tooltip.appendText(`${name}: ${value}`).appendMarkdown('\n\n');
  }
  return tooltip;
}

/** The facts of a task as pairs of name and value, in the order a person asks for them. */
export function factsOf(task: Task): [name: string, value: string][] {
  const facts: [string, string | null][] = [
    [l10n.t('State'), stateOf(task)],
    [l10n.t('Model'), task.model],
    [l10n.t('Why'), task.error],
    [l10n.t('Last question'), problemText(task)],
    [l10n.t('Saving'), saveProblemText(task.saveProblem, task.saveProblemText ?? '')],
    [l10n.t('File'), task.filePath],
    [
      l10n.t('Link dies'),
      task.file === 'saved' || task.linkExpiresAt === null ? null : timeOf(task.linkExpiresAt),
    ],
    [
      l10n.t('Length'),
      task.actualDuration === null ? null : l10n.t('{0} s', Number(task.actualDuration.toFixed(2))),
    ],
    [task.createdAt === null ? l10n.t('Tracked') : l10n.t('Started'), timeOf(begunAt(task))],
    [l10n.t('Last answer'), task.answeredAt === null ? null : timeOf(task.answeredAt)],
    [l10n.t('ID'), task.id],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
}

/** The row for a screen reader, in words. */
export function spoken(task: Task, now: number, eta: Eta | undefined): string {
  return [nameOf(task), stateOf(task), task.model, eta ? etaText(eta) : ageOf(begunAt(task), now)]
    .filter(part => part !== null)
    .join(', ');
}

/** What a task can do, as words that menus ask for. */
export function capabilitiesOf(task: Task): string {
  const words = ['task'];
  if (task.file === 'saved') {
    words.push('saved');
  } else if (task.file === 'failed' || task.file === 'expired') {
    words.push('unsaved');
  }
  if (task.generation === 'failed' || task.generation === 'cancelled') {
    words.push('failed');
  } else if (task.generation !== 'completed' || task.videoUrl === null) {
    words.push('refreshable');
  }
  return words.join(' ');
}

function timeOf(at: number): string {
  return new Date(at - (at % SECOND)).toLocaleString();
}
