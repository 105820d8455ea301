import { setImmediate } from 'node:timers/promises';
import type { ExtensionContext } from 'vscode';
import type { DailiesExports } from '../dailies.d.ts';
import { DisposableStore } from './base/disposable.ts';

/** Ends what `activate` has started. */
let stop: (() => Promise<void>) | undefined;

/**
 * Loads Dailies and starts it, but not within the call: while a window opens, VS Code loads and calls all its extensions one
 * after the other. What cannot start says so in its place. Resolves to what other extensions get, see dailies.d.ts.
 */
export async function activate(context: ExtensionContext): Promise<DailiesExports | undefined> {
  const parts = new DisposableStore();
  const failed = new DisposableStore();
  const stopping = new AbortController();
  let end: (() => Promise<void>) | undefined;
  let ending: Promise<void> | undefined;
  stop = () => {
    stopping.abort();
    ending ??= endOf(parts, end);
    return ending;
  };
  context.subscriptions.push(failed, { dispose: stop });
  await setImmediate();
  try {
    const { startDailies } = await import('./dailies.ts');
    const started = await startDailies(context, parts);
    ({ end } = started);
    return started.exports;
  } catch (error) {
    if (stopping.signal.aborted) {
      return undefined;
    }
    const { showStartFailure } = await import('./commands/startFailure.ts');
    try {
      parts.dispose();
    } finally {
      showStartFailure(context, failed, error);
    }
    return undefined;
  }
}

/** VS Code waits for this when the window closes, for some seconds, but not for what it disposes. */
export async function deactivate(): Promise<void> {
  await stop?.();
}

/** Requests that may cost something are waited for before all is disposed. */
async function endOf(parts: DisposableStore, end: (() => Promise<void>) | undefined): Promise<void> {
  try {
    await end?.();
  } finally {
    parts.dispose();
  }
}
