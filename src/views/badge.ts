import { l10n, type TreeView } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { LiveTasks } from '../tasks/liveTasks.ts';
import { isUnseen } from '../tasks/task.ts';

/** The number on Dailies' icon in the activity bar: clips that are ready and that nobody has looked at. */
export class Badge implements Disposable {
  private readonly subscription: Disposable;

  constructor(view: Pick<TreeView<unknown>, 'badge'>, tasks: LiveTasks) {
    const show = (): void => {
      let value = 0;
      for (const task of tasks.all()) {
        value += isUnseen(task) ? 1 : 0;
      }
      if (value !== (view.badge?.value ?? 0)) {
        view.badge = value === 0 ? undefined : { value, tooltip: l10n.t('Ready, not seen yet: {0}', value) };
      }
    };
    this.subscription = tasks.onDidChange(show);
    show();
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
