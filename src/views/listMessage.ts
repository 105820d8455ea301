import { l10n, type TreeView } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { LiveTasks } from '../tasks/liveTasks.ts';
import type { Pause, PauseReason } from '../tasks/pauses.ts';
import type { TaskStore } from '../tasks/store.ts';

/** Says above the list why nothing is asked, where that is so. An empty list has its welcome, which a message would hide. */
export class ListMessage implements Disposable {
  private readonly subscription: Disposable;

  constructor(view: Pick<TreeView<unknown>, 'message'>, tasks: LiveTasks, store: TaskStore, clock: Clock) {
    const show = (): void => {
      const message = tasks.size === 0 ? '' : messageFor(store.pauses.list(), clock.now());
      if (message !== (view.message ?? '')) {
        view.message = message;
      }
    };
    this.subscription = tasks.onDidChange(show);
    show();
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

/** What a person can do something about comes first. */
function messageFor(pauses: readonly Pause[], now: number): string {
  const holding = pauses.filter(pause => pause.until === null || pause.until > now);
  const has = (reason: PauseReason): boolean =>
    holding.some(pause => pause.reason === reason && (pause.until === null || reason === 'unreachable'));
  if (has('person')) {
    return l10n.t('Polling is paused.');
  }
  if (has('keyRejected')) {
    return l10n.t('The gateway does not accept the API key.');
  }
  if (has('noKey')) {
    return l10n.t('Set an API key to follow these tasks.');
  }
  return has('unreachable') ? l10n.t('Offline: the gateway cannot be reached. Dailies keeps trying.') : '';
}
