import { l10n, type TreeView } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { LiveTasks } from '../tasks/liveTasks.ts';
import { isHolding, PAUSE_REASONS, type Pause, type PauseReason } from '../tasks/pauses.ts';
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

/** What a person can do something about comes first. A gateway that is rate-limiting goes on by itself before long. */
function messageFor(pauses: readonly Pause[], now: number): string {
  const holding = new Set(pauses.filter(pause => isHolding(pause, now)).map(pause => pause.reason));
  const first = PAUSE_REASONS.find(reason => holding.has(reason));
  return first === undefined ? '' : textOf(first);
}

function textOf(reason: PauseReason): string {
  switch (reason) {
    case 'person':
      return l10n.t('Polling is paused.');
    case 'keyRejected':
      return l10n.t('The gateway rejected the API key. Set a new one to continue.');
    case 'noKey':
      return l10n.t('Set an API key to track these tasks.');
    case 'keyUnreadable':
      return l10n.t("Can't read the API key from the system's keyring. Retrying…");
    case 'outOfCredit':
      return l10n.t('The gateway account is out of credit. Dailies checks again every 10 minutes.');
    case 'unreachable':
      return l10n.t("Offline: can't reach the gateway. Retrying…");
    case 'rateLimited':
      return '';
  }
}
