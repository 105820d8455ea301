import type { Memento } from 'vscode';
import type { TaskKey } from '../tasks/task.ts';

const GROUPS = 'tree.groups';
const SELECTED = 'tree.selected';

/** What of the list outlives a reload of the window: the groups that a person opened or closed, and the row that is selected. */
export class TreeMemory {
  private readonly memento: Memento;
  private readonly groups: Record<string, boolean>;

  constructor(memento: Memento) {
    this.memento = memento;
    this.groups = { ...memento.get<Record<string, boolean>>(GROUPS, {}) };
  }

  /** `undefined` for a group that was never touched. */
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
