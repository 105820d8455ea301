import { commands as vscodeCommands, env, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { Kept } from '../host/kept.ts';
import { playerHtml } from './html.ts';
import { folderOf, Page } from './page.ts';
import {
  isFromPage,
  OPEN_EXTERNALLY,
  type FrameWish,
  type FromPage,
  type PlayerMemory,
  type Show,
  type ToPage,
  type Wish,
} from './protocol.ts';
import type { SaveFrame } from './saveFrame.ts';
import { tellOfSilence } from './silence.ts';
import type { Subject } from './subject.ts';
import { pageWords } from './words.ts';

/** What every page needs from outside. */
export interface PageServices {
  readonly extensionUri: Uri;
  readonly memory: Kept<PlayerMemory>;
  readonly saveFrame: SaveFrame;
  /** The person wants something of the frame that the page shows that they are at. */
  readonly onDidWishFrame: Event<FrameWish>;
  readonly log: Log;
}

/** The player in one webview: shows a subject, follows it, and does what a person asks for on the page. */
export class PlayerPage implements Disposable {
  private readonly services: PageServices;
  private readonly owned = new DisposableStore();
  private readonly page: Page<FromPage, ToPage>;
  private readonly onDidStep: (subject: Subject) => void;
  private subject: Subject | undefined;
  private following: Disposable | undefined;
  /** What a person has asked for and has not been sent yet. */
  private wish: Wish | null = null;
  private shown: Show | undefined;
  /** The files that this page was given, by their addresses. */
  private readonly files = new Map<string, Uri>();

  /** `onDidStep` is told of the clip before or after that the person went to. */
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
        hear: message => this.hear(message),
        onSilence: () => {
          const { subject } = this;
          const open = subject?.file && ((): Promise<void> => subject.act(OPEN_EXTERNALLY));
          tellOfSilence(services.log, 'Preview', open);
        },
      }),
    );
    this.owned.add(
      services.onDidWishFrame(frameWish => {
        if (panel.active) {
          this.page.post({ type: 'frame', wish: frameWish });
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

  /** Shows a subject, which it owns from now on. `wish`: what a person has just asked for. */
  show(subject: Subject, wish: Wish | null): void {
    this.following?.dispose();
    this.subject?.dispose();
    this.subject = subject;
    this.following = subject.onDidChange(() => {
      this.update(subject);
    });
    this.shown = undefined;
    this.wish = wish;
    this.update(subject);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** A page that cannot read the file yet is loaded anew, and then asks for itself. */
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

  /** Whether the page speaks of a subject's clip: the person may have gone on to another one meanwhile. */
  private isOf(source: string, subject: Subject | undefined): boolean {
    return subject?.file !== undefined && this.page.addressOf(subject.file) === source;
  }

  /** Says what is new, if anything is. */
  private send(subject: Subject): void {
    const show = subject.show(file => this.clipAddressOf(file));
    if (JSON.stringify(show) !== JSON.stringify(this.shown)) {
      this.shown = show;
      this.page.post({ type: 'show', show, wish: this.wish });
      // A clip that is not there yet is waited for.
      this.wish = this.wish === 'clip' && show.content.kind !== 'clip' ? 'clip' : null;
    }
  }

  private async hear(message: FromPage): Promise<void> {
    const { memory, saveFrame, log } = this.services;
    const { subject } = this;
    switch (message.type) {
      case 'ready':
        this.shown = undefined;
        this.page.post({ type: 'start', words: pageWords(), memory: memory.get() });
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
        const next = subject?.beside(message.by);
        if (next) {
          this.show(next, 'clip');
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
        if (this.isOf(message.source, subject)) {
          await subject?.lookForFile();
        }
        return;
      case 'audioFailed':
        log.warn(`Sound of ${subject?.name ?? 'nothing'}: ${message.reason}`);
        return;
    }
  }
}

/** What a page for a subject may come to read: the folder of its file, and those of the clips that a person may go on to. */
export function foldersOf({ file, folders }: Subject): Uri[] {
  return [...(file ? [folderOf(file)] : []), ...folders];
}
