import { commands as vscodeCommands, env, Uri, type Webview } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import {
  isFromComparePage,
  type ComparedClip,
  type FromComparePage,
  type ToComparePage,
} from './compareProtocol.ts';
import { compareWords } from './compareWords.ts';
import { compareHtml } from './html.ts';
import { PageLine } from './pageLine.ts';
import type { PageServices } from './playerPage.ts';
import type { TaskSubject } from './taskSubject.ts';

/** Several clips in one webview: shows and follows their tasks, and does what a person asks for on the page. */
export class ComparePage implements Disposable {
  private readonly webview: Webview;
  private readonly services: PageServices;
  private readonly subjects: readonly TaskSubject[];
  private readonly owned = new DisposableStore();
  private readonly line: PageLine<FromComparePage, ToComparePage>;
  /** What the page may read; it is loaded anew for more. */
  private roots = new Set<string>();
  private isReady = false;
  /** A person has asked for the clips, and they have not been sent yet. */
  private isAsked: boolean;
  private sent = '';

  /** Owns the subjects. `isAsked`: a person has just asked for them. */
  constructor(webview: Webview, services: PageServices, subjects: readonly TaskSubject[], isAsked: boolean) {
    this.webview = webview;
    this.services = services;
    this.subjects = subjects;
    this.isAsked = isAsked;
    this.line = this.owned.add(
      new PageLine({
        webview,
        name: 'Comparison',
        log: services.log,
        isMessage: isFromComparePage,
        hear: message => this.hear(message),
      }),
    );
    for (const subject of subjects) {
      this.owned.add(subject);
      this.owned.add(
        subject.onDidChange(() => {
          this.update();
        }),
      );
    }
    this.load();
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** A page that cannot read a file yet is loaded anew, and then asks for itself. */
  private update(): void {
    if (this.folders().some(folder => !this.roots.has(folder))) {
      this.load();
    } else if (this.isReady) {
      this.send();
    }
  }

  private load(): void {
    const { webview } = this;
    const dist = Uri.joinPath(this.services.extensionUri, 'dist');
    // The worker that makes sound playable is the player's.
    const scripts = ['compare', 'player'].map(page => Uri.joinPath(dist, page).toString());
    this.roots = new Set([...scripts, ...this.folders()]);
    this.isReady = false;
    webview.options = {
      enableScripts: true,
      localResourceRoots: [...this.roots].map(root => Uri.parse(root)),
    };
    const parts = {
      cspSource: webview.cspSource,
      script: this.addressOf(Uri.joinPath(dist, 'compare', 'main.js')),
      stylesheet: this.addressOf(Uri.joinPath(dist, 'compare', 'main.css')),
      language: env.language,
    };
    webview.html = compareHtml(parts);
  }

  /** The folders that the clips are in. */
  private folders(): string[] {
    return this.subjects.flatMap(({ file }) => (file ? [Uri.joinPath(file, '..').toString()] : []));
  }

  private addressOf(file: Uri): string {
    return this.webview.asWebviewUri(file).toString();
  }

  /** Says what is new, if anything is. */
  private send(): void {
    const clips = this.subjects.map(subject => this.clipOf(subject));
    const text = JSON.stringify(clips);
    if (text !== this.sent) {
      this.sent = text;
      this.line.post({ type: 'show', clips, plays: this.isAsked });
      this.isAsked = false;
    }
  }

  private clipOf(subject: TaskSubject): ComparedClip {
    const { name, facts, content } = subject.show(file => this.addressOf(file));
    return {
      key: subject.key,
      name,
      facts,
      content: content.kind === 'clip' ? content : { kind: 'none', why: content.why },
    };
  }

  private async hear(message: FromComparePage): Promise<void> {
    const { memory, log } = this.services;
    const subject = this.subjects.find(({ key }) => 'key' in message && message.key === key);
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.sent = '';
        this.line.post({ type: 'start', words: compareWords(), memory: memory.get() });
        this.send();
        return;
      case 'shown':
        subject?.wasShown();
        return;
      case 'openExternally':
        await subject?.act('openExternally');
        return;
      case 'fullScreen':
        // Webviews have no full screen: the window's own, with nothing but the editor in it.
        await vscodeCommands.executeCommand('workbench.action.toggleZenMode');
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        return;
      case 'remember':
        await memory.set(message.memory);
        return;
      case 'playerFailed':
        log.warn(`Comparison, ${subject?.name ?? 'nothing'}: ${message.reason}`);
        await subject?.lookForFile();
        return;
      case 'soundFailed':
        log.warn(`Comparison, sound: ${message.reason}`);
        return;
    }
  }
}
