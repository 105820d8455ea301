import type { ExtensionContext } from 'vscode';
import type { DisposableStore } from './base/disposable.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { isKeySet, openList } from './dailies/base.ts';
import { connect, letListFollow, startSoon } from './dailies/connect.ts';
import { showList } from './dailies/list.ts';
import { createLoops } from './dailies/loops.ts';
import { createMaking } from './dailies/making.ts';
import { createPages } from './dailies/pages.ts';
import { createShots } from './dailies/shots.ts';

/**
 * Builds the parts, connects them, and hands them over to `parts`, to be disposed in reverse order. Gives what is to be waited for
 * before that, when the window closes.
 */
export async function startDailies(
  context: ExtensionContext,
  parts: DisposableStore,
): Promise<() => Promise<void>> {
  const base = await openList(context, parts);
  const loops = createLoops(base);
  const making = createMaking(base);
  const list = showList(base, loops, making);
  const pages = createPages(base, loops, list);
  const shots = createShots(base, loops, making, list);
  const hasKey = (): Promise<boolean> => isKeySet(base.keys);
  registerCommands({ ...base, ...loops, ...making, ...list, ...pages, shots, isKeySet: hasKey });
  connect(base, loops, list, making);
  letListFollow(base, list, pages);
  startSoon(base, loops, list);
  return () => loops.maker.end();
}
