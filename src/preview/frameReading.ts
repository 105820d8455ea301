import { l10n, ViewColumn, window, type Uri } from 'vscode';
import type { Log } from '../base/log.ts';
import { webviews } from '../ids.ts';
import {
  isFromFramePage,
  type FrameAt,
  type FrameForm,
  type FromFramePage,
  type ToFramePage,
} from './frameProtocol.ts';
import { frameHtml } from './html.ts';
import { folderOf, Page, pageOptions, panelIcon } from './page.ts';

/** Reading a frame takes some 100 ms once its page is there. One that needs longer than this is given up, ms. */
const LONGEST = 30_000;

/**
 * Reads single frames of clips where nobody looks at them, one after the other. VS Code decodes video in pages only, and loads a page only
 * where it can be seen: so one opens next to the editor, without the focus, and closes again at once.
 */
export class FrameReading {
  private readonly extensionUri: Uri;
  private readonly log: Log;
  private last: Promise<unknown> = Promise.resolve();

  constructor(extensionUri: Uri, log: Log) {
    this.extensionUri = extensionUri;
    this.log = log;
  }

  /** A frame of a clip, as an image. Rejects where it cannot be read, and when the signal is aborted. */
  async read(clip: Uri, at: FrameAt, form: FrameForm, signal: AbortSignal): Promise<Uint8Array> {
    const read = this.last.then(() => this.readNow(clip, at, form, signal));
    this.last = read.catch(() => undefined);
    return read;
  }

  private async readNow(clip: Uri, at: FrameAt, form: FrameForm, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    const { extensionUri, log } = this;
    const panel = window.createWebviewPanel(
      webviews.frame,
      l10n.t('Reading Frame…'),
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      pageOptions(extensionUri, [folderOf(clip)]),
    );
    panel.iconPath = panelIcon(extensionUri);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]);
    try {
      return await new Promise<Uint8Array>((done, fail) => {
        limit.addEventListener('abort', () => {
          fail(limit.reason as Error);
        });
        panel.onDidDispose(() => {
          fail(new Error(l10n.t('The page that reads the frame was closed.')));
        });
        const page = new Page<FromFramePage, ToFramePage>({
          panel,
          extensionUri,
          name: 'Frame',
          log,
          isMessage: isFromFramePage,
          onMessage: message => {
            if (message.type === 'ready') {
              page.post({ type: 'read', source: page.addressOf(clip), at, form });
            } else if (message.type === 'frame') {
              done(message.bytes);
            } else {
              fail(new Error(message.reason));
            }
            return Promise.resolve();
          },
          onUnresponsive: () => {
            fail(new Error(l10n.t("The page that reads the frame didn't load.")));
          },
        });
        panel.onDidDispose(() => {
          page.dispose();
        });
        page.load([folderOf(clip)], frameHtml);
      });
    } finally {
      panel.dispose();
    }
  }
}
