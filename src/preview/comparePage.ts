import { commands as vscodeCommands, env, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import type { TaskKey } from '../tasks/task.ts';
import {
  FEWEST_CLIPS,
  isFromComparePage,
  type CompareWish,
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
  private subjects: readonly TaskSubject[];
  private readonly owned = new DisposableStore();
  private readonly page: Page<FromComparePage, ToComparePage>;
  /** A person has asked for the clips, and they have not been sent yet. */
  private isAsked: boolean;
  private sent = '';
  private heardKey: TaskKey | undefined;
  private readonly hears = this.owned.add(new Emitter<TaskKey>());

  /** The person listens to another clip, or a clip has been taken out. */
  readonly onDidHear = this.hears.event;

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

  /** The tasks of the clips; the one that the person listens to comes first. */
  get keys(): readonly TaskKey[] {
    const keys = this.subjects.map(({ key }) => key);
    return keys.toSorted((one, other) => Number(other === this.heardKey) - Number(one === this.heardKey));
  }

  /** Does something with a clip, or with the one that the person listens to. */
  wish(wish: CompareWish, key: TaskKey | undefined): void {
    this.page.post({ type: 'wish', wish, key: key ?? null });
  }

  /** Takes a clip out, where enough others stay. */
  remove(key: TaskKey): void {
    const gone = this.subjects.find(subject => subject.key === key);
    if (gone && this.subjects.length > FEWEST_CLIPS) {
      this.subjects = this.subjects.filter(subject => subject !== gone);
      gone.dispose();
      // It knows the others from before.
      this.page.load(this.files.map(folderOf), compareHtml);
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** A page that cannot read a file yet is loaded anew, and then asks for itself. */
  private update(): void {
    const { files } = this;
    if (!this.page.canRead(files)) {
      this.page.load(files.map(folderOf), compareHtml);
    } else if (this.page.isReady) {
      this.send();
    }
  }

  private get files(): readonly Uri[] {
    return this.subjects.map(({ file }) => file).filter(file => file !== undefined);
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
      words: [subject.capabilities, this.subjects.length > FEWEST_CLIPS ? 'removable' : ''].join(' '),
      facts,
      content:
        content.kind === 'clip'
          ? content
          : { kind: 'none', why: [content.state, content.reason].filter(text => text !== '').join('\n') },
    };
  }

  private async hear(message: FromComparePage): Promise<void> {
    const { memory, saveFrame, log } = this.services;
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
        await subject?.keepThumbnail(message.jpeg);
        return;
      case 'openExternally':
        await subject?.act(OPEN_EXTERNALLY);
        return;
      case 'heard':
        if (subject) {
          this.heardKey = subject.key;
          this.hears.fire(subject.key);
        }
        return;
      case 'saveFrame':
        if (subject?.file) {
          await saveFrame(subject.file, message.spot, message.png, true);
        }
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
      case 'audioFailed':
        log.warn(`Comparison, sound: ${message.reason}`);
        return;
    }
  }
}
