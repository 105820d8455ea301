import { promptOf, type Task } from '../tasks/task.ts';
import { stateOf } from './stateWords.ts';
import { nameOf } from './taskText.ts';

/** Whether every word of a filter stands in a task's name, prompt, model, state or ID, however it is written. */
export function matches(task: Task, filter: string): boolean {
  const words = filter.toLocaleLowerCase().split(/\s+/);
  const text = [nameOf(task), promptOf(task) ?? '', task.model ?? '', stateOf(task), task.id]
    .join('\n')
    .toLocaleLowerCase();
  return words.every(word => text.includes(word));
}
