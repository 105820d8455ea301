import { isDeepStrictEqual } from 'node:util';
import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { ComparePage } from './comparePage.ts';
import { isCompareState, type CompareRequest } from './compareProtocol.ts';
import { panelIcon } from './page.ts';
import type { PreviewDependencies } from './panel.ts';
import { TaskSubject } from './taskSubject.ts';

/** Opens comparisons of clips, each in its own webview panel. VS Code restores the panels after a reload. */
export class Comparisons implements Disposable {
  private readonly dependencies: PreviewDependencies;
  private readonly owned = new DisposableStore();
  private readonly open = new Map<WebviewPanel, ComparePage>();
  private readonly shows = this.owned.add(new Emitter<readonly TaskKey[]>());

  /** A comparison has been activated, or another of its clips has: its tasks, the active clip's first. */
  readonly onDidShowTasks = this.shows.event;

  /** `factsOf` of the dependencies supplies the properties that are compared. */
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

  /** The tasks of the active comparison, the active clip's first; empty when no comparison is active. */
  get activeTasks(): readonly TaskKey[] {
    return this.active?.keys ?? [];
  }

  /** Forwards a request to the active comparison, for a clip or, without a key, for its active clip. */
  request(request: CompareRequest, key: TaskKey | undefined): void {
    this.active?.request(request, key);
  }

  /** Removes a clip from the active comparison. */
  remove(key: TaskKey): void {
    this.active?.remove(key);
  }

  /** Opens a new comparison of two to four clips. */
  show(keys: readonly TaskKey[]): void {
    const panel = window.createWebviewPanel(webviews.compare, l10n.t('Compare Clips'), ViewColumn.Active);
    this.fill(panel, keys, true);
  }

  /** The same next to the text, which keeps the focus; a comparison of these clips that is open is shown again. */
  showNextToEditor(keys: readonly TaskKey[]): void {
    const known = [...this.open].find(([, page]) => isDeepStrictEqual(new Set(page.keys), new Set(keys)));
    if (known) {
      known[0].reveal(undefined, true);
      return;
    }
    const panel = window.createWebviewPanel(webviews.compare, l10n.t('Compare Clips'), {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
    });
    this.fill(panel, keys, true);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get active(): ComparePage | undefined {
    return [...this.open].find(([panel]) => panel.active)?.[1];
  }

  private fill(panel: WebviewPanel, keys: readonly TaskKey[], isRequested: boolean): void {
    panel.iconPath = panelIcon(this.dependencies.extensionUri);
    const subjects = keys.map(key => new TaskSubject(key, this.dependencies));
    const page = new ComparePage(panel, this.dependencies, subjects, isRequested);
    this.open.set(panel, page);
    const announce = (): void => {
      panel.title = l10n.t('Compare ({0})', page.keys.length);
      if (panel.active) {
        this.shows.fire(page.keys);
      }
    };
    announce();
    page.onDidActivate(announce);
    panel.onDidChangeViewState(announce);
    panel.onDidDispose(() => {
      this.open.delete(panel);
      page.dispose();
    });
  }
}
