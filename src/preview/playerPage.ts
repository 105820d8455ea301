import { commands as vscodeCommands, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { Kept } from '../host/kept.ts';
import { commands } from '../ids.ts';
import { receiveCommon } from './commonMessages.ts';
import { playerHtml } from './html.ts';
import { folderOf, Page } from './page.ts';
import { tasksContext } from './pageContext.ts';
import {
  isFromPage,
  OPEN_EXTERNALLY,
  type FrameRequest,
  type FromPage,
  type PlayerMemory,
  type Show,
  type ToPage,
  type ShowRequest,
} from './protocol.ts';
import type { SaveFrame } from './saveFrame.ts';
import { warnUnresponsivePage } from './unresponsivePage.ts';
import type { Subject } from './subject.ts';
import { pageWords } from './words.ts';

/** What every player and comparison depends on. */
export interface PageServices {
  readonly extensionUri: Uri;
  readonly memory: Kept<PlayerMemory>;
  readonly saveFrame: SaveFrame;
  /** A menu or command requests an action on the current frame from the active page. */
  readonly onDidRequestFrame: Event<FrameRequest>;
  readonly log: Log;
}

/** The extension's side of one player: sends the page its subject, follows it, and handles the page's messages. */
export class PlayerPage implements Disposable {
  private readonly services: PageServices;
  private readonly owned = new DisposableStore();
  private readonly page: Page<FromPage, ToPage>;
  private readonly onDidStep: (subject: Subject) => void;
  private subject: Subject | undefined;
  private following: Disposable | undefined;
  /** The user's latest request, until it is sent to the page. */
  private request: ShowRequest | null = null;
  private shown: Show | undefined;
  /** The files that were sent to this page, by URL. */
  private readonly files = new Map<string, Uri>();

  /** `onDidStep` is called with the new subject when the user goes to the previous or next clip. */
  constructor(panel: WebviewPanel, services: PageServices, onDidStep: (subject: Subject) => void) {
    this.services = services;
    this.onDidStep = onDidStep;
    this.page = this.owned.add(
      new Page({
        panel,
        extensionUri: services.extensionUri,
        name: 'Preview',
        log: services.log,
        isMessage: isFromPage,
        onMessage: message => this.receive(message),
        onUnresponsive: () => {
          const { subject } = this;
          const open = subject?.file && ((): Promise<void> => subject.act(OPEN_EXTERNALLY));
          warnUnresponsivePage(services.log, 'Preview', open);
        },
      }),
    );
    this.owned.add(
      services.onDidRequestFrame(frameRequest => {
        if (panel.active) {
          this.page.post({ type: 'frame', request: frameRequest });
        }
      }),
    );
    this.owned.add({
      dispose: () => {
        this.following?.dispose();
        this.subject?.dispose();
      },
    });
  }

  /** Shows a subject and takes ownership of it. `request`: what the user has just requested; `null` for a restored page. */
  show(subject: Subject, request: ShowRequest | null): void {
    this.following?.dispose();
    this.subject?.dispose();
    this.subject = subject;
    this.following = subject.onDidChange(() => {
      this.update(subject);
    });
    this.shown = undefined;
    this.request = request;
    this.update(subject);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Sends what has changed. A page that is not allowed to read the file yet is reloaded, and gets its content when it says `ready`. */
  private update(subject: Subject): void {
    const { file } = subject;
    if (!this.page.canRead(file ? [file] : [])) {
      this.page.load(foldersOf(subject), parts => playerHtml(parts, file && this.clipAddressOf(file)));
    } else if (this.page.isReady) {
      this.send(subject);
    }
  }

  private clipAddressOf(file: Uri): string {
    const address = this.page.addressOf(file);
    this.files.set(address, file);
    return address;
  }

  /** Whether a message concerns this subject's clip: the user may have gone on to another one since. */
  private isOf(source: string, subject: Subject | undefined): boolean {
    return subject?.file !== undefined && this.page.addressOf(subject.file) === source;
  }

  /** Sends the subject if anything about it has changed. */
  private send(subject: Subject): void {
    const show = subject.show(file => this.clipAddressOf(file));
    if (JSON.stringify(show) !== JSON.stringify(this.shown)) {
      this.shown = show;
      this.page.post({ type: 'show', show, request: this.request });
      // A request to play stays pending until there is a clip.
      this.request = this.request === 'clip' && show.content.kind !== 'clip' ? 'clip' : null;
    }
  }

  private async receive(message: FromPage): Promise<void> {
    const { saveFrame, log } = this.services;
    const { subject } = this;
    switch (message.type) {
      case 'ready':
        this.shown = undefined;
        this.page.post({ type: 'start', words: pageWords(), memory: this.services.memory.get() });
        if (subject) {
          this.send(subject);
        }
        return;
      case 'shown':
        if (this.isOf(message.source, subject)) {
          subject?.wasShown();
        }
        return;
      case 'thumbnail':
        if (this.isOf(message.source, subject)) {
          await subject?.keepThumbnail(message.jpeg);
        }
        return;
      case 'step': {
        const next = subject?.neighbour(message.by);
        if (next) {
          this.show(next, 'clip');
          this.onDidStep(next);
        }
        return;
      }
      case 'act':
        await subject?.act(message.action);
        return;
      case 'open': {
        const other = subject?.linked(message.key);
        if (other) {
          this.show(other, 'clip');
          this.onDidStep(other);
        }
        return;
      }
      case 'take':
        if (subject?.key !== undefined) {
          await vscodeCommands.executeCommand(commands[message.verb], tasksContext([subject.key]));
        }
        return;
      case 'saveFrame': {
        // The frame's own clip, even if the user has gone on to another one since.
        const file = this.files.get(message.source);
        if (file) {
          await saveFrame(file, message.position, message.png, message.as);
        }
        return;
      }
      case 'playerFailed':
        log.warn(`Preview of ${subject?.name ?? 'nothing'}: ${message.reason}`);
        if (this.isOf(message.source, subject)) {
          await subject?.lookForFile();
        }
        return;
      case 'fullScreen':
      case 'copy':
      case 'remember':
      case 'audioFailed':
        await receiveCommon(message, `Preview of ${subject?.name ?? 'nothing'}`, this.services);
    }
  }
}

/** The folders that a page for this subject must be able to read: of its own file, and of the clips one can go on to from it. */
export function foldersOf({ file, folders }: Subject): Uri[] {
  return [...(file ? [folderOf(file)] : []), ...folders];
}
