import { messageOf } from '../base/errors.ts';
import { commands, type CommandId } from '../ids.ts';
import type { Task } from '../tasks/task.ts';
import type * as cutVerbs from './cutVerbs.ts';
import type { CutExportServices, CutPlayServices, CutSourceServices } from './cutVerbs.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface CutDependencies extends CutSourceServices, CutExportServices, CutPlayServices {
  /** The selected tasks of the list. */
  readonly selected: () => readonly Task[];
  /** The tasks of the cut that is played in the active page; none where another page or editor is active. */
  readonly played: () => readonly Task[];
}

/** The commands on a cut: of a shot file's picks, or of the clips that are selected. What they need is loaded with the first use. */
export function registerCutCommands(on: TaskCommands, dependencies: CutDependencies): void {
  const onCut = (id: CommandId, verb: 'playCut' | 'exportCut'): void => {
    on.on(id, async (...parameters) => {
      const played = dependencies.played();
      const tasks = (await on.tasksOf(...parameters)) ?? (played.length > 0 ? played : undefined);
      const verbs: typeof cutVerbs = await import('./cutVerbs.ts');
      const cut = await verbs.cutSource(parameters[0], tasks, dependencies.selected, dependencies);
      if (cut) {
        await verbs[verb](cut, dependencies);
      }
    });
  };
  onCut(commands.playCut, 'playCut');
  onCut(commands.exportCut, 'exportCut');
  dependencies.unfinished.tidy(dependencies.log).catch((error: unknown) => {
    dependencies.log.error(`Unfinished exports: ${messageOf(error)}`);
  });
}
