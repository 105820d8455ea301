import { env, l10n, Uri, ViewColumn, window, workspace, type Webview, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { clipUri } from '../host/clipUri.ts';
import { webviews } from '../ids.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
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
}

/** Plays saved clips in one webview panel, which is used again for the next clip and comes back after a reload. */
export class Preview implements Disposable {
  private readonly dependencies: PreviewDependencies;
  private readonly owned = new DisposableStore();
  private panel: WebviewPanel | undefined;
  /** What the panel shows, or shall show once its page is ready. */
  private shown: TaskKey | undefined;

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
    this.owned.add({
      dispose: () => {
        this.panel?.dispose();
      },
    });
  }

  /** Shows a task's clip, in the panel that is open, or in a new one. */
  show(key: TaskKey): void {
    if (this.panel) {
      this.panel.reveal(undefined, false);
    } else {
      this.adopt(
        window.createWebviewPanel(webviews.preview, l10n.t('Preview'), ViewColumn.Active, {
          enableFindWidget: false,
        }),
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

  private async hear(panel: WebviewPanel, message: FromPage): Promise<void> {
    const { store, log } = this.dependencies;
    const key = this.shown;
    const task = key === undefined ? undefined : store.get(key);
    switch (message.type) {
      case 'ready': {
        const answer = await this.contentsFor(task, panel.webview);
        // Another clip may have been asked for meanwhile; its own page asks for itself.
        if (this.panel === panel && this.shown === key) {
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

  private async contentsFor(task: Task | undefined, webview: Webview): Promise<ToPage> {
    const { nameOf, factsOf } = this.dependencies;
    if (!task) {
      return { type: 'unavailable', name: '', why: l10n.t('This task is not in the list any more.') };
    }
    const name = nameOf(task);
    if (task.filePath === null) {
      return { type: 'unavailable', name, why: l10n.t('This clip is not saved yet.') };
    }
    const file = clipUri(task.filePath);
    try {
      await workspace.fs.stat(file);
    } catch {
      this.dependencies.onFileMissing();
      return { type: 'unavailable', name, why: l10n.t('The file is not there any more: {0}', task.filePath) };
    }
    return {
      type: 'show',
      state: { key: task.key },
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

function isPageState(state: unknown): state is PageState {
  return typeof state === 'object' && state !== null && 'key' in state && typeof state.key === 'number';
}
