import { l10n, Uri, window, workspace, type Memento } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { daysAgo } from '../base/days.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import { Emitter } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { Soon } from '../base/soon.ts';
import type { Ticker } from '../base/ticker.ts';
import { Kept } from '../host/kept.ts';
import { messages } from '../host/messages.ts';
import { affects, gatewaySetting } from '../host/settings.ts';
import { commands, settings } from '../ids.ts';
import type { MadeVideo } from '../making/madeVideos.ts';
import type { Spending } from '../making/spending.ts';
import { spendingPanel } from '../preview/spendingPage.ts';
import {
  isSpendingView,
  LONGEST_RANGE,
  SPENDING_AT_FIRST,
  type SpendingView,
} from '../preview/spendingProtocol.ts';
import type { TaskStore } from '../store/store.ts';
import { csvOf } from '../views/spendingCsv.ts';
import { filtered } from '../views/spendingFigures.ts';
import { registerCommand } from './register.ts';
import { filterOf, spendingContent, spendingWords } from './spendingContent.ts';

/** What the command needs from outside. */
export interface SpendingDependencies {
  readonly extensionUri: Uri;
  readonly memento: Memento;
  readonly log: Log;
  readonly clock: Clock;
  readonly ticker: Ticker;
  readonly store: Pick<TaskStore, 'onDidChange'>;
  readonly spending: Spending;
  /** Where the dialog for a CSV begins. */
  readonly saveFolder: () => Uri;
}

/** "Show Spending": what videos have cost, as a page that follows the list. */
export function registerSpendingCommand(dependencies: SpendingDependencies): Disposable {
  const { extensionUri, memento, log, clock, ticker, store, spending, saveFolder } = dependencies;
  const registered = new DisposableStore();
  const changes = registered.add(new Emitter<void>());
  const soon = registered.add(
    new Soon(clock, () => {
      changes.fire();
    }),
  );
  registered.add(
    store.onDidChange(() => {
      soon.call();
    }),
  );
  registered.add(
    ticker.onDidTick(() => {
      soon.call();
    }),
  );
  registered.add(
    workspace.onDidChangeConfiguration(event => {
      if (affects(event, settings.currency) || affects(event, settings.baseUrl)) {
        soon.call();
      }
    }),
  );
  const videos = (): MadeVideo[] => spending.videosSince(daysAgo(clock.now(), LONGEST_RANGE - 1));
  const gateway = (): string => gatewaySetting()?.base ?? '';
  const panel = registered.add(
    spendingPanel({
      extensionUri,
      log,
      memory: new Kept(memento, 'spending', isSpendingView, SPENDING_AT_FIRST),
      // Who looks at the gateway of the settings goes on doing so when that becomes another.
      choiceOf: view => (view.gateway === gateway() ? { ...view, gateway: null } : view),
      words: spendingWords,
      contentOf: view => spendingContent(videos(), view, gateway(), clock.now()),
      saveCsv: view => saveCsv(view),
      onDidChange: changes.event,
    }),
  );
  registered.add(
    registerCommand(commands.showSpending, () => {
      panel.show();
    }),
  );
  return registered;

  async function saveCsv(view: SpendingView): Promise<void> {
    const all = videos();
    const counted = filtered(all, filterOf(all, view, gateway()), clock.now());
    const file = await window.showSaveDialog({
      title: l10n.t('Save as CSV'),
      filters: { CSV: ['csv'] },
      defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? saveFolder(), 'dailies-spending.csv'),
    });
    if (!file) {
      return;
    }
    try {
      await workspace.fs.writeFile(file, Buffer.from(csvOf(counted)));
      void messages.info(l10n.t('Videos saved as CSV: {0}.', counted.length));
    } catch (error) {
      void messages.error(l10n.t("The CSV file couldn't be saved. {0}", messageOf(error)));
    }
  }
}
