import { env, l10n, Uri, ViewColumn, window, workspace, type Webview, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { clipUri } from '../host/clipUri.ts';
import { webviews } from '../ids.ts';
import type { TaskStore } from '../tasks/store.ts';
import { isUnderWay, type Task, type TaskKey } from '../tasks/task.ts';
import { previewHtml } from './html.ts';
import { isFromPage, type FromPage, type PageState, type ToPage } from './protocol.ts';

/** The facts that stand below a clip, as pairs of name and value; the words are the views'. */
type FactsOf = (task: Task) => readonly (readonly [name: string, value: string])[];

/** What the preview needs from outside. */
export interface PreviewDependencies {
  readonly extensionUri: Uri;
  readonly store: TaskStore;
  readonly log: Log;
  /** A clip that the list has for saved is not where it was. */
  readonly onFileMissing: () => void;
  readonly nameOf: (task: Task) => string;
  readonly factsOf: FactsOf;
  /** How a task without a clip is doing, in a line or two. */
  readonly statusOf: (task: Task) => string;
  /** A person sees the clip. */
  readonly onDidShow: (key: TaskKey) => void;
}

/**
 * Plays saved clips in one webview panel, which is used again for the next clip and comes back after a reload. For a task that
 * has no clip yet it tells how that is doing, and plays the clip when it is there.
 */
export class Preview implements Disposable {
  private readonly dependencies: PreviewDependencies;
  private readonly owned = new DisposableStore();
  private panel: WebviewPanel | undefined;
  /** What the panel shows, or shall show once its page is ready. */
  private shown: TaskKey | undefined;
  /** Whether the page waits for a clip. */
  private isWaiting = false;

  constructor(dependencies: PreviewDependencies) {
    this.dependencies = dependencies;
    this.owned.add(
      window.registerWebviewPanelSerializer(webviews.preview, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          this.adopt(panel);
          this.render(isPageState(state) ? state.key : undefined);
          return Promise.resolve();
        },
      }),
    );
    this.owned.add(
      dependencies.store.onDidChange(keys => {
        if (this.isWaiting && this.shown !== undefined && keys.has(this.shown)) {
          this.follow(this.shown);
        }
      }),
    );
    this.owned.add({
      dispose: () => {
        this.panel?.dispose();
      },
    });
  }

  /** Shows a task's clip, in the panel that is open, or in a new one. `preserveFocus`: the keyboard stays where it is. */
  show(key: TaskKey, preserveFocus = false): void {
    if (this.panel) {
      this.panel.reveal(undefined, preserveFocus);
    } else {
      this.adopt(
        window.createWebviewPanel(
          webviews.preview,
          l10n.t('Preview'),
          { viewColumn: ViewColumn.Active, preserveFocus },
          { enableFindWidget: false },
        ),
      );
    }
    this.render(key);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private adopt(panel: WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    const media = Uri.joinPath(this.dependencies.extensionUri, 'media');
    panel.iconPath = {
      light: Uri.joinPath(media, 'icon-light.svg'),
      dark: Uri.joinPath(media, 'icon-dark.svg'),
    };
    const listener = panel.webview.onDidReceiveMessage((message: unknown) => {
      if (isFromPage(message)) {
        this.hear(panel, message).catch((error: unknown) => {
          this.dependencies.log.error(`Preview: ${messageOf(error)}`);
        });
      }
    });
    panel.onDidDispose(() => {
      listener.dispose();
      if (this.panel === panel) {
        this.panel = undefined;
      }
    });
  }

  /** Loads the page anew: what the webview may read depends on where the clip is. */
  private render(key: TaskKey | undefined): void {
    if (!this.panel) {
      return;
    }
    const { extensionUri, store, nameOf } = this.dependencies;
    const task = key === undefined ? undefined : store.get(key);
    this.shown = key;
    this.isWaiting = false;
    this.panel.title = task ? nameOf(task) : l10n.t('Preview');
    const { webview } = this.panel;
    const media = Uri.joinPath(extensionUri, 'media');
    const dist = Uri.joinPath(extensionUri, 'dist');
    webview.options = {
      enableScripts: true,
      localResourceRoots: [
        media,
        dist,
        ...(task?.filePath ? [Uri.joinPath(clipUri(task.filePath), '..')] : []),
      ],
    };
    webview.html = previewHtml({
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(Uri.joinPath(dist, 'player.js')).toString(),
      stylesheet: webview.asWebviewUri(Uri.joinPath(media, 'preview.css')).toString(),
      title: this.panel.title,
      language: env.language,
    });
  }

  /** What the page waits for has changed: the clip is there, or there is news of it. */
  private follow(key: TaskKey): void {
    const { store, log } = this.dependencies;
    const task = store.get(key);
    if (!this.panel || task?.filePath) {
      this.render(key);
      return;
    }
    this.panel.webview.postMessage(this.statusOf(task)).then(undefined, (error: unknown) => {
      log.error(`Preview: ${messageOf(error)}`);
    });
  }

  private async hear(panel: WebviewPanel, message: FromPage): Promise<void> {
    const { store, log } = this.dependencies;
    const key = this.shown;
    const task = key === undefined ? undefined : store.get(key);
    switch (message.type) {
      case 'ready': {
        const answer = await this.contentsFor(task, panel.webview);
        // Another clip may have been asked for meanwhile; its own page asks for itself.
        if (this.panel === panel && this.shown === key) {
          this.isWaiting = answer.type === 'unavailable';
          if (key !== undefined && answer.type === 'show') {
            this.dependencies.onDidShow(key);
          }
          await panel.webview.postMessage(answer);
        }
        return;
      }
      case 'openExternally':
        if (task?.filePath) {
          await env.openExternal(clipUri(task.filePath));
        }
        return;
      case 'playerFailed':
        log.warn(`Preview of ${task?.id ?? 'nothing'}: ${message.reason}`);
        return;
    }
  }

  private statusOf(task: Task | undefined): ToPage {
    const { nameOf, statusOf } = this.dependencies;
    return task
      ? {
          type: 'unavailable',
          state: { key: task.key },
          name: nameOf(task),
          why: statusOf(task),
          isWaiting: !isOver(task),
        }
      : {
          type: 'unavailable',
          state: null,
          name: '',
          why: l10n.t('This task is not in the list any more.'),
          isWaiting: false,
        };
  }

  private async contentsFor(task: Task | undefined, webview: Webview): Promise<ToPage> {
    const { nameOf, factsOf } = this.dependencies;
    if (typeof task?.filePath !== 'string') {
      return this.statusOf(task);
    }
    const name = nameOf(task);
    const state = { key: task.key };
    const file = clipUri(task.filePath);
    try {
      await workspace.fs.stat(file);
    } catch {
      this.dependencies.onFileMissing();
      return {
        type: 'unavailable',
        state,
        name,
        why: l10n.t('The file is not there any more: {0}', task.filePath),
        isWaiting: false,
      };
    }
    return {
      type: 'show',
      state,
      name,
      source: webview.asWebviewUri(file).toString(),
      facts: factsOf(task),
      words: {
        loading: l10n.t('Loading…'),
        cannotPlay: l10n.t('This editor cannot play the file.'),
        noAac: l10n.t('This editor has no AAC sound: if the clip has any, it plays silently here.'),
        openExternally: l10n.t('Open in System Player'),
      },
    };
  }
}

/** Whether a task will have no clip, or not by itself. */
function isOver(task: Task): boolean {
  return task.generation === 'completed'
    ? task.file === 'failed' || task.file === 'expired'
    : !isUnderWay(task);
}

function isPageState(state: unknown): state is PageState {
  return typeof state === 'object' && state !== null && 'key' in state && typeof state.key === 'number';
}
