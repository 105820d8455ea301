import { systemClock } from '../../src/base/clock.ts';
import type { Task } from '../../src/tasks/task.ts';
import { hasOwnName, Names } from '../../src/views/names.ts';
import { asAnotherWindow } from './cast.ts';

/** A row is called by its model and time: tests find it by its ID, and the list on the disk says who is who. */
function called(): { readonly task: Task; readonly name: string }[] {
  const tasks = asAnotherWindow(store => store.list());
  const names = new Names(systemClock);
  const byKey = new Map(tasks.map(task => [task.key, task]));
  void names.follow(new Set(byKey.keys()), key => byKey.get(key));
  return tasks.map(task => ({ task, name: names.of(task) }));
}

/** What the row of the task with this ID is called now. */
export function nameOfId(id: string): string {
  const name = called().find(({ task }) => task.id === id)?.name;
  if (name === undefined) {
    throw new Error(`There is no task ${id}.`);
  }
  return name;
}

/** The tasks by what their rows are called now. */
export function tasksByName(): Map<string, Task> {
  return new Map(called().map(({ task, name }) => [name, task]));
}

/** Who a row stands for: its ID's end where its task has no name of its own. */
export function whoIs(name: string, tasks = tasksByName()): string {
  const task = tasks.get(name);
  return task && !hasOwnName(task) ? endOf(task.id) : name;
}

/** The last characters of an ID. */
export function endOf(id: string): string {
  return id.slice(-8);
}
