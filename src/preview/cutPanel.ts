import { commands as vscodeCommands, l10n, Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import type { Kept } from '../host/kept.ts';
import { webviews } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { receiveCommon } from './commonMessages.ts';
import {
  isCutState,
  isFromCut,
  type CutState,
  type CutWords,
  type FromCut,
  type ToCut,
} from './cutProtocol.ts';
import { cutHtml } from './html.ts';
import { folderOf, Page, pageOptions, panelIcon } from './page.ts';
import { OPEN_EXTERNALLY, type PlayerMemory } from './protocol.ts';
import { warnUnresponsivePage } from './unresponsivePage.ts';
import { pageWords } from './words.ts';

/** A cut to be played. */
export interface CutToPlay extends Omit<CutState, 'clips'> {
  readonly clips: readonly (Omit<CutState['clips'][number], 'file'> & { readonly file: Uri })[];
}

/** What playing needs from outside. */
export interface CutPanelServices {
  readonly extensionUri: Uri;
  readonly log: Log;
  readonly memory: Kept<PlayerMemory>;
  /** Where a task's clip is; `undefined` for one that is not in the list, or has none. */
  readonly pathOf: (key: TaskKey) => string | undefined;
  /** A clip was shown. */
  readonly onDidShow: (key: TaskKey) => void;
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

/** Plays cuts, one at a time in a panel of its own: another one takes its place. VS Code restores the panel after a reload. */
export class CutPlayer implements Disposable {
  private readonly services: CutPanelServices;
  private readonly owned = new DisposableStore();
  private shown: { readonly panel: WebviewPanel; readonly cut: CutToPlay } | undefined;

  constructor(services: CutPanelServices) {
    this.services = services;
    this.owned.add(
      window.registerWebviewPanelSerializer(webviews.cut, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          if (isCutState(state) && !this.shown) {
            this.fill(panel, this.cutOf(state), false);
          } else {
            panel.dispose();
          }
          return Promise.resolve();
        },
      }),
    );
  }

  /** The tasks of the cut, in its order, if its page is the active one. */
  get activeTasks(): readonly TaskKey[] {
    return this.shown?.panel.active === true ? this.shown.cut.clips.map(({ key }) => key) : [];
  }

  /** Plays a cut from its beginning. */
  show(cut: CutToPlay): void {
    this.shown?.panel.dispose();
    const title = l10n.t('Cut: {0}', cut.name);
    const options = pageOptions(this.services.extensionUri, foldersOf(cut));
    this.fill(window.createWebviewPanel(webviews.cut, title, ViewColumn.Active, options), cut, true);
  }

  dispose(): void {
    this.shown?.panel.dispose();
    this.owned.dispose();
  }

  /** A clip that has been moved since, or found again, is where the list says. */
  private cutOf({ clips, ...state }: CutState): CutToPlay {
    return {
      ...state,
      clips: clips.map(clip => {
        const path = this.services.pathOf(clip.key);
        return { ...clip, file: path === undefined ? Uri.parse(clip.file) : clipUri(path) };
      }),
    };
  }

  /** `isRequested`: a person has just requested it, as opposed to VS Code restoring it. */
  private fill(panel: WebviewPanel, cut: CutToPlay, isRequested: boolean): void {
    const { extensionUri, log } = this.services;
    panel.iconPath = panelIcon(extensionUri);
    panel.title = l10n.t('Cut: {0}', cut.name);
    let plays = isRequested;
    const start = (): void => {
      page.post({ type: 'start', ...this.contentOf(cut, page), plays });
      plays = false;
    };
    const page = new Page<FromCut, ToCut>({
      panel,
      extensionUri,
      name: 'Cut',
      log,
      isMessage: isFromCut,
      onMessage: async (message): Promise<void> => {
        if (message.type === 'ready') {
          start();
        } else {
          await this.receive(message, cut, page);
        }
      },
      onUnresponsive: () => {
        warnUnresponsivePage(log, 'Cut');
      },
    });
    this.shown = { panel, cut };
    panel.onDidDispose(() => {
      page.dispose();
      if (this.shown?.panel === panel) {
        this.shown = undefined;
      }
    });
    page.load(foldersOf(cut), cutHtml);
  }

  private contentOf(
    cut: CutToPlay,
    page: Pick<Page<FromCut, ToCut>, 'addressOf'>,
  ): Omit<ToCut & { type: 'start' }, 'type' | 'plays'> {
    return {
      words: cutWords(),
      memory: this.services.memory.get(),
      state: { ...cut, clips: cut.clips.map(clip => ({ ...clip, file: clip.file.toString() })) },
      cut: {
        ...cut,
        clips: cut.clips.map(({ name, file, duration, length }) => ({
          name,
          duration,
          length,
          source: page.addressOf(file),
        })),
      },
    };
  }

  private async receive(
    message: Exclude<FromCut, { type: 'ready' }>,
    cut: CutToPlay,
    page: Page<FromCut, ToCut>,
  ): Promise<void> {
    const { log, onDidShow, lookForFile } = this.services;
    const clip = 'index' in message ? cut.clips[message.index] : undefined;
    switch (message.type) {
      case 'shown':
        if (clip) {
          onDidShow(clip.key);
        }
        return;
      case 'openExternally':
        if (clip) {
          await vscodeCommands.executeCommand(OPEN_EXTERNALLY, clip.key);
        }
        return;
      case 'clipFailed':
        log.warn(`Cut, ${clip?.name ?? 'nothing'}: ${message.reason}`);
        if (clip) {
          const isGone = (await isThere(storedPath(clip.file))) === false;
          const problem = isGone ? l10n.t('File not found') : l10n.t("Can't be played");
          page.post({ type: 'problem', index: message.index, problem });
          await lookForFile(clip.key);
        }
        return;
      case 'fullScreen':
      case 'copy':
      case 'remember':
      case 'audioFailed':
        await receiveCommon(message, 'Cut', this.services);
    }
  }
}

function cutWords(): CutWords {
  return {
    ...pageWords(),
    previousClip: l10n.t('Previous Shot'),
    nextClip: l10n.t('Next Shot'),
    shots: l10n.t('Shots'),
    shotOf: l10n.t('{0} of {1}'),
    cannotPlayClip: l10n.t('"{0}" can\'t be played here.'),
  };
}

function foldersOf({ clips }: CutToPlay): Uri[] {
  return clips.map(({ file }) => folderOf(file));
}
