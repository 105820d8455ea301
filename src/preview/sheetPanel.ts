import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { panelIcon } from './page.ts';
import { SheetPage, type SheetServices } from './sheetPage.ts';

/** The contact sheet in its webview panel, of which there is at most one. VS Code restores it after a reload. */
export class ContactSheet implements Disposable {
  private readonly services: SheetServices;
  private readonly owned = new DisposableStore();
  private open: { readonly panel: WebviewPanel; readonly page: SheetPage } | undefined;
  private readonly shows = this.owned.add(new Emitter<TaskKey>());

  /** Another clip has become the active one. */
  readonly onDidShowTask = this.shows.event;

  constructor(services: SheetServices) {
    this.services = services;
    this.owned.add(
      window.registerWebviewPanelSerializer(webviews.contactSheet, {
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
        this.open?.panel.dispose();
      },
    });
  }

  /** The tasks selected in the sheet, if it is the active panel. */
  get activeTasks(): readonly TaskKey[] {
    return this.open?.panel.active === true ? this.open.page.chosenTasks : [];
  }

  /** Opens or reveals the sheet. */
  show(): void {
    if (this.open) {
      this.open.panel.reveal();
    } else {
      this.adopt(
        window.createWebviewPanel(webviews.contactSheet, l10n.t('Contact Sheet'), ViewColumn.Active),
      );
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private adopt(panel: WebviewPanel): void {
    panel.iconPath = panelIcon(this.services.extensionUri);
    const page = new SheetPage(panel, this.services);
    this.open = { panel, page };
    page.onDidShowTask(key => {
      this.shows.fire(key);
    });
    panel.onDidDispose(() => {
      this.open = undefined;
      page.dispose();
    });
  }
}
