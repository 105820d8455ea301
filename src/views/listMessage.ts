import { l10n, type TreeView } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { isHolding, PAUSE_REASONS, type Pause, type PauseReason } from '../tasks/pause.ts';
import type { ShownList } from './shownList.ts';

/** The list that the message belongs to. */
export interface FilteredList {
  readonly view: Pick<TreeView<unknown>, 'message'>;
  readonly filter: string;
  /** How many tasks the list shows. */
  readonly shown: number;
  readonly onDidRearrange: (listener: () => void) => Disposable;
}

/**
 * The message above the list: why polling is paused, and which filter is active. An empty list has no message, because that would
 * hide its welcome view.
 */
export class ListMessage implements Disposable {
  private readonly owned = new DisposableStore();

  constructor(list: FilteredList, everything: ShownList, clock: Clock) {
    const { view } = list;
    const show = (): void => {
      const { filter, shown } = list;
      const parts = [
        messageFor(everything.pauses, clock.now()),
        filter === '' ? '' : l10n.t('Filter: {0} ({1} of {2})', filter, shown, everything.size),
      ];
      const message = shown === 0 ? '' : parts.filter(part => part !== '').join(' ');
      if (message !== (view.message ?? '')) {
        view.message = message;
      }
    };
    this.owned.add(everything.onDidDrawRest(show));
    this.owned.add(list.onDidRearrange(show));
    show();
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/** The most actionable reason comes first. Rate limiting is not mentioned, because it ends automatically before long. */
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
      return l10n.t('The gateway rejected the API key. To continue, run "Dailies: Set API Key…".');
    case 'noKey':
      return l10n.t('No API key is set. To track these tasks, run "Dailies: Set API Key…".');
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
