import { l10n } from 'vscode';
import { commands } from '../ids.ts';
import { isSavedVideo } from '../tasks/clipKind.ts';
import type * as lineageVerbs from './lineageVerbs.ts';
import type { LineageDependencies } from './lineageVerbs.ts';
import type { TaskCommands } from './taskChoice.ts';

/** From a clip to the shot that goes on from it, and to the shot that made it. What they need is loaded when it is used first. */
export function registerLineageCommands(on: TaskCommands, dependencies: LineageDependencies): void {
  const verbs = async (): Promise<typeof lineageVerbs> => import('./lineageVerbs.ts');
  on.onTask(commands.useInNextShot, l10n.t('Use Last Frame in Next Shot'), isSavedVideo, async task =>
    (await verbs()).useInNextShot(task, dependencies),
  );
  on.onTask(commands.useAsFirst, l10n.t('Use as First Frame'), isSavedVideo, async task =>
    (await verbs()).useAsFirst(task, dependencies),
  );
  on.onTask(
    commands.showInShotFile,
    l10n.t('Show in Shot File'),
    ({ shotFile }) => shotFile !== null,
    async task => (await verbs()).showInShotFile(task, dependencies),
  );
}
