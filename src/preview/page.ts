import { readFileSync } from 'node:fs';
import { env, Uri, type WebviewOptions, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { PageFile, PageParts } from './html.ts';

/** What a page needs from outside. */
export interface PageConnection<From> {
  readonly panel: WebviewPanel;
  readonly extensionUri: Uri;
  /** Whose page it is, for the log. */
  readonly name: string;
  readonly log: Log;
  /** Whether what arrived is one of the page's messages; all else is passed over. */
  readonly isMessage: (message: unknown) => message is From;
  readonly hear: (message: From) => Promise<void>;
  /** The page was loaded, and has not spoken for long: what keeps it from being there concerns all that follow. */
  readonly onSilence: () => void;
}

/** A page speaks within a second; on a busy machine within some, ms. */
const LONGEST_SILENCE = 15_000;

/** The extension's end of a page in a webview: loads it, says what it may read, hears its messages, and sends it some. */
export class Page<From extends { readonly type: string }, To> implements Disposable {
  private readonly connection: PageConnection<From>;
  private readonly owned = new DisposableStore();
  private isLoaded = false;
  private listens = false;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: PageConnection<From>) {
    this.connection = connection;
    const { panel, isMessage, hear } = connection;
    this.owned.add(
      panel.webview.onDidReceiveMessage((message: unknown) => {
        if (isMessage(message)) {
          this.listens ||= message.type === 'ready';
          clearTimeout(this.silence);
          hear(message).catch((error: unknown) => {
            this.complain(error);
          });
        }
      }),
    );
    this.owned.add(
      panel.onDidChangeViewState(() => {
        // VS Code lets a page behind another tab go; it says `ready` when it is back.
        this.listens &&= panel.visible;
        this.awaitPage();
      }),
    );
  }

  /** Whether there is somebody to send messages to: the page has said `ready`, and is still there. */
  get isReady(): boolean {
    return this.listens;
  }

  /** Whether the page is there and may read these files, or has to be loaded first. */
  canRead(files: readonly Uri[]): boolean {
    return this.isLoaded && allows(this.connection.panel.webview.options, files.map(folderOf));
  }

  /** Loads the page, anew if it is there, with the right to read the files in these folders. It says `ready` when it is there. */
  load(folders: readonly Uri[], html: (parts: PageParts) => string): void {
    const { panel, extensionUri } = this.connection;
    const { webview } = panel;
    this.isLoaded = true;
    this.listens = false;
    // Each change of them loads a webview anew.
    if (!webview.options.enableScripts || !allows(webview.options, folders)) {
      webview.options = pageOptions(extensionUri, folders);
    }
    const pages = pagesOf(extensionUri);
    webview.html = html({
      cspSource: webview.cspSource,
      language: env.language,
      addressOf: file => this.addressOf(Uri.joinPath(pages, file)),
      textOf: file => textOf(pages, file),
    });
    this.awaitPage();
  }

  /** Where the page finds a file. */
  addressOf(file: Uri): string {
    return this.connection.panel.webview.asWebviewUri(file).toString();
  }

  post(message: To): void {
    this.connection.panel.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.complain(error);
    });
  }

  dispose(): void {
    clearTimeout(this.silence);
    this.owned.dispose();
  }

  /** A page that nobody sees is not loaded. */
  private awaitPage(): void {
    const { panel, onSilence } = this.connection;
    clearTimeout(this.silence);
    if (panel.visible && this.isLoaded && !this.listens) {
      this.silence = setTimeout(onSilence, LONGEST_SILENCE);
    }
  }

  private complain(error: unknown): void {
    this.connection.log.error(`${this.connection.name}: ${messageOf(error)}`);
  }
}

/** What a page may do and read: its scripts, and the files in these folders. */
export function pageOptions(extensionUri: Uri, folders: readonly Uri[]): WebviewOptions {
  const roots = [pagesOf(extensionUri), ...folders];
  const localResourceRoots = [...new Map(roots.map(root => [root.toString(), root])).values()];
  return { enableScripts: true, localResourceRoots };
}

/** The icon of a panel of Dailies. */
export function panelIcon(extensionUri: Uri): { light: Uri; dark: Uri } {
  const media = Uri.joinPath(extensionUri, 'media');
  return { light: Uri.joinPath(media, 'icon-light.svg'), dark: Uri.joinPath(media, 'icon-dark.svg') };
}

/** The folder that a file is in. */
export function folderOf(file: Uri): Uri {
  return Uri.joinPath(file, '..');
}

function allows({ localResourceRoots = [] }: WebviewOptions, folders: readonly Uri[]): boolean {
  const roots = new Set(localResourceRoots.map(String));
  return folders.every(folder => roots.has(folder.toString()));
}

const texts = new Map<PageFile, string>();

/** What is in a file of the pages, which is read once. */
function textOf(pages: Uri, file: PageFile): string {
  const text = texts.get(file) ?? readFileSync(new URL(Uri.joinPath(pages, file).toString()), 'utf8');
  texts.set(file, text);
  return text;
}

function pagesOf(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'pages');
}
