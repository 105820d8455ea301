import {
  commands as vscodeCommands,
  EventEmitter,
  l10n,
  TreeItem,
  version,
  window,
  type ExtensionContext,
} from 'vscode';
import { messages } from '../host/messages.ts';
import type { DisposableStore } from '../base/disposable.ts';
import { ContextKey } from '../host/contextKey.ts';
import { commands, contextKeys, views } from '../ids.ts';
import { copyReport, wordsOf } from './reportCommand.ts';

/** Why Dailies has not started: VS Code is too old, or something else went wrong. */
export type StartFailure = 'tooOld' | 'failed';

/**
 * Makes the view and every command show that Dailies could not start. `parts` must be empty; it owns the replacements.
 */
export function showStartFailure(context: ExtensionContext, parts: DisposableStore, error: unknown): void {
  const log = parts.add(window.createOutputChannel('Dailies', { log: true }));
  log.error(wordsOf(error));
  const failure = failureOf(error);
  void new ContextKey<StartFailure>(contextKeys.startFailure).set(failure);
  // Without a provider, VS Code would show in the view that there is none.
  const nothing = new EventEmitter<undefined>();
  parts.add(nothing);
  parts.add(
    window.registerTreeDataProvider(views.tasks, {
      onDidChangeTreeData: nothing.event,
      getChildren: () => [],
      getTreeItem: () => new TreeItem(''),
    }),
  );
  const report = (): Promise<void> => copyReport(context, error);
  const showLog = (): void => {
    log.show();
  };
  const showFailure = async (): Promise<void> => {
    const actions: Partial<Record<string, () => unknown>> = {
      [l10n.t('Show Log')]: showLog,
      [l10n.t('Report…')]: report,
    };
    const chosen = await messages.error(failureText(failure), ...Object.keys(actions));
    await actions[chosen ?? '']?.();
  };
  const own: Partial<Record<string, () => unknown>> = {
    [commands.showLog]: showLog,
    [commands.report]: report,
  };
  for (const id of Object.values(commands)) {
    parts.add(vscodeCommands.registerCommand(id, own[id] ?? showFailure));
  }
}

function failureOf(error: unknown): StartFailure {
  return wordsOf(error).includes('node:sqlite') && /built-?in module|cannot find/i.test(wordsOf(error))
    ? 'tooOld'
    : 'failed';
}

function failureText(failure: StartFailure): string {
  return failure === 'tooOld'
    ? l10n.t('Dailies needs VS Code 1.105 or newer; this is {0}. Update VS Code.', version)
    : l10n.t("Dailies couldn't start. See the log for details.");
}
