import { l10n, ViewColumn, window, type Uri } from 'vscode';
import type { Log } from '../base/log.ts';
import { webviews } from '../ids.ts';
import {
  isFromFilm,
  type Encoder,
  type FilmOrder,
  type FilmWords,
  type FromFilm,
  type ToFilm,
} from './filmProtocol.ts';
import { filmHtml } from './html.ts';
import { folderOf, Page, pageOptions, panelIcon } from './page.ts';

/** An MP4 to be made of clips. */
export interface Film extends Omit<FilmOrder, 'clips'> {
  /** The name of its file. */
  readonly name: string;
  /** What is done, and why: shown while it is. */
  readonly what: string;
  readonly clips: readonly (Omit<FilmOrder['clips'][number], 'source'> & { readonly file: Uri })[];
}

/** What making it needs from outside. */
export interface FilmServices {
  readonly extensionUri: Uri;
  readonly log: Log;
  /** Whether the person agrees to this codec; the page has none where it is `null`. */
  readonly agree: (codec: Encoder | null) => Promise<boolean>;
  /** Writes bytes at a place in the file. */
  readonly write: (position: number, bytes: Uint8Array) => Promise<void>;
  /** No person has started it: the keyboard stays where it is. */
  readonly isUnattended?: boolean;
  /** Cancels it. */
  readonly signal?: AbortSignal;
}

/** How it ended; the audio is FLAC where it could not be joined as it was. `silent`: clips whose audio cannot be decoded, by name. */
export type FilmEnd =
  | {
      readonly kind: 'done';
      readonly audio: 'none' | 'copied' | 'flac';
      readonly silent: readonly string[];
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Makes an MP4 in a page, which shows how far it is and can be hidden meanwhile. Closing it cancels.
 */
export async function makeFilm(
  film: Film,
  { extensionUri, log, agree, write, isUnattended = false, signal }: FilmServices,
): Promise<FilmEnd> {
  const folders = film.clips.map(({ file }) => folderOf(file));
  const place = { viewColumn: ViewColumn.Active, preserveFocus: isUnattended };
  const panel = window.createWebviewPanel(webviews.film, film.name, place, {
    ...pageOptions(extensionUri, folders),
    retainContextWhenHidden: true,
  });
  panel.iconPath = panelIcon(extensionUri);
  return new Promise(resolve => {
    const end = (result: FilmEnd): void => {
      // Only the first counts: closing the page cancels nothing then.
      resolve(result);
      panel.dispose();
    };
    const receive = async (message: FromFilm): Promise<void> => {
      switch (message.type) {
        case 'ready':
          page.post({ type: 'start', words: wordsOf(film), order: orderOf(film, page) });
          return;
        case 'codec':
          if (await agree(message.codec)) {
            page.post({ type: 'go' });
          } else {
            end({ kind: 'cancelled' });
          }
          return;
        case 'write':
          try {
            await write(message.position, message.bytes);
            page.post({ type: 'written' });
          } catch (error) {
            end({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
          }
          return;
        case 'done':
          end({ kind: 'done', audio: message.audio, silent: message.silent });
          return;
        case 'failed':
          log.warn(`Exporting ${film.name}: ${message.reason}`);
          end({ kind: 'failed', reason: message.reason });
          return;
        case 'cancel':
          end({ kind: 'cancelled' });
          return;
      }
    };
    const page = new Page<FromFilm, ToFilm>({
      panel,
      extensionUri,
      name: 'Export',
      log,
      isMessage: isFromFilm,
      onMessage: receive,
      onUnresponsive: () => {
        end({ kind: 'failed', reason: l10n.t("VS Code doesn't show the page that makes the MP4.") });
      },
    });
    const cancel = (): void => {
      end({ kind: 'cancelled' });
    };
    signal?.addEventListener('abort', cancel, { once: true });
    panel.onDidDispose(() => {
      signal?.removeEventListener('abort', cancel);
      page.dispose();
      resolve({ kind: 'cancelled' });
    });
    page.load(folders, filmHtml);
  });
}

function orderOf(
  { clips, rate, width, height, isEncoded }: Film,
  page: Pick<Page<FromFilm, ToFilm>, 'addressOf'>,
): FilmOrder {
  return {
    clips: clips.map(({ file, ...place }) => ({ ...place, source: page.addressOf(file) })),
    rate,
    width,
    height,
    isEncoded,
  };
}

function wordsOf({ name, what }: Film): FilmWords {
  return {
    title: l10n.t('Exporting {0}', name),
    what,
    progress: l10n.t('Progress of the export'),
    frames: l10n.t('{0} of {1} frames'),
    cancel: l10n.t('Cancel'),
    hint: l10n.t('You can work in other tabs meanwhile. Closing this one cancels the export.'),
  };
}
