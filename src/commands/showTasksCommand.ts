import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { commands } from '../ids.ts';
import { TaskPick, type TaskPickDependencies } from '../views/taskPick.ts';
import { registerCommand } from './register.ts';

/** The command that shows all tasks in a quick pick. */
export function registerShowTasksCommand(dependencies: TaskPickDependencies): Disposable {
  const registered = new DisposableStore();
  let pick: TaskPick | undefined;
  registered.add({ dispose: () => pick?.dispose() });
  registered.add(
    registerCommand(commands.showTasks, () => {
      pick?.dispose();
      pick = new TaskPick(dependencies);
    }),
  );
  return registered;
}
