import { l10n } from 'vscode';
import { commands, views } from '../ids.ts';
import type { Announcement } from '../news/announcer.ts';
import type { News } from '../tasks/news.ts';
import { isDownloaded } from '../tasks/risk.ts';
import type { ToldPause } from '../tasks/pause.ts';
import { isUnchecked } from '../tasks/clipKind.ts';
import { mediumOf } from '../tasks/family.ts';
import type { Task } from '../tasks/task.ts';
import { expiryWords } from './expiryText.ts';
import { gatewayName } from './gatewayName.ts';
import { leftText } from './measures.ts';
import { plain } from '../base/plainText.ts';
import { saveProblemText } from './stateWords.ts';
import { helpsFor, type Action as Help } from './taskHelp.ts';
import { titleOf } from './taskText.ts';

/** A button of a notification. */
type Action = Help | readonly [title: string, command: `${typeof views.tasks}.focus`, argument?: undefined];

/** A notification: its severity, text, and buttons, the most useful first. */
export interface Message {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly actions: readonly Action[];
}

const SEVERITIES: Record<News, Message['severity']> = {
  ready: 'info',
  finished: 'info',
  noVideo: 'warning',
  failed: 'error',
  cancelled: 'warning',
  stalled: 'warning',
  notFound: 'warning',
  unsaved: 'warning',
  expired: 'warning',
};

/** The notification for an announcement. */
export function messageFor(announcement: Announcement, now: number): Message {
  if ('gateway' in announcement) {
    return pauseMessage(announcement.news, announcement.gateway);
  }
  const { news, tasks } = announcement;
  const [only] = tasks;
  const words =
    only && tasks.length === 1
      ? { text: textForOne(news, only, now), actions: actionsForOne(news, only, now) }
      : { text: textForSeveral(news, tasks, now), actions: actionsForSeveral(news, tasks, now) };
  // Trimmed, because the reason at the end may be empty.
  return { severity: SEVERITIES[news], text: words.text.trim(), actions: words.actions };
}

function pauseMessage(reason: ToldPause, gateway: string): Message {
  const where = gatewayName(gateway);
  const setKey: Action = [l10n.t('Set API Key…'), commands.setKey, gateway];
  switch (reason) {
    case 'keyRejected':
      return {
        severity: 'error',
        text: l10n.t('{0} rejected the API key. Set a new one to resume polling.', where),
        actions: [setKey],
      };
    case 'keyUnreadable':
      return {
        severity: 'warning',
        text: l10n.t("Can't read the API key for {0} from the keyring. Dailies will retry.", where),
        actions: [setKey, [l10n.t('Show Log'), commands.showLog]],
      };
    case 'outOfCredit':
      return {
        severity: 'warning',
        text: l10n.t('Out of credit at {0}. Polling resumes once the account is topped up.', where),
        actions: [[l10n.t('Refresh All'), commands.refreshAll]],
      };
  }
}

function textForOne(news: News, task: Task, now: number): string {
  const name = titleOf(task);
  switch (news) {
    case 'ready':
      return isUnchecked(task)
        ? l10n.t('"{0}" is saved, but Dailies couldn\'t check whether it plays.', name)
        : l10n.t('"{0}" is ready.', name);
    case 'finished':
      return l10n.t('"{0}" is ready to save.', name);
    case 'noVideo':
      return noResultText(name, task);
    case 'cancelled':
      return l10n.t('"{0}" was cancelled.', name);
    case 'stalled':
      return l10n.t('"{0}" has stalled. Dailies now checks it once an hour.', name);
    case 'notFound':
      return l10n.t(
        '"{0}" was not found on the gateway. Make sure that its ID is correct. Dailies will retry once an hour.',
        name,
      );
    case 'failed':
      return task.error === null
        ? l10n.t('"{0}" failed.', name)
        : l10n.t('"{0}" failed: {1}', name, plain(task.error.slice(0, 200)));
    case 'unsaved': {
      if (isDownloaded(task)) {
        return l10n.t('"{0}" is downloaded, but can\'t be saved to its folder yet. {1}', name, whyOf(task));
      }
      const left = (task.linkExpiresAt ?? 0) - now;
      return left > 0
        ? l10n.t(
            '"{0}" isn\'t saved yet, and its link expires in {1}. {2}',
            name,
            leftText(left),
            whyOf(task),
          )
        : l10n.t('"{0}" isn\'t saved yet, and its link may have expired. {1}', name, whyOf(task));
    }
    case 'expired':
      return l10n.t('"{0}" couldn\'t be saved before its link expired. {1}', name, whyOf(task));
  }
}

/** A task that completed with nothing to save, by what its model makes. */
function noResultText(name: string, { model, error }: Task): string {
  const why = plain((error ?? '').slice(0, 200));
  switch (mediumOf(model)) {
    case 'video':
      return error === null
        ? l10n.t('"{0}" completed without a video.', name)
        : l10n.t('"{0}" completed without a video: {1}', name, why);
    case 'image':
      return error === null
        ? l10n.t('"{0}" completed without an image.', name)
        : l10n.t('"{0}" completed without an image: {1}', name, why);
    case 'audio':
      return error === null
        ? l10n.t('"{0}" completed without audio.', name)
        : l10n.t('"{0}" completed without audio: {1}', name, why);
  }
}

function actionsForOne(news: News, task: Task, now: number): Action[] {
  const details: Action = [l10n.t('Show Details'), commands.showDetails, task.key];
  switch (news) {
    case 'ready':
      return [
        [l10n.t('Preview'), commands.preview, task.key],
        ...(isUnchecked(task)
          ? [[l10n.t('Open in System Player'), commands.openExternally, task.key] as const]
          : []),
        [l10n.t('Open Containing Folder'), commands.openFolder, task.key],
      ];
    case 'finished':
      return [[l10n.t('Save Now'), commands.saveNow, task.key]];
    case 'noVideo':
    case 'stalled':
    case 'notFound':
      return [[l10n.t('Refresh'), commands.refresh, task.key], details];
    case 'failed':
    case 'cancelled':
      return [details, [l10n.t('Copy Task ID'), commands.copyId, task.key]];
    case 'unsaved':
    case 'expired':
      return [...helpsFor(task, now).slice(0, 1), details];
  }
}

function textForSeveral(news: News, tasks: readonly Task[], now: number): string {
  const count = tasks.length;
  switch (news) {
    case 'ready':
      return l10n.t('{0} clips are ready.', count);
    case 'finished':
      return l10n.t('{0} clips are ready to save.', count);
    case 'noVideo':
      return l10n.t('{0} tasks completed without a video.', count);
    case 'cancelled':
      return l10n.t('{0} tasks were cancelled.', count);
    case 'stalled':
      return l10n.t('{0} tasks have stalled. Dailies now checks them once an hour.', count);
    case 'notFound':
      return l10n.t('{0} tasks were not found on the gateway. Dailies will retry once an hour.', count);
    case 'failed': {
      const why = shared(tasks.map(task => task.error)) ?? null;
      return why === null
        ? l10n.t('{0} tasks failed.', count)
        : l10n.t('{0} tasks failed: {1}', count, plain(why.slice(0, 200)));
    }
    case 'unsaved': {
      const why = shared(tasks.map(whyOf)) ?? '';
      const endangered = tasks.filter(task => !isDownloaded(task));
      if (endangered.length === 0) {
        return l10n.t("{0} clips are downloaded, but can't be saved to their folders yet. {1}", count, why);
      }
      const expiries = endangered.map(task => task.linkExpiresAt);
      const left = Math.min(...expiries.map(at => at ?? 0)) - now;
      if (left > 0) {
        return l10n.t(
          "{0} clips aren't saved yet. The first link expires in {1}. {2}",
          count,
          leftText(left),
          why,
        );
      }
      return expiries.some(at => (at ?? 0) > now)
        ? l10n.t("{0} clips aren't saved yet: {1}. {2}", count, expiryWords(expiries, now).join(' · '), why)
        : l10n.t("{0} clips aren't saved yet. Their links may have expired. {1}", count, why);
    }
    case 'expired':
      return l10n.t("{0} clips couldn't be saved before their links expired.", count);
  }
}

/** The buttons for several tasks. An action that helps all of them comes first. */
function actionsForSeveral(news: News, tasks: readonly Task[], now: number): Action[] {
  const showList: Action = [l10n.t('Show Tasks'), `${views.tasks}.focus`];
  if (news === 'ready') {
    const newest = newestOf(tasks);
    return [
      ...(newest ? [[l10n.t('Preview'), commands.preview, newest.key] as const] : []),
      [l10n.t('Open Contact Sheet'), commands.contactSheet],
      showList,
    ];
  }
  const helps = news === 'unsaved' ? tasks.map(task => helpsFor(task, now)[0]) : [];
  const [help] = helps;
  return help && shared(helps.map(one => one?.join())) !== undefined ? [help, showList] : [showList];
}

function newestOf(tasks: readonly Task[]): Task | undefined {
  return tasks.reduce<Task | undefined>(
    (newest, task) => (newest && newest.trackedAt >= task.trackedAt ? newest : task),
    undefined,
  );
}

/** The common value; `undefined` if they differ. */
function shared<T>([first, ...others]: readonly T[]): T | undefined {
  return others.every(other => other === first) ? first : undefined;
}

/** Why the clip is not saved. */
function whyOf(task: Task): string {
  return saveProblemText(task.saveProblem, task.saveProblemText ?? '');
}
