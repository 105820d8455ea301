import { commands as vscodeCommands } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Disposable } from '../base/disposable.ts';
import type { CommandId } from '../ids.ts';
import { ReadOnlyError } from '../store/sqliteErrors.ts';
import { troubleText } from '../views/storeTrouble.ts';

/** Registers a command. If it fails because the list is read-only, shows why; VS Code shows all other errors. */
export function registerCommand(id: CommandId, run: (...parameters: unknown[]) => unknown): Disposable {
  return vscodeCommands.registerCommand(id, (...parameters: unknown[]) =>
    unlessReadOnly(() => run(...parameters)),
  );
}

/** Runs something that may write the list. Where the list is read-only, shows why it cannot. */
export async function unlessReadOnly<T>(run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ReadOnlyError)) {
      throw error;
    }
    void messages.warning(troubleText({ kind: 'newer' }));
    return undefined;
  }
}
