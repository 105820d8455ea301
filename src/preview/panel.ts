import { ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys, webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { pageOptions, panelIcon } from './page.ts';
import { foldersOf, PlayerPage, type PageServices } from './playerPage.ts';
import type { PageState, ShowRequest } from './protocol.ts';
import type { Subject } from './subject.ts';
import { TaskSubject, type TaskServices } from './taskSubject.ts';

/** What the preview depends on. */
export type PreviewDependencies = PageServices & TaskServices;

/** A webview panel with its player. */
interface OpenPanel {
  readonly panel: WebviewPanel;
  readonly key: TaskKey | undefined;
  show(subject: Subject, request: ShowRequest | null): void;
}

/**
 * Plays the clips of tasks in webview panels. The most recently used panel is reused for the next clip. For a task without a
 * clip it shows the task's progress, and plays the clip once there is one. VS Code restores the panels after a reload.
 */
export class Preview implements Disposable {
  private readonly dependencies: PreviewDependencies;
  private readonly owned = new DisposableStore();
  /** In order of use, the most recent last. */
  private readonly open: OpenPanel[] = [];
  private readonly playerTask = new ContextKey<string>(contextKeys.playerTask);
  private readonly shows = this.owned.add(new Emitter<TaskKey>());

  /** Another task is shown now: another panel has become active, or the active one shows another task. */
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

  /** The task of the active preview panel, if one is active. */
  get activeTask(): TaskKey | undefined {
    return this.open.find(({ panel }) => panel.active)?.key;
  }

  /** Plays a task's clip, in an open panel or in a new one. `preserveFocus`: does not take the keyboard focus. */
  show(key: TaskKey, preserveFocus = false): void {
    this.reuse(key, 'clip', preserveFocus);
  }

  /** Shows and focuses a task's details, in the same panels as `show`. Does not start playback. */
  showDetails(key: TaskKey): void {
    this.reuse(key, 'details', false);
  }

  /** Plays a task's clip in an open panel, or in a new one to the side, so that the text it was made from stays visible. */
  showNextToEditor(key: TaskKey): void {
    if (this.open.length > 0) {
      this.show(key, true);
    } else {
      this.make(key, 'clip', ViewColumn.Beside, true);
    }
  }

  /** Plays a task's clip in a new panel to the side. */
  showToSide(key: TaskKey): void {
    this.make(key, 'clip', ViewColumn.Beside, false);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private subjectOf(key: TaskKey): TaskSubject {
    return new TaskSubject(key, this.dependencies);
  }

  private reuse(key: TaskKey, request: ShowRequest, preserveFocus: boolean): void {
    const last = this.open.at(-1);
    if (last) {
      last.show(this.subjectOf(key), request);
      last.panel.reveal(undefined, preserveFocus);
    } else {
      this.make(key, request, ViewColumn.Active, preserveFocus);
    }
  }

  private make(key: TaskKey, request: ShowRequest, viewColumn: ViewColumn, preserveFocus: boolean): void {
    const subject = this.subjectOf(key);
    // The options that the page will need: changing them later would reload the webview.
    const options = pageOptions(this.dependencies.extensionUri, foldersOf(subject));
    const panel = window.createWebviewPanel(
      webviews.preview,
      subject.name,
      { viewColumn, preserveFocus },
      options,
    );
    this.adopt(panel).show(subject, request);
  }

  private adopt(panel: WebviewPanel): OpenPanel {
    panel.iconPath = panelIcon(this.dependencies.extensionUri);
    let key: TaskKey | undefined;
    let naming: Disposable | undefined;
    const announce = (): void => {
      if (key !== undefined) {
        this.shows.fire(key);
      }
    };
    let words = '';
    /** The buttons in the title of the editor are for what can be done with the task that is shown there. */
    const setButtons = (): void => {
      if (panel.active) {
        void this.playerTask.set(words);
      }
    };
    const follow = (subject: Subject): void => {
      naming?.dispose();
      const name = (): void => {
        panel.title = subject.name;
        words = subject.menuWords;
        setButtons();
      };
      name();
      naming = subject.onDidChange(name);
      ({ key } = subject);
    };
    const page = new PlayerPage(panel, this.dependencies, subject => {
      follow(subject);
      announce();
    });
    const opened: OpenPanel = {
      panel,
      get key() {
        return key;
      },
      show: (subject, request) => {
        follow(subject);
        page.show(subject, request);
        // One that comes back after a reload is shown, too, if it is the active one.
        if (request !== null || panel.active) {
          announce();
        }
      },
    };
    this.open.push(opened);
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        this.forget(opened);
        this.open.push(opened);
        setButtons();
        announce();
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
