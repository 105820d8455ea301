import { l10n } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { SheetPage, type SheetServices } from './sheetPage.ts';
import { SinglePanel } from './singlePanel.ts';

/** The contact sheet in its webview panel, of which there is at most one. */
export class ContactSheet implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly panel: SinglePanel<SheetPage>;
  private readonly shows = this.owned.add(new Emitter<TaskKey>());

  /** Another clip has become the active one. */
  readonly onDidShowTask = this.shows.event;

  constructor(services: SheetServices) {
    this.panel = this.owned.add(
      new SinglePanel({
        extensionUri: services.extensionUri,
        viewType: webviews.contactSheet,
        title: () => l10n.t('Contact Sheet'),
        fill: panel => {
          const page = new SheetPage(panel, services);
          page.onDidShowTask(key => {
            this.shows.fire(key);
          });
          return page;
        },
      }),
    );
  }

  /** The tasks selected in the sheet, if it is the active panel. */
  get activeTasks(): readonly TaskKey[] {
    return this.panel.activePage?.chosenTasks ?? [];
  }

  /** Opens or reveals the sheet. */
  show(): void {
    this.panel.show();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
