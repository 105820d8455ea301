import { setImmediate } from 'node:timers/promises';
import type { ExtensionContext } from 'vscode';
import { DisposableStore } from './base/disposable.ts';

/**
 * Loads Dailies and starts it, but not within the call: while a window opens, VS Code loads and calls all its extensions one
 * after the other. What cannot start says so in its place.
 */
export async function activate(context: ExtensionContext): Promise<void> {
  const parts = new DisposableStore();
  const failed = new DisposableStore();
  const stopping = new AbortController();
  context.subscriptions.push(failed, parts, {
    dispose: () => {
      stopping.abort();
    },
  });
  await setImmediate();
  try {
    const { startDailies } = await import('./dailies.ts');
    await startDailies(context, parts);
  } catch (error) {
    if (stopping.signal.aborted) {
      return;
    }
    const { showStartFailure } = await import('./commands/startFailure.ts');
    try {
      parts.dispose();
    } finally {
      showStartFailure(context, failed, error);
    }
  }
}
