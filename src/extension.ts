import { setImmediate } from 'node:timers/promises';
import type { ExtensionContext } from 'vscode';
import { DisposableStore } from './base/disposable.ts';

/**
 * Loads Dailies and starts it, but not within the call: while a window opens, VS Code loads and calls all its extensions one
 * after the other.
 */
export async function activate(context: ExtensionContext): Promise<void> {
  const parts = new DisposableStore();
  context.subscriptions.push(parts);
  await setImmediate();
  const { startDailies } = await import('./dailies.ts');
  startDailies(context, parts);
}
