import { commands } from '../ids.ts';
import type { Task } from '../tasks/task.ts';
import type { CutExportServices } from './cutExport.ts';
import type { CutPlayServices } from './cutPlay.ts';
import type { CutSource, CutSourceServices } from './cutSource.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface CutDependencies extends CutSourceServices, CutExportServices, CutPlayServices {
  /** The selected tasks of the list. */
  readonly selected: () => readonly Task[];
}

/** The commands on a cut: of a shot file's picks, or of the clips that are selected. What they need is loaded with the first use. */
export function registerCutCommands(on: TaskCommands, dependencies: CutDependencies): void {
  const source = async (parameters: readonly unknown[]): Promise<CutSource | undefined> => {
    const tasks = await on.tasksOf(...parameters);
    const { cutSource } = await import('./cutSource.ts');
    return cutSource(parameters[0], tasks, dependencies.selected, dependencies);
  };
  on.on(commands.playCut, async (...parameters) => {
    const [{ playCut }, cut] = await Promise.all([import('./cutPlay.ts'), source(parameters)]);
    if (cut) {
      await playCut(cut, dependencies);
    }
  });
  on.on(commands.exportCut, async (...parameters) => {
    const [{ exportCut }, cut] = await Promise.all([import('./cutExport.ts'), source(parameters)]);
    if (cut) {
      await exportCut(cut, dependencies);
    }
  });
}
