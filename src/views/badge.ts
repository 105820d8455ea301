import { l10n, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import { isUnseen } from '../tasks/task.ts';

/** The number of new clips (ready and not viewed) on Dailies' icon in the Activity Bar. */
export class Badge implements Disposable {
  private readonly owned = new DisposableStore();

  /** `onDidChange`: when to update. */
  constructor(view: Pick<TreeView<unknown>, 'badge'>, tasks: LiveTasks, onDidChange: Event<void>) {
    const show = (): void => {
      let value = 0;
      for (const task of tasks.all()) {
        value += isUnseen(task) ? 1 : 0;
      }
      if (value !== (view.badge?.value ?? 0)) {
        view.badge = value === 0 ? undefined : { value, tooltip: l10n.t('New clips: {0}', value) };
      }
    };
    this.owned.add(onDidChange(show));
    show();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
