// Dailies itself, as an extension of the bench: its own `activate`, and a way for the bench to change a task through the
// very store that it has opened.
import type { ExtensionContext } from 'vscode';
import { activate as activateDailies } from '../../../src/extension.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task, TaskPatch } from '../../../src/tasks/task.ts';
import { serveChanges, type Wish } from './control.ts';
import { WATCHED } from './names.ts';
import { profileWhenAsked } from './profile.ts';
import { makeWallClock } from './wallClock.ts';

const now = makeWallClock();
let committedAt = 0;
let opened: TaskStore | undefined;

// Dailies shows its store to nobody. The first listing comes before anyone listens to it: whoever subscribes then is the
// first to hear of each commit.
const list = Object.getOwnPropertyDescriptor(TaskStore.prototype, 'list')?.value as () => Task[];
TaskStore.prototype.list = function (this: TaskStore) {
  remember(this);
  return list.call(this);
};

function remember(store: TaskStore): void {
  if (opened === undefined) {
    opened = store;
    store.onDidChange(() => {
      committedAt = now();
    });
  }
}

/** Called by VS Code. */
export async function activate(context: ExtensionContext): Promise<void> {
  await activateDailies(context);
  profileWhenAsked();
  const store = opened;
  const watched = store?.list().find(task => task.label === WATCHED.dailies);
  if (!store || !watched) {
    throw new Error('The list does not have the task to watch.');
  }
  serveChanges('dailies', wish => {
    const [patch, text] = changeOf(wish, store.get(watched.key));
    const begunAt = now();
    store.update(watched.key, patch);
    return { begunAt, committedAt, text };
  });
}

function changeOf(wish: Wish, task: Task | undefined): [patch: TaskPatch, text: string] {
  const offline: [TaskPatch, string] = [{ generation: 'processing', problem: 'network' }, 'Offline'];
  if (wish === 'move') {
    // Into a group that is open at any length of the list, and back.
    return task?.generation === 'stalled' ? offline : [{ generation: 'stalled' }, 'Stalled'];
  }
  return task?.problem === 'network' ? [{ problem: 'server' }, 'Check failed'] : offline;
}
