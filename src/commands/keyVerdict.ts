import { l10n, ProgressLocation, window } from 'vscode';
import { SECOND } from '../base/clock.ts';
import type { KeyVerdict } from '../gateway/keyCheck.ts';
import { messages } from '../host/messages.ts';
import { problemText } from '../views/stateWords.ts';

/** Progress is shown only for checks that take longer than this, ms. */
const UNSEEN = SECOND;

/**
 * Runs a check of a key. A slow one is shown as cancellable progress. Resolves to `undefined` if it was cancelled by the user or
 * aborted by `stop`.
 */
export async function waitForVerdict(
  check: (signal: AbortSignal) => Promise<KeyVerdict>,
  stop: AbortSignal,
): Promise<KeyVerdict | undefined> {
  const ended = new AbortController();
  const signal = AbortSignal.any([stop, ended.signal]);
  const verdict = check(signal).catch((error: unknown) => {
    if (signal.aborted) {
      return undefined;
    }
    throw error;
  });
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>(done => {
    timer = setTimeout(done, UNSEEN, 'slow');
  });
  try {
    if ((await Promise.race([verdict, slow])) === 'slow') {
      const title = l10n.t('Checking the API key…');
      const shown = { location: ProgressLocation.Notification, title, cancellable: true };
      void window.withProgress(shown, async (_progress, token) => {
        token.onCancellationRequested(() => {
          ended.abort();
        });
        await verdict;
      });
    }
    return await verdict;
  } finally {
    clearTimeout(timer);
  }
}

/** Shows the result of setting a key. Resolves to whether the user wants to enter another one. */
export async function showVerdict(
  verdict: KeyVerdict | undefined,
  gateway: string,
  note: string | undefined,
): Promise<boolean> {
  const withNote = (message: string): string => (note === undefined ? message : `${message} ${note}`);
  switch (verdict?.kind) {
    case undefined:
      await messages.info(withNote(l10n.t('API key saved.')));
      return false;
    case 'accepted':
      await messages.info(withNote(l10n.t('API key accepted.')));
      return false;
    case 'rejected': {
      const again = l10n.t('Set API Key…');
      const message = withNote(l10n.t('API key saved, but the gateway rejected it.'));
      return (await messages.warning(message, again)) === again;
    }
    case 'unknown': {
      const { problem, text } = verdict;
      const why = problemText({ gateway, problem, problemText: text });
      await messages.info(withNote(l10n.t("API key saved. Couldn't check it: {0}", why)));
      return false;
    }
  }
}
