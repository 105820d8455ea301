import { l10n, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { views } from '../ids.ts';
import type { LiveTasks } from '../tasks/liveTasks.ts';
import type { TaskStore } from '../tasks/store.ts';
import { isAtRisk, isUnderWay, isUnseen, type Task } from '../tasks/task.ts';

/** Counts in the status bar, hidden while there is nothing to count. A click leads to the list. */
export class StatusBar implements Disposable {
  private readonly tasks: LiveTasks;
  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly owned = new DisposableStore();
  private readonly item = this.owned.add(window.createStatusBarItem(views.tasks, StatusBarAlignment.Left));

  constructor(tasks: LiveTasks, store: TaskStore, clock: Clock) {
    this.tasks = tasks;
    this.store = store;
    this.clock = clock;
    this.item.name = l10n.t('Dailies: Video Tasks');
    // VS Code makes a command of this name for every view.
    this.item.command = `${views.tasks}.focus`;
    this.owned.add(
      tasks.onDidChange(() => {
        this.draw();
      }),
    );
    this.draw();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private draw(): void {
    const now = this.clock.now();
    const tasks = [...this.tasks.all()];
    const underWay = tasks.filter(isUnderWay);
    const waiting = underWay.filter(task => task.problem !== null).length;
    const inProgress = underWay.length - waiting;
    const ready = tasks.filter(isUnseen).length;
    const saving = tasks.filter(task => task.file === 'waiting' || task.file === 'downloading').length;
    const atRisk = tasks.filter(task => needsAttention(task, now)).length;
    const isPaused = this.store.pauses.list().some(pause => pause.reason === 'person');
    const parts = [
      ...(isPaused && underWay.length > 0 ? [l10n.t('Paused')] : []),
      ...(inProgress > 0 ? [l10n.t('{0} in progress', inProgress)] : []),
      ...(waiting > 0 ? [l10n.t('{0} waiting', waiting)] : []),
      ...(saving > 0 ? [l10n.t('{0} saving', saving)] : []),
      ...(ready > 0 ? [l10n.t('{0} ready', ready)] : []),
      ...(atRisk > 0 ? [l10n.t('{0} not saved', atRisk)] : []),
    ];
    if (parts.length === 0) {
      this.item.hide();
      return;
    }
    const words = parts.join(' · ');
    this.item.text = `$(${saving > 0 || (inProgress > 0 && !isPaused) ? 'sync~spin' : 'device-camera-video'}) ${words}`;
    this.item.tooltip = l10n.t('Dailies: {0}', words);
    this.item.accessibilityInformation = { label: l10n.t('Dailies: {0}', words) };
    this.item.backgroundColor = atRisk > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }
}

function needsAttention(task: Task, now: number): boolean {
  return task.file === 'failed' || task.file === 'expired' || isAtRisk(task, now);
}
