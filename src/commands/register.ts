import { commands as vscodeCommands } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Disposable } from '../base/disposable.ts';
import type { CommandId } from '../ids.ts';
import { ReadOnlyError } from '../store/sqliteErrors.ts';
import { troubleText } from '../views/storeTrouble.ts';

/** Registers a command. If it fails because the list is read-only, shows why; VS Code shows all other errors. */
export function registerCommand(id: CommandId, run: (...parameters: unknown[]) => unknown): Disposable {
  return vscodeCommands.registerCommand(id, async (...parameters: unknown[]) => {
    try {
      return await run(...parameters);
    } catch (error) {
      if (!(error instanceof ReadOnlyError)) {
        throw error;
      }
      void messages.warning(troubleText({ kind: 'newer' }));
      return undefined;
    }
  });
}
