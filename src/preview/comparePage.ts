import { commands as vscodeCommands, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/events.ts';
import { commands } from '../ids.ts';
import { receiveCommon } from './commonMessages.ts';
import type { TaskKey } from '../tasks/task.ts';
import {
  FEWEST_CLIPS,
  isFromComparePage,
  type CompareRequest,
  type ComparedClip,
  type FromComparePage,
  type ToComparePage,
} from './compareProtocol.ts';
import { compareWords } from './compareWords.ts';
import { compareHtml } from './html.ts';
import { folderOf, Page } from './page.ts';
import { tasksContext } from './pageContext.ts';
import { OPEN_EXTERNALLY } from './protocol.ts';
import type { PageServices } from './playerPage.ts';
import { warnUnresponsivePage } from './unresponsivePage.ts';
import type { TaskSubject } from './taskSubject.ts';

/** The extension's side of one comparison: sends the page its clips, follows their tasks, and handles the page's messages. */
export class ComparePage implements Disposable {
  private readonly services: PageServices;
  private subjects: readonly TaskSubject[];
  private readonly owned = new DisposableStore();
  private readonly page: Page<FromComparePage, ToComparePage>;
  /** The user has just opened the comparison, and its clips have not been sent yet: they start playing once they are. */
  private isRequested: boolean;
  private sent = '';
  private activeKey: TaskKey | undefined;
  private readonly activations = this.owned.add(new Emitter<TaskKey>());

  /** Another clip has become the active one. */
  readonly onDidActivate = this.activations.event;

  /** Owns the subjects. `isRequested`: the user has just opened the comparison, as opposed to VS Code restoring it. */
  constructor(
    panel: WebviewPanel,
    services: PageServices,
    subjects: readonly TaskSubject[],
    isRequested: boolean,
  ) {
    this.services = services;
    this.subjects = subjects;
    this.isRequested = isRequested;
    this.page = this.owned.add(
      new Page({
        panel,
        extensionUri: services.extensionUri,
        name: 'Comparison',
        log: services.log,
        isMessage: isFromComparePage,
        onMessage: message => this.receive(message),
        onUnresponsive: () => {
          warnUnresponsivePage(services.log, 'Comparison');
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

  /** The tasks of the clips, the active clip's first. */
  get keys(): readonly TaskKey[] {
    const keys = this.subjects.map(({ key }) => key);
    return keys.toSorted((one, other) => Number(other === this.activeKey) - Number(one === this.activeKey));
  }

  /** Requests an action on a clip from the page; without a key, on the active one. */
  request(request: CompareRequest, key: TaskKey | undefined): void {
    this.page.post({ type: 'request', request, key: key ?? null });
  }

  /** Removes a clip. Does nothing when fewer than `FEWEST_CLIPS` would remain. */
  remove(key: TaskKey): void {
    const gone = this.subjects.find(subject => subject.key === key);
    if (gone && this.subjects.length > FEWEST_CLIPS) {
      this.subjects = this.subjects.filter(subject => subject !== gone);
      gone.dispose();
      // A reloaded page restores the order and the position of the remaining clips from its saved state.
      this.page.load(this.files.map(folderOf), compareHtml);
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Sends what has changed. A page that is not allowed to read a file yet is reloaded, and gets its content when it says `ready`. */
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

  /** Sends the clips if anything about them has changed. */
  private send(): void {
    const clips = this.subjects.map(subject => this.clipOf(subject));
    const text = JSON.stringify(clips);
    if (text !== this.sent) {
      this.sent = text;
      this.page.post({ type: 'show', clips, plays: this.isRequested });
      this.isRequested = false;
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

  private async receive(message: FromComparePage): Promise<void> {
    const { saveFrame, log } = this.services;
    const subject = this.subjects.find(({ key }) => 'key' in message && message.key === key);
    switch (message.type) {
      case 'ready':
        this.sent = '';
        this.page.post({ type: 'start', words: compareWords(), memory: this.services.memory.get() });
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
      case 'activated':
        if (subject) {
          this.activeKey = subject.key;
          this.activations.fire(subject.key);
        }
        return;
      case 'take':
        if (subject) {
          await vscodeCommands.executeCommand(commands[message.verb], tasksContext([subject.key]));
        }
        return;
      case 'saveFrame':
        if (subject?.file) {
          await saveFrame(subject.file, message.position, message.png, true);
        }
        return;
      case 'playerFailed':
        log.warn(`Comparison, ${subject?.name ?? 'nothing'}: ${message.reason}`);
        await subject?.lookForFile();
        return;
      case 'fullScreen':
      case 'copy':
      case 'remember':
      case 'audioFailed':
        await receiveCommon(message, 'Comparison', this.services);
    }
  }
}
