import { ViewColumn, window, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { Kept } from '../host/kept.ts';
import { webviews } from '../ids.ts';
import { spendingHtml } from './html.ts';
import { Page, pageOptions, panelIcon } from './page.ts';
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
  readonly memory: Kept<SpendingView>;
  readonly words: () => SpendingWords;
  readonly contentOf: (view: SpendingView) => SpendingContent;
  /** Saves the videos that are counted as CSV. */
  readonly saveCsv: (view: SpendingView) => Promise<void>;
  /** The figures are others now. */
  readonly onDidChange: Event<void>;
}

/** The page of spending in its webview panel, of which there is at most one. VS Code restores it after a reload. */
export class SpendingPanel implements Disposable {
  private readonly services: SpendingServices;
  private readonly owned = new DisposableStore();
  private open: WebviewPanel | undefined;

  constructor(services: SpendingServices) {
    this.services = services;
    this.owned.add(
      window.registerWebviewPanelSerializer(webviews.spending, {
        deserializeWebviewPanel: panel => {
          if (this.open) {
            panel.dispose();
          } else {
            this.adopt(panel);
          }
          return Promise.resolve();
        },
      }),
    );
    this.owned.add({
      dispose: () => {
        this.open?.dispose();
      },
    });
  }

  /** Opens or reveals the page. */
  show(): void {
    if (this.open) {
      this.open.reveal();
    } else {
      const { extensionUri, words } = this.services;
      const options = pageOptions(extensionUri, []);
      this.adopt(window.createWebviewPanel(webviews.spending, words().title, ViewColumn.Active, options));
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private adopt(panel: WebviewPanel): void {
    const { extensionUri, log, memory, words, contentOf, saveCsv, onDidChange } = this.services;
    panel.iconPath = panelIcon(extensionUri);
    let shown = '';
    const send = (): void => {
      const content = contentOf(memory.get());
      const text = JSON.stringify(content);
      if (page.isReady && text !== shown) {
        shown = text;
        page.post({ type: 'content', content });
      }
    };
    const page = new Page<FromSpending, ToSpending>({
      panel,
      extensionUri,
      name: 'Spending',
      log,
      isMessage: isFromSpending,
      onMessage: async (message): Promise<void> => {
        switch (message.type) {
          case 'ready':
            shown = '';
            page.post({ type: 'start', words: words() });
            send();
            return;
          case 'view':
            await memory.set(message.view);
            send();
            return;
          case 'csv':
            await saveCsv(memory.get());
            return;
        }
      },
      onUnresponsive: () => {
        warnUnresponsivePage(log, 'Spending');
      },
    });
    const following = onDidChange(send);
    this.open = panel;
    panel.onDidDispose(() => {
      this.open = undefined;
      following.dispose();
      page.dispose();
    });
    page.load([], spendingHtml);
  }
}
