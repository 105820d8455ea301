import { commands as vscodeCommands, env, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import {
  isFromComparePage,
  type ComparedClip,
  type FromComparePage,
  type ToComparePage,
} from './compareProtocol.ts';
import { compareWords } from './compareWords.ts';
import { compareHtml } from './html.ts';
import { folderOf, Page } from './page.ts';
import { OPEN_EXTERNALLY } from './protocol.ts';
import type { PageServices } from './playerPage.ts';
import { tellOfSilence } from './silence.ts';
import type { TaskSubject } from './taskSubject.ts';

/** Several clips in one webview: shows and follows their tasks, and does what a person asks for on the page. */
export class ComparePage implements Disposable {
  private readonly services: PageServices;
  private readonly subjects: readonly TaskSubject[];
  private readonly owned = new DisposableStore();
  private readonly page: Page<FromComparePage, ToComparePage>;
  /** A person has asked for the clips, and they have not been sent yet. */
  private isAsked: boolean;
  private sent = '';

  /** Owns the subjects. `isAsked`: a person has just asked for them. */
  constructor(
    panel: WebviewPanel,
    services: PageServices,
    subjects: readonly TaskSubject[],
    isAsked: boolean,
  ) {
    this.services = services;
    this.subjects = subjects;
    this.isAsked = isAsked;
    this.page = this.owned.add(
      new Page({
        panel,
        extensionUri: services.extensionUri,
        name: 'Comparison',
        log: services.log,
        isMessage: isFromComparePage,
        hear: message => this.hear(message),
        onSilence: () => {
          tellOfSilence(services.log, 'Comparison');
        },
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
    this.update();
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** A page that cannot read a file yet is loaded anew, and then asks for itself. */
  private update(): void {
    const files = this.subjects.map(({ file }) => file).filter(file => file !== undefined);
    if (!this.page.canRead(files)) {
      this.page.load(files.map(folderOf), compareHtml);
    } else if (this.page.isReady) {
      this.send();
    }
  }

  /** Says what is new, if anything is. */
  private send(): void {
    const clips = this.subjects.map(subject => this.clipOf(subject));
    const text = JSON.stringify(clips);
    if (text !== this.sent) {
      this.sent = text;
      this.page.post({ type: 'show', clips, plays: this.isAsked });
      this.isAsked = false;
    }
  }

  private clipOf(subject: TaskSubject): ComparedClip {
    const { name, facts, content } = subject.show(file => this.page.addressOf(file));
    return {
      key: subject.key,
      name,
      facts,
      content:
        content.kind === 'clip'
          ? content
          : { kind: 'none', why: [content.state, content.reason].filter(text => text !== '').join('\n') },
    };
  }

  private async hear(message: FromComparePage): Promise<void> {
    const { memory, log } = this.services;
    const subject = this.subjects.find(({ key }) => 'key' in message && message.key === key);
    switch (message.type) {
      case 'ready':
        this.sent = '';
        this.page.post({ type: 'start', words: compareWords(), memory: memory.get() });
        this.send();
        return;
      case 'shown':
        subject?.wasShown();
        return;
      case 'thumbnail':
        await subject?.keepThumbnail(message.picture);
        return;
      case 'openExternally':
        await subject?.act(OPEN_EXTERNALLY);
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
