import { ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { pageOptions, panelIcon } from './page.ts';
import { foldersOf, PlayerPage, type PageServices } from './playerPage.ts';
import type { PageState, Wish } from './protocol.ts';
import type { Subject } from './subject.ts';
import { TaskSubject, type TaskServices } from './taskSubject.ts';

/** What the preview needs from outside. */
export type PreviewDependencies = PageServices & TaskServices;

/** A panel with its player. */
interface OpenPanel {
  readonly panel: WebviewPanel;
  readonly key: TaskKey | undefined;
  show(subject: Subject, wish: Wish | null): void;
}

/**
 * Plays the clips of tasks in webview panels. One is used again for the next clip: the one that was used last. For a task
 * that has no clip yet it tells how that is doing, and plays the clip when it is there. Panels come back after a reload.
 */
export class Preview implements Disposable {
  private readonly dependencies: PreviewDependencies;
  private readonly owned = new DisposableStore();
  /** The one that was used last comes last. */
  private readonly open: OpenPanel[] = [];
  private readonly shows = this.owned.add(new Emitter<TaskKey>());

  /** The task in front of the person is another one: a panel has become the active one, or shows another task. */
  readonly onDidShowTask = this.shows.event;

  constructor(dependencies: PreviewDependencies) {
    this.dependencies = dependencies;
    this.owned.add(
      window.registerWebviewPanelSerializer(webviews.preview, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          if (isPageState(state)) {
            this.adopt(panel).show(this.subjectOf(state.key), null);
          } else {
            panel.dispose();
          }
          return Promise.resolve();
        },
      }),
    );
    this.owned.add({
      dispose: () => {
        for (const { panel } of [...this.open]) {
          panel.dispose();
        }
      },
    });
  }

  /** The task of the panel that the person is at, if it is one of these. */
  get activeTask(): TaskKey | undefined {
    return this.open.find(({ panel }) => panel.active)?.key;
  }

  /** Shows a task's clip, in a panel that is open, or in a new one. `preserveFocus`: the keyboard stays where it is. */
  show(key: TaskKey, preserveFocus = false): void {
    this.reuse(key, 'clip', preserveFocus);
  }

  /** Shows what is known of a task, for the keyboard too, in the same panels. A clip that is not shown already does not begin to play. */
  showDetails(key: TaskKey): void {
    this.reuse(key, 'details', false);
  }

  /** Shows a task's clip in a new panel beside what is open. */
  showToSide(key: TaskKey): void {
    this.make(key, 'clip', ViewColumn.Beside, false);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private subjectOf(key: TaskKey): TaskSubject {
    return new TaskSubject(key, this.dependencies);
  }

  private reuse(key: TaskKey, wish: Wish, preserveFocus: boolean): void {
    const last = this.open.at(-1);
    if (last) {
      last.show(this.subjectOf(key), wish);
      last.panel.reveal(undefined, preserveFocus);
    } else {
      this.make(key, wish, ViewColumn.Active, preserveFocus);
    }
  }

  private make(key: TaskKey, wish: Wish, viewColumn: ViewColumn, preserveFocus: boolean): void {
    const subject = this.subjectOf(key);
    // As the page will want them: each change of them loads a webview anew.
    const options = pageOptions(this.dependencies.extensionUri, foldersOf(subject));
    const panel = window.createWebviewPanel(
      webviews.preview,
      subject.name,
      { viewColumn, preserveFocus },
      options,
    );
    this.adopt(panel).show(subject, wish);
  }

  private adopt(panel: WebviewPanel): OpenPanel {
    panel.iconPath = panelIcon(this.dependencies.extensionUri);
    let key: TaskKey | undefined;
    let naming: Disposable | undefined;
    const tell = (): void => {
      if (key !== undefined) {
        this.shows.fire(key);
      }
    };
    const follow = (subject: Subject): void => {
      naming?.dispose();
      panel.title = subject.name;
      naming = subject.onDidChange(() => {
        panel.title = subject.name;
      });
      ({ key } = subject);
    };
    const page = new PlayerPage(panel, this.dependencies, subject => {
      follow(subject);
      tell();
    });
    const opened: OpenPanel = {
      panel,
      get key() {
        return key;
      },
      show: (subject, wish) => {
        follow(subject);
        page.show(subject, wish);
        if (wish !== null) {
          tell();
        }
      },
    };
    this.open.push(opened);
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        this.forget(opened);
        this.open.push(opened);
        tell();
      }
    });
    panel.onDidDispose(() => {
      this.forget(opened);
      naming?.dispose();
      page.dispose();
    });
    return opened;
  }

  private forget(opened: OpenPanel): void {
    const at = this.open.indexOf(opened);
    if (at >= 0) {
      this.open.splice(at, 1);
    }
  }
}

function isPageState(state: unknown): state is PageState & { readonly key: TaskKey } {
  return typeof state === 'object' && state !== null && 'key' in state && typeof state.key === 'number';
}
