import { commands as vscodeCommands, env, Uri, type Webview, type WebviewOptions } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { playerHtml } from './html.ts';
import type { PreviewMemory } from './memory.ts';
import { PageLine } from './pageLine.ts';
import { isFromPage, type FromPage, type Show, type ToPage } from './protocol.ts';
import type { SaveFrame } from './saveFrame.ts';
import type { Subject } from './subject.ts';
import { pageWords } from './words.ts';

/** What every page needs from outside. */
export interface PageServices {
  readonly extensionUri: Uri;
  readonly memory: PreviewMemory;
  readonly saveFrame: SaveFrame;
  readonly log: Log;
}

/** The player in one webview: shows a subject, follows it, and does what a person asks for on the page. */
export class PlayerPage implements Disposable {
  private readonly webview: Webview;
  private readonly services: PageServices;
  private readonly owned = new DisposableStore();
  private readonly line: PageLine<FromPage, ToPage>;
  private readonly onDidStep: (subject: Subject) => void;
  private subject: Subject | undefined;
  private following: Disposable | undefined;
  private isLoaded = false;
  private isReady = false;
  /** A person has asked for the subject, and its clip has not been sent yet. */
  private isAsked = false;
  private shown: Show | undefined;
  /** The files that this page was given, by their addresses. */
  private readonly files = new Map<string, Uri>();

  /** `onDidStep` is told of the clip before or after that the person went to. */
  constructor(webview: Webview, services: PageServices, onDidStep: (subject: Subject) => void) {
    this.webview = webview;
    this.services = services;
    this.onDidStep = onDidStep;
    this.line = this.owned.add(
      new PageLine({
        webview,
        name: 'Preview',
        log: services.log,
        isMessage: isFromPage,
        hear: message => this.hear(message),
      }),
    );
    this.owned.add({
      dispose: () => {
        this.following?.dispose();
        this.subject?.dispose();
      },
    });
  }

  /** Shows a subject, which it owns from now on. `isAsked`: a person has just asked for it. */
  show(subject: Subject, isAsked: boolean): void {
    this.following?.dispose();
    this.subject?.dispose();
    this.subject = subject;
    this.following = subject.onDidChange(() => {
      this.update(subject);
    });
    this.shown = undefined;
    this.isAsked = isAsked;
    this.update(subject);
  }

  /** The panel is hidden, and VS Code has let the page go; it asks for itself when it is back. */
  leave(): void {
    this.isReady = false;
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** A page that cannot read the file yet is loaded anew, and then asks for itself. */
  private update(subject: Subject): void {
    if (!this.canRead(subject.file)) {
      this.load(subject);
    } else if (this.isReady) {
      this.send(subject);
    }
  }

  private canRead(file: Uri | undefined): boolean {
    return this.isLoaded && (file === undefined || isReadable(file, this.webview.options));
  }

  private load(subject: Subject): void {
    const { webview } = this;
    const { extensionUri } = this.services;
    const dist = scriptsOf(extensionUri);
    this.isLoaded = true;
    this.isReady = false;
    // Each change of them loads a webview anew.
    if (!webview.options.enableScripts || (subject.file && !isReadable(subject.file, webview.options))) {
      webview.options = pageOptions(extensionUri, subject);
    }
    webview.html = playerHtml(
      {
        cspSource: webview.cspSource,
        script: this.addressOf(Uri.joinPath(dist, 'main.js')),
        stylesheet: this.addressOf(Uri.joinPath(dist, 'main.css')),
        language: env.language,
      },
      subject.file && this.clipAddressOf(subject.file),
    );
  }

  private addressOf(file: Uri): string {
    return this.webview.asWebviewUri(file).toString();
  }

  private clipAddressOf(file: Uri): string {
    const address = this.addressOf(file);
    this.files.set(address, file);
    return address;
  }

  /** Says what is new, if anything is. */
  private send(subject: Subject): void {
    const show = subject.show(file => this.clipAddressOf(file));
    if (JSON.stringify(show) !== JSON.stringify(this.shown)) {
      this.shown = show;
      this.line.post({ type: 'show', show, plays: this.isAsked });
      this.isAsked &&= show.content.kind !== 'clip';
    }
  }

  private async hear(message: FromPage): Promise<void> {
    const { memory, saveFrame, log } = this.services;
    const { subject } = this;
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.shown = undefined;
        this.line.post({ type: 'start', words: pageWords(), memory: memory.get() });
        if (subject) {
          this.send(subject);
        }
        return;
      case 'shown':
        subject?.wasShown();
        return;
      case 'step': {
        const next = subject?.beside(message.by);
        if (next) {
          this.show(next, true);
          this.onDidStep(next);
        }
        return;
      }
      case 'act':
        await subject?.act(message.action);
        return;
      case 'fullScreen':
        // Webviews have no full screen: the window's own, with nothing but the editor in it.
        await vscodeCommands.executeCommand('workbench.action.toggleZenMode');
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        return;
      case 'saveFrame': {
        // Of the clip that it was taken from, though the person has gone on to another one.
        const file = this.files.get(message.source);
        if (file) {
          await saveFrame(file, message.spot, message.png, message.as);
        }
        return;
      }
      case 'remember':
        await memory.set(message.memory);
        return;
      case 'playerFailed':
        log.warn(`Preview of ${subject?.name ?? 'nothing'}: ${message.reason}`);
        await subject?.lookForFile();
        return;
      case 'soundFailed':
        log.warn(`Sound of ${subject?.name ?? 'nothing'}: ${message.reason}`);
        return;
    }
  }
}

/** What a page for a subject may do and read: its scripts, and the folders that it may come to play from. */
export function pageOptions(extensionUri: Uri, { file, folders }: Subject): WebviewOptions {
  const roots = [scriptsOf(extensionUri), ...(file ? [folderOf(file)] : []), ...folders];
  return { enableScripts: true, localResourceRoots: roots };
}

function isReadable(file: Uri, { localResourceRoots = [] }: WebviewOptions): boolean {
  const folder = folderOf(file).toString();
  return localResourceRoots.some(root => root.toString() === folder);
}

function scriptsOf(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'player');
}

function folderOf(file: Uri): Uri {
  return Uri.joinPath(file, '..');
}
