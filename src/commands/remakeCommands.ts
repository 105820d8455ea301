import { env, l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { Family } from '../gateway/models.ts';
import type { Wish } from '../making/making.ts';
import type { ShotToWrite } from '../making/shotWriter.ts';
import type { TaskStore } from '../store/store.ts';
import { knownRequestOf } from '../tasks/request.ts';
import { shotKey, shotOf } from '../tasks/shot.ts';
import type { Task } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import type { MakeVideos } from './makeVideos.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface RemakeDependencies {
  readonly store: TaskStore;
  readonly makeVideos: MakeVideos;
  readonly openShot: (shot: ShotToWrite) => Promise<void>;
}

/** The verbs on tasks whose request is known: the same once more, or another that begins with it. */
export function registerRemakeCommands(on: TaskCommands, dependencies: RemakeDependencies): void {
  const { store, makeVideos, openShot } = dependencies;
  const isKnown = (task: Task): boolean => knownRequestOf(task) !== undefined;
  const edit = async (task: Task): Promise<void> => {
    const shot = writtenAs(task, store);
    if (!shot) {
      return;
    }
    await openShot(shot);
    const { lost = [] } = knownRequestOf(task) ?? {};
    if (lost.length > 0) {
      void messages.warning(
        l10n.t("These images weren't kept with the task. Add them again: {0}", lost.join(', ')),
      );
    }
  };
  on.onTasks(commands.anotherTake, l10n.t('Make Another Take'), isKnown, async tasks => {
    const incomplete = tasks.find(task => (knownRequestOf(task)?.lost.length ?? 0) > 0);
    if (!incomplete) {
      await makeVideos(takesOf(tasks, store));
    } else if (await wantsToEdit(incomplete)) {
      await edit(incomplete);
    }
  });
  on.onTask(commands.editAndMake, l10n.t('Edit and Make Again'), isKnown, edit);
  on.onTask(commands.copyShotFile, l10n.t('Copy as Shot File'), isKnown, async task => {
    const shot = writtenAs(task, store);
    if (shot) {
      const { writeShot } = await import('../making/shotWriter.ts');
      await env.clipboard.writeText(writeShot(shot).text);
    }
  });
}

/** The same requests once more; those of a shot are further takes of it. */
export function takesOf(tasks: readonly Task[], store: TaskStore): Wish[] {
  const numbers = new Map<string, number>();
  return tasks.flatMap(task => {
    const known = knownRequestOf(task);
    if (!known) {
      return [];
    }
    const { source } = task;
    const wish = { request: known.request, label: task.label, source, ...familyIn(task, store) };
    const shot = shotOf(task);
    if (!shot) {
      return [wish];
    }
    const take = 1 + (numbers.get(shotKey(shot)) ?? store.takes.lastOf(shot));
    numbers.set(shotKey(shot), take);
    return [{ ...wish, file: shot.shotFile, section: shot.shot, take }];
  });
}

/** What its request is written down as. */
function writtenAs(task: Task, store: TaskStore): ShotToWrite | undefined {
  const known = knownRequestOf(task);
  return known && { request: known.request, label: task.label ?? task.shot, ...familyIn(task, store) };
}

/** The endpoint that made a task, where Dailies did. */
function familyIn({ gateway, id }: Task, store: TaskStore): { family?: Family } {
  const family = store.intents.ofTask(gateway, id)?.family;
  return family === 'veo' || family === 'grok' ? { family } : {};
}

async function wantsToEdit(task: Task): Promise<boolean> {
  const edit = l10n.t('Edit and Make Again…');
  const text = l10n.t(
    'The images of "{0}" were not kept with it, so the same request can\'t be sent again.',
    nameOf(task),
  );
  return (await messages.warning(text, edit)) === edit;
}
