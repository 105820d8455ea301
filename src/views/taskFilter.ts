import { shotName, shotOf } from '../tasks/shot.ts';
import { promptOf, type Task } from '../tasks/task.ts';
import { friendlyModel } from './shortText.ts';
import { stateOf } from './stateWords.ts';
import { nameOf } from './names.ts';

/** Whether a task's name, prompt, shot, note, model, state or ID contains every word of a filter, ignoring case. */
export function matches(task: Task, filter: string): boolean {
  const words = filter.toLocaleLowerCase().split(/\s+/);
  const { model, id } = task;
  const text = [
    nameOf(task),
    promptOf(task) ?? '',
    shotOf(task) ? shotName(task) : '',
    task.note ?? '',
    model ?? '',
    friendlyModel(model ?? ''),
    stateOf(task),
    id,
  ]
    .join('\n')
    .toLocaleLowerCase();
  return words.every(word => text.includes(word));
}
