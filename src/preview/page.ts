import { readFileSync } from 'node:fs';
import { env, Uri, type WebviewOptions, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { PageFile, PageParts } from './html.ts';
import { workerFolder } from './workerFolder.ts';

/** What connects a page to the extension. */
export interface PageConnection<From> {
  readonly panel: WebviewPanel;
  readonly extensionUri: Uri;
  /** The page's name in the log. */
  readonly name: string;
  readonly log: Log;
  /** Whether a received value is one of the page's messages; others are ignored. */
  readonly isMessage: (message: unknown) => message is From;
  readonly onMessage: (message: From) => Promise<void>;
  /** The page was loaded, but has not said `ready` in time. Whatever blocks it will usually block later pages too. */
  readonly onUnresponsive: () => void;
}

/** Pages are usually ready within a second, and on a busy machine within several, ms. */
const READY_TIMEOUT = 15_000;

/** The extension's side of a webview page: loads it, controls what it may read, and exchanges messages with it. */
export class Page<From extends { readonly type: string }, To> implements Disposable {
  private readonly connection: PageConnection<From>;
  private readonly owned = new DisposableStore();
  private isLoaded = false;
  private isPageReady = false;
  private readyTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: PageConnection<From>) {
    this.connection = connection;
    const { panel, isMessage, onMessage } = connection;
    this.owned.add(
      panel.webview.onDidReceiveMessage((message: unknown) => {
        if (isMessage(message)) {
          this.isPageReady ||= message.type === 'ready';
          clearTimeout(this.readyTimer);
          onMessage(message).catch((error: unknown) => {
            this.logError(error);
          });
        }
      }),
    );
    this.owned.add(
      panel.onDidChangeViewState(() => {
        // VS Code discards hidden pages. A page that is shown again says `ready` again.
        this.isPageReady &&= panel.visible;
        this.expectReady();
      }),
    );
  }

  /** Whether the page can receive messages: it has said `ready`, and has not been hidden since. */
  get isReady(): boolean {
    return this.isPageReady;
  }

  /** Whether the page is loaded and allowed to read these files; if not, call `load`. */
  canRead(files: readonly Uri[]): boolean {
    return this.isLoaded && allows(this.connection.panel.webview.options, files.map(folderOf));
  }

  /** Loads or reloads the page, and allows it to read files in these folders. The page then says `ready`. */
  load(folders: readonly Uri[], html: (parts: PageParts) => string): void {
    const { panel, extensionUri } = this.connection;
    const { webview } = panel;
    this.isLoaded = true;
    this.isPageReady = false;
    // Each change of the options reloads the webview.
    if (!webview.options.enableScripts || !allows(webview.options, folders)) {
      webview.options = pageOptions(extensionUri, folders);
    }
    const pages = pagesOf(extensionUri);
    const folderFor = (file: PageFile): Uri => (file === 'clipWorker.js' ? workerFolder(pages) : pages);
    webview.html = html({
      cspSource: webview.cspSource,
      language: env.language,
      addressOf: file => this.addressOf(Uri.joinPath(folderFor(file), file)),
      textOf: file => textOf(pages, file),
    });
    this.expectReady();
  }

  /** The URL that the page loads a file from. */
  addressOf(file: Uri): string {
    return this.connection.panel.webview.asWebviewUri(file).toString();
  }

  post(message: To): void {
    this.connection.panel.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.logError(error);
    });
  }

  dispose(): void {
    clearTimeout(this.readyTimer);
    this.owned.dispose();
  }

  /** Starts the timeout for `ready`. Hidden pages are not loaded, so they have none. */
  private expectReady(): void {
    const { panel, onUnresponsive } = this.connection;
    clearTimeout(this.readyTimer);
    if (panel.visible && this.isLoaded && !this.isPageReady) {
      this.readyTimer = setTimeout(onUnresponsive, READY_TIMEOUT);
    }
  }

  private logError(error: unknown): void {
    this.connection.log.error(`${this.connection.name}: ${messageOf(error)}`);
  }
}

/** Webview options that allow scripts, and reading the files in these folders. */
export function pageOptions(extensionUri: Uri, folders: readonly Uri[]): WebviewOptions {
  const pages = pagesOf(extensionUri);
  const roots = [pages, workerFolder(pages), ...folders];
  const localResourceRoots = [...new Map(roots.map(root => [root.toString(), root])).values()];
  return { enableScripts: true, localResourceRoots };
}

/** The tab icon of Dailies' panels. */
export function panelIcon(extensionUri: Uri): { light: Uri; dark: Uri } {
  const media = Uri.joinPath(extensionUri, 'media');
  return { light: Uri.joinPath(media, 'icon-light.svg'), dark: Uri.joinPath(media, 'icon-dark.svg') };
}

/** The folder of a file. */
export function folderOf(file: Uri): Uri {
  return Uri.joinPath(file, '..');
}

function allows({ localResourceRoots = [] }: WebviewOptions, folders: readonly Uri[]): boolean {
  const roots = new Set(localResourceRoots.map(String));
  return folders.every(folder => roots.has(folder.toString()));
}

const texts = new Map<PageFile, string>();

/** The content of a page's file, which is read once and cached. */
function textOf(pages: Uri, file: PageFile): string {
  const text = texts.get(file) ?? readFileSync(new URL(Uri.joinPath(pages, file).toString()), 'utf8');
  texts.set(file, text);
  return text;
}

function pagesOf(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'pages');
}
