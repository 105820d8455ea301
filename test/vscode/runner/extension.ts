// The entry of a small extension that the launcher loads beside the one under test. It runs the suites as soon as the window has
// started. (VS Code's own --extensionTestsPath would refuse every modal dialog and, in a browser, hide all notifications.)
import type { ExtensionContext } from 'vscode';
import { ask, holdLine, projectPath } from '../bridgeClient.ts';
import { BRIDGE_VARIABLE, STORAGE_VARIABLE, type SuitePlan } from '../bridgeProtocol.ts';
import { join } from 'node:path';
import { runMocha } from './runMocha.ts';
import { sourceStack } from './sourceStack.ts';

/** Called by VS Code. Returns at once: the suites run on their own time. */
export function activate({ globalStorageUri }: ExtensionContext): void {
  process.env[STORAGE_VARIABLE] = join(globalStorageUri.fsPath, '..', 'dailies.dailies');
  if (process.env[BRIDGE_VARIABLE] !== undefined) void runClaimed();
}

async function runClaimed(): Promise<void> {
  const plan = (await ask({ type: 'claim' })) as SuitePlan | null;
  if (!plan) return;
  holdLine();
  try {
    await runMocha(plan);
  } catch (error) {
    const message =
      error instanceof Error ? sourceStack(error.stack ?? error.message, projectPath()) : String(error);
    await ask({ type: 'event', event: { type: 'broken', message } });
  }
}
