import type { Uri, WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { Kept } from '../host/kept.ts';
import { webviews } from '../ids.ts';
import { spendingHtml } from './html.ts';
import { Page } from './page.ts';
import { SinglePanel } from './singlePanel.ts';
import {
  isFromSpending,
  type FromSpending,
  type SpendingContent,
  type SpendingView,
  type SpendingWords,
  type ToSpending,
} from './spendingProtocol.ts';
import { warnUnresponsivePage } from './unresponsivePage.ts';

/** What the page depends on. */
export interface SpendingServices {
  readonly extensionUri: Uri;
  readonly log: Log;
  /** What a person chose last. */
  readonly memory: Kept<SpendingView>;
  /** What is kept of a choice. */
  readonly choiceOf: (view: SpendingView) => SpendingView;
  readonly words: () => SpendingWords;
  readonly contentOf: (view: SpendingView) => SpendingContent;
  /** Saves the videos that are counted as CSV. */
  readonly saveCsv: (view: SpendingView) => Promise<void>;
  /** The figures are others now. */
  readonly onDidChange: Event<void>;
}

/** The page of spending in its panel. */
export function spendingPanel(services: SpendingServices): SinglePanel<SpendingPage> {
  return new SinglePanel({
    extensionUri: services.extensionUri,
    viewType: webviews.spending,
    title: () => services.words().title,
    fill: panel => new SpendingPage(panel, services),
  });
}

/** The page of spending: shows the figures of the view that the person has chosen, which is kept, and follows the list. */
export class SpendingPage implements Disposable {
  private readonly services: SpendingServices;
  private readonly page: Page<FromSpending, ToSpending>;
  private readonly owned = new DisposableStore();
  /** What is shown: what was kept a moment ago may still come back from there. */
  private view: SpendingView;
  /** What was sent last, so that nothing is drawn anew that looks the same. */
  private shown = '';

  constructor(panel: WebviewPanel, services: SpendingServices) {
    this.services = services;
    this.view = services.memory.get();
    const { extensionUri, log, onDidChange } = services;
    this.page = this.owned.add(
      new Page<FromSpending, ToSpending>({
        panel,
        extensionUri,
        name: 'Spending',
        log,
        isMessage: isFromSpending,
        onMessage: async message => this.receive(message),
        onUnresponsive: () => {
          warnUnresponsivePage(log, 'Spending');
        },
      }),
    );
    this.owned.add(
      onDidChange(() => {
        this.send();
      }),
    );
    this.page.load([], spendingHtml);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async receive(message: FromSpending): Promise<void> {
    const { memory, choiceOf, words, saveCsv } = this.services;
    switch (message.type) {
      case 'ready':
        this.shown = '';
        this.page.post({ type: 'start', words: words() });
        this.send();
        return;
      case 'view':
        this.view = choiceOf(message.view);
        this.send();
        await memory.set(this.view);
        return;
      case 'csv':
        await saveCsv(this.view);
        return;
    }
  }

  private send(): void {
    if (!this.page.isReady) {
      return;
    }
    const content = this.services.contentOf(this.view);
    const text = JSON.stringify(content);
    if (text !== this.shown) {
      this.shown = text;
      this.page.post({ type: 'content', content });
    }
  }
}
