import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { ComparePage } from './comparePage.ts';
import { isCompareState, type CompareWish } from './compareProtocol.ts';
import { panelIcon } from './page.ts';
import type { PreviewDependencies } from './panel.ts';
import { TaskSubject } from './taskSubject.ts';

/** Compares the clips of tasks, each time in a panel of its own. Panels come back after a reload. */
export class Comparisons implements Disposable {
  private readonly dependencies: PreviewDependencies;
  private readonly owned = new DisposableStore();
  private readonly open = new Map<WebviewPanel, ComparePage>();
  private readonly shows = this.owned.add(new Emitter<readonly TaskKey[]>());

  /** A comparison is in front of the person now, or another of its clips is heard: its tasks, first the one that is heard. */
  readonly onDidShowTasks = this.shows.event;

  /** `factsOf` gives what a clip was made with, as what is compared. */
  constructor(dependencies: PreviewDependencies) {
    this.dependencies = dependencies;
    this.owned.add(
      window.registerWebviewPanelSerializer(webviews.compare, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          if (isCompareState(state)) {
            this.fill(panel, state.keys, false);
          } else {
            panel.dispose();
          }
          return Promise.resolve();
        },
      }),
    );
    this.owned.add({
      dispose: () => {
        for (const panel of [...this.open.keys()]) {
          panel.dispose();
        }
      },
    });
  }

  /** The tasks of the comparison that the person is at, if it is one of these: first the one that is heard. */
  get activeTasks(): readonly TaskKey[] {
    return this.active?.keys ?? [];
  }

  /** Does something with a clip of the comparison that the person is at, or with the one that is heard. */
  wish(wish: CompareWish, key: TaskKey | undefined): void {
    this.active?.wish(wish, key);
  }

  /** Takes a clip out of the comparison that the person is at. */
  remove(key: TaskKey): void {
    this.active?.remove(key);
  }

  /** Shows two to four clips side by side. */
  show(keys: readonly TaskKey[]): void {
    const panel = window.createWebviewPanel(webviews.compare, l10n.t('Compare Clips'), ViewColumn.Active);
    this.fill(panel, keys, true);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get active(): ComparePage | undefined {
    return [...this.open].find(([panel]) => panel.active)?.[1];
  }

  private fill(panel: WebviewPanel, keys: readonly TaskKey[], isAsked: boolean): void {
    panel.iconPath = panelIcon(this.dependencies.extensionUri);
    const subjects = keys.map(key => new TaskSubject(key, this.dependencies));
    const page = new ComparePage(panel, this.dependencies, subjects, isAsked);
    this.open.set(panel, page);
    const tell = (): void => {
      panel.title = l10n.t('Compare ({0})', page.keys.length);
      if (panel.active) {
        this.shows.fire(page.keys);
      }
    };
    tell();
    page.onDidHear(tell);
    panel.onDidChangeViewState(tell);
    panel.onDidDispose(() => {
      this.open.delete(panel);
      page.dispose();
    });
  }
}
