import { commands as vscodeCommands, l10n, window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { MINUTE } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { commands, settings, type CommandId } from '../ids.ts';
import type { TaskStore } from '../tasks/store.ts';
import { isAtRisk, RISK, type Task, type TaskKey } from '../tasks/task.ts';
import { leftText } from './measures.ts';
import { plain } from './plainText.ts';
import { saveProblemText } from './stateWords.ts';
import { nameOf } from './taskText.ts';

/** A button of a notification: its words, and the command that it runs, on what. */
type Action = readonly [
  title: string,
  command: CommandId | 'workbench.action.openSettings',
  argument?: TaskKey | string,
];

/** How often clips are looked for whose link is about to die, ms: nothing changes when time passes. */
const LOOK_EVERY = MINUTE;

/** Tells the person once, in one window, how a task ended. */
export class Notifications implements Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly owned = new DisposableStore();
  private timer: Disposable | undefined;

  constructor(store: TaskStore, clock: Clock, log: Log) {
    this.store = store;
    this.clock = clock;
    this.log = log;
    this.owned.add(
      store.onDidChange(keys => {
        for (const key of keys) {
          this.consider(key);
        }
        this.considerKeys();
      }),
    );
    this.owned.add({ dispose: () => this.timer?.dispose() });
    this.lookForRisks();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private consider(key: TaskKey): void {
    const task = this.store.get(key);
    if (!task) {
      return;
    }
    const hasEnded =
      task.generation === 'failed' ||
      task.generation === 'cancelled' ||
      task.file === 'saved' ||
      task.file === 'expired';
    // Danger goes before the plain news, so that one clip is not told of twice.
    const isInDanger = !hasEnded && isInTrouble(task, this.clock.now());
    const told = isInDanger ? 'unsaved' : hasEnded || isLeftToPerson(task) ? 'ended' : undefined;
    if (told && task.told !== told && this.store.claimNotification(key, told, this.clock.now())) {
      this.tell(task);
    }
  }

  private tell(task: Task): void {
    const name = nameOf(task);
    if (task.file === 'saved') {
      this.show(window.showInformationMessage, l10n.t('{0} is ready.', name), [
        [l10n.t('Preview'), commands.preview, task.key],
        [l10n.t('Open Containing Folder'), commands.openFolder, task.key],
      ]);
    } else if (isLeftToPerson(task) && !isInTrouble(task, this.clock.now())) {
      this.show(window.showInformationMessage, l10n.t('{0} is finished.', name), [
        [l10n.t('Save Now'), commands.saveNow, task.key],
      ]);
    } else if (task.generation === 'completed') {
      this.show(window.showWarningMessage, this.troubleText(task, name), [
        helpFor(task),
        [l10n.t('Details'), commands.showDetails, task.key],
      ]);
    } else {
      const isCancelled = task.generation === 'cancelled';
      this.show(
        window.showErrorMessage,
        isCancelled ? l10n.t('{0} was cancelled.', name) : failureText(name, task.error),
        [
          [l10n.t('Details'), commands.showDetails, task.key],
          [l10n.t('Copy ID'), commands.copyId, task.key],
        ],
      );
    }
  }

  /** What is wrong with an unsaved clip, and how long there is to mend it. */
  private troubleText(task: Task, name: string): string {
    const why = saveProblemText(task.saveProblem, task.saveProblemText ?? '');
    const left = (task.linkExpiresAt ?? 0) - this.clock.now();
    if (task.file === 'expired') {
      return l10n.t('{0} could not be saved before its link died. {1}', name, why);
    }
    return left > 0
      ? l10n.t('{0} is finished but not saved, and its link dies in {1}. {2}', name, leftText(left), why)
      : l10n.t('{0} is finished but not saved, and its link may be dead. {1}', name, why);
  }

  private lookForRisks(): void {
    this.timer = this.clock.setTimer(() => {
      this.lookForRisks();
    }, LOOK_EVERY);
    try {
      for (const key of this.store.unsavedUntil(this.clock.now() + RISK)) {
        this.consider(key);
      }
    } catch (error) {
      this.log.error(`Notification: ${messageOf(error)}`);
    }
  }

  /** One message when a gateway has stopped accepting its key; asking goes on by itself with another key. */
  private considerKeys(): void {
    for (const gateway of this.store.pauses.claimKeyNotifications()) {
      this.show(
        window.showErrorMessage,
        l10n.t(
          '{0} does not accept the API key. Nothing is asked until there is another one.',
          plain(gateway),
        ),
        [[l10n.t('Set API Key'), commands.setKey, gateway]],
      );
    }
  }

  /** Shows a message without waiting for an answer, which may never come. */
  private show(
    channel: (message: string, ...items: string[]) => Thenable<string | undefined>,
    message: string,
    actions: readonly Action[],
  ): void {
    const run = async (): Promise<void> => {
      const chosen = await channel(message, ...actions.map(([title]) => title));
      const action = actions.find(([title]) => title === chosen);
      if (action) {
        await vscodeCommands.executeCommand(action[1], action[2]);
      }
    };
    run().catch((error: unknown) => {
      this.log.error(`Notification: ${messageOf(error)}`);
    });
  }
}

/**
 * Whether a person should know that a clip is not saved. A broken connection mends itself; what a person must mend, what
 * goes on for three attempts, or what has failed or was not asked for when the link is about to die, is told.
 */
function isInTrouble(task: Task, now: number): boolean {
  const mendsItself = ['unreachable', 'status', 'incomplete', 'stalled', 'tooShort'].includes(
    task.saveProblem ?? '',
  );
  const isStuck = task.file === 'failed' && (!mendsItself || task.failedSaves >= 3);
  return isStuck || ((task.file === 'failed' || task.file === 'none') && isAtRisk(task, now));
}

/** A finished clip that is not saved by itself; once this was said, only danger is told. */
function isLeftToPerson(task: Task): boolean {
  return task.file === 'none' && task.videoUrl !== null && task.told === null;
}

/** The one thing that helps. */
function helpFor(task: Task): Action {
  if (task.file !== 'expired' && (task.problem === 'noKey' || task.problem === 'keyRejected')) {
    return [l10n.t('Set API Key'), commands.setKey, task.gateway];
  }
  if (task.saveProblem === 'diskFull' || task.saveProblem === 'folder') {
    return [l10n.t('Choose Another Folder…'), commands.chooseFolder];
  }
  if (task.saveProblem === 'tooLarge') {
    return [l10n.t('Open Settings'), 'workbench.action.openSettings', settings.saveMaxSize];
  }
  return task.file === 'none'
    ? [l10n.t('Save Now'), commands.saveNow, task.key]
    : [l10n.t('Retry Save'), commands.retrySave, task.key];
}

function failureText(name: string, reason: string | null): string {
  return reason === null
    ? l10n.t('{0} failed.', name)
    : l10n.t('{0} failed: {1}', name, plain(reason.slice(0, 200)));
}
