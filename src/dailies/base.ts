import { window, type ExtensionContext } from 'vscode';
import { systemClock } from '../base/clock.ts';
import type { DisposableStore } from '../base/disposable.ts';
import type { CommandDependencies } from '../commands/registerCommands.ts';
import { Ticker } from '../base/ticker.ts';
import { Keys } from '../host/secrets.ts';
import { gatewaySetting } from '../host/settings.ts';
import { Operations } from '../store/operations.ts';
import { openTaskList } from '../views/listOpening.ts';

/** What everything else is built on. */
export type Base = Pick<
  CommandDependencies,
  'context' | 'parts' | 'log' | 'clock' | 'ticker' | 'keys' | 'store' | 'trouble' | 'operations'
>;

/** Opens the task list, and what is needed to work on it. */
export async function openList(context: ExtensionContext, parts: DisposableStore): Promise<Base> {
  const log = parts.add(window.createOutputChannel('Dailies', { log: true }));
  const clock = systemClock;
  const ticker = parts.add(new Ticker(clock));
  const keys = parts.add(new Keys(context.secrets, clock));
  const { store, trouble } = await openTaskList(context.globalStorageUri.fsPath, clock, log, parts);
  const operations = new Operations(store, clock);
  return { context, parts, log, clock, ticker, keys, store, trouble, operations };
}

/** Whether the gateway that is set has a key. Rejects when that cannot be known. */
export async function isKeySet(keys: Keys): Promise<boolean> {
  const gateway = gatewaySetting();
  return gateway !== undefined && (await keys.get(gateway.origin)) !== undefined;
}
