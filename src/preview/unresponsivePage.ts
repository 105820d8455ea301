import { l10n } from 'vscode';
import type { Log } from '../base/log.ts';
import { messages } from '../host/messages.ts';

let wasShown = false;

/**
 * Warns that a page was loaded but never became ready. Usually the browser blocks service workers, which VS Code's webviews need.
 * Warns once per window. `open` adds a button that opens the file in another player.
 */
export function warnUnresponsivePage(log: Log, name: string, open?: () => Promise<void>): void {
  log.warn(`${name}: the page was loaded but has not responded.`);
  if (wasShown) {
    return;
  }
  wasShown = true;
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
