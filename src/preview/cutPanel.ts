import { commands as vscodeCommands, env, l10n, ViewColumn, window, type Uri } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import type { Kept } from '../host/kept.ts';
import { webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { isFromCut, type FromCut, type ToCut } from './cutProtocol.ts';
import { cutHtml } from './html.ts';
import { folderOf, Page, pageOptions, panelIcon } from './page.ts';
import type { PlayerMemory } from './protocol.ts';
import { warnUnresponsivePage } from './unresponsivePage.ts';
import { pageWords } from './words.ts';

/** A cut to be played. */
export interface CutToPlay {
  readonly name: string;
  /** Frames per second. */
  readonly rate: number;
  readonly clips: readonly {
    readonly key: TaskKey;
    readonly name: string;
    readonly file: Uri;
    /** s */
    readonly duration: number;
    /** The duration as text. */
    readonly length: string;
  }[];
}

/** What playing needs from outside. */
export interface CutPanelServices {
  readonly extensionUri: Uri;
  readonly log: Log;
  readonly memory: Kept<PlayerMemory>;
  /** A clip was shown. */
  readonly onDidShow: (key: TaskKey) => void;
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

/** Plays cuts, one at a time in a panel of its own: another one takes its place. */
export class CutPlayer implements Disposable {
  private readonly services: CutPanelServices;
  private shown: Disposable | undefined;

  constructor(services: CutPanelServices) {
    this.services = services;
  }

  /** Plays a cut from its beginning. */
  show(cut: CutToPlay): void {
    const { extensionUri, log } = this.services;
    this.shown?.dispose();
    const folders = cut.clips.map(({ file }) => folderOf(file));
    const title = l10n.t('Cut: {0}', cut.name);
    const options = pageOptions(extensionUri, folders);
    const panel = window.createWebviewPanel(webviews.cut, title, ViewColumn.Active, options);
    panel.iconPath = panelIcon(extensionUri);
    const page = new Page<FromCut, ToCut>({
      panel,
      extensionUri,
      name: 'Cut',
      log,
      isMessage: isFromCut,
      onMessage: async (message): Promise<void> => this.receive(message, cut, page),
      onUnresponsive: () => {
        warnUnresponsivePage(log, 'Cut');
      },
    });
    panel.onDidDispose(() => {
      page.dispose();
    });
    this.shown = panel;
    page.load(folders, cutHtml);
  }

  dispose(): void {
    this.shown?.dispose();
  }

  private async receive(message: FromCut, cut: CutToPlay, page: Page<FromCut, ToCut>): Promise<void> {
    const { memory, log, onDidShow, lookForFile } = this.services;
    switch (message.type) {
      case 'ready':
        page.post({
          type: 'start',
          words: {
            ...pageWords(),
            previousClip: l10n.t('Previous Shot'),
            nextClip: l10n.t('Next Shot'),
            shots: l10n.t('Shots'),
            shotOf: l10n.t('{0} of {1}'),
            cannotPlayClip: l10n.t('"{0}" can\'t be played here.'),
          },
          memory: memory.get(),
          cut: {
            ...cut,
            clips: cut.clips.map(({ name, file, duration, length }) => ({
              name,
              duration,
              length,
              source: page.addressOf(file),
            })),
          },
        });
        return;
      case 'fullScreen':
        // Webviews can't go full screen, so the whole window does, in Zen Mode.
        await vscodeCommands.executeCommand('workbench.action.toggleZenMode');
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        return;
      case 'remember':
        await memory.set(message.memory);
        return;
      case 'shown': {
        const clip = cut.clips[message.index];
        if (clip) {
          onDidShow(clip.key);
        }
        return;
      }
      case 'clipFailed': {
        const clip = cut.clips[message.index];
        log.warn(`Cut, ${clip?.name ?? 'nothing'}: ${message.reason}`);
        if (clip) {
          await lookForFile(clip.key);
        }
        return;
      }
      case 'audioFailed':
        log.warn(`Cut, audio: ${message.reason}`);
        return;
    }
  }
}
