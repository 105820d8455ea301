import type { ExtensionContext } from 'vscode';
import type { DailiesExports } from '../dailies.d.ts';
import type { DisposableStore } from './base/disposable.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { isKeySet, openList } from './dailies/base.ts';
import { connect, letListFollow, startSoon } from './dailies/connect.ts';
import { showList } from './dailies/list.ts';
import { offerDoors } from './dailies/doors.ts';
import { createLoops } from './dailies/loops.ts';
import { createMaking } from './dailies/making.ts';
import { createPages } from './dailies/pages.ts';
import { createShots } from './dailies/shots.ts';
import { createTools } from './dailies/tools.ts';

/** A Dailies that runs. */
export interface Started {
  /** What other extensions get. */
  readonly exports: DailiesExports;
  /** What is to be waited for before the parts are disposed, when the window closes. */
  readonly end: () => Promise<void>;
}

/** Builds the parts, connects them, and hands them over to `parts`, to be disposed in reverse order. */
export async function startDailies(context: ExtensionContext, parts: DisposableStore): Promise<Started> {
  const base = await openList(context, parts);
  const loops = createLoops(base);
  const making = createMaking(base);
  const list = showList(base, loops, making);
  const pages = createPages(base, loops, list);
  const shots = createShots(base, loops, making, list);
  const agents = createTools(base, loops, making, list, pages, shots);
  const hasKey = (): Promise<boolean> => isKeySet(base.keys);
  registerCommands({ ...base, ...loops, ...making, ...list, ...pages, ...agents, shots, isKeySet: hasKey });
  connect(base, loops, list, making);
  letListFollow(base, list, pages);
  startSoon(base, loops, list);
  return { exports: offerDoors(base, making, list), end: () => loops.maker.end() };
}
