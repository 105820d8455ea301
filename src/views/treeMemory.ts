import type { Memento } from 'vscode';
import type { TaskKey } from '../tasks/task.ts';

const GROUPS = 'tree.groups';
const SELECTED = 'tree.selected';

/** The state of the list that is kept across reloads: which groups were expanded or collapsed, and the selected task. */
export class TreeMemory {
  private readonly memento: Memento;
  private readonly groups: Record<string, boolean>;

  constructor(memento: Memento) {
    this.memento = memento;
    this.groups = { ...memento.get<Record<string, boolean>>(GROUPS, {}) };
  }

  /** `undefined` for a group that was never expanded or collapsed. */
  isCollapsed(group: string): boolean | undefined {
    return this.groups[group];
  }

  setCollapsed(group: string, isCollapsed: boolean): void {
    this.groups[group] = isCollapsed;
    void this.memento.update(GROUPS, this.groups);
  }

  get selected(): TaskKey | undefined {
    return this.memento.get<TaskKey>(SELECTED);
  }

  set selected(key: TaskKey | undefined) {
    void this.memento.update(SELECTED, key);
  }
}
