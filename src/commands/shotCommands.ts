import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { commands } from '../ids.ts';
import { registerCommand } from './register.ts';
import type * as shotVerbs from './shotVerbs.ts';
import type { ShotCommandDependencies } from './shotVerbs.ts';

type Verbs = typeof shotVerbs;

/**
 * The verbs on shots: called with the file and what the shot is known by in it (see `sectionsOf`), as a lens does, or on the shot
 * at the cursor.
 */
export function registerShotCommands(dependencies: ShotCommandDependencies): Disposable {
  const registered = new DisposableStore();
  // Loaded on first use: start-up has no need of a parser.
  const verbs = async (): Promise<Verbs> => import('./shotVerbs.ts');
  registered.add(
    registerCommand(commands.generateShot, async (uri, section) =>
      (await verbs()).generateShots(uri, section, false, dependencies),
    ),
  );
  registered.add(
    registerCommand(commands.generateShotFile, async uri =>
      (await verbs()).generateShots(uri, undefined, true, dependencies),
    ),
  );
  registered.add(
    registerCommand(commands.showTakes, async (uri, section) =>
      (await verbs()).showTakesOf(uri, section, dependencies),
    ),
  );
  return registered;
}
