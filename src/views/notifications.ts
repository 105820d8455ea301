import { commands as vscodeCommands, l10n, window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { commands, type CommandId } from '../ids.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { plain } from './plainText.ts';
import { nameOf, saveProblemText } from './taskText.ts';

/** A button of a notification: its words, and the command that it runs, on what. */
type Action = readonly [title: string, command: CommandId, argument: TaskKey | string];

/** Tells the person once, in one window, how a task ended. */
export class Notifications implements Disposable {
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly owned = new DisposableStore();

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
    const told = hasEnded ? 'ended' : isAtRisk(task) ? 'unsaved' : undefined;
    if (told && task.told !== told && this.store.claimNotification(key, told, this.clock.now())) {
      this.tell(task);
    }
  }

  private tell(task: Task): void {
    const name = nameOf(task);
    if (task.file === 'saved') {
      this.show(window.showInformationMessage, l10n.t('{0} is ready.', name), [
        [l10n.t('Preview'), commands.preview, task.key],
        [l10n.t('Open Folder'), commands.openFolder, task.key],
      ]);
    } else if (task.generation === 'completed') {
      const why = saveProblemText(task.saveProblem, task.saveProblemText ?? '');
      this.show(window.showWarningMessage, l10n.t('{0} is finished but not saved. {1}', name, why), [
        [l10n.t('Retry Save'), commands.retrySave, task.key],
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

/** A broken connection mends itself; what a person must mend, or what goes on for three attempts, is told. */
function isAtRisk(task: Task): boolean {
  const mendsItself = ['unreachable', 'status', 'incomplete', 'stalled'].includes(task.saveProblem ?? '');
  return task.file === 'failed' && (!mendsItself || task.failedSaves >= 3);
}

function failureText(name: string, reason: string | null): string {
  return reason === null
    ? l10n.t('{0} failed.', name)
    : l10n.t('{0} failed: {1}', name, plain(reason.slice(0, 200)));
}
