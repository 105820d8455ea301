import { l10n } from 'vscode';
import type { Log } from '../base/log.ts';
import { messages } from '../host/messages.ts';

let isTold = false;

/**
 * A page was loaded and does not speak: most often a browser that allows no service worker, without which VS Code shows no page of
 * an extension. Said once in a window; `open` is offered where there is a file to open elsewhere.
 */
export function tellOfSilence(log: Log, name: string, open?: () => Promise<void>): void {
  log.warn(`${name}: the page was loaded and has not answered.`);
  if (isTold) {
    return;
  }
  isTold = true;
  const action = l10n.t('Open in System Player');
  const message = l10n.t(
    "This page can't load. In a browser, extension pages need https:// or localhost, and cookies must be allowed for them.",
  );
  void messages.warning(message, ...(open ? [action] : [])).then(async chosen => {
    if (chosen === action) {
      await open?.();
    }
  });
}
