import { l10n, window, type QuickPickItem } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { commands } from '../ids.ts';
import type { Comparisons } from '../preview/comparePanel.ts';
import { FEWEST_CLIPS, MOST_CLIPS } from '../preview/compareProtocol.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task } from '../tasks/task.ts';
import { fillPick } from '../views/pickLimit.ts';
import { iconOf } from '../views/taskIcon.ts';
import { nameOf } from '../views/names.ts';
import { friendlyModel } from '../views/shortText.ts';
import { registerCommand } from './register.ts';

/** What the command needs from outside. */
export interface CompareDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly comparisons: Comparisons;
  /** The tasks that a command was called with. */
  readonly tasksOf: (...parameters: readonly unknown[]) => Promise<readonly Task[] | undefined>;
}

/** "Compare Clips": the saved ones of the rows it is called on, or those that the person chooses. */
export function registerCompareCommand(dependencies: CompareDependencies): Disposable {
  const { store, clock, comparisons, tasksOf } = dependencies;
  return registerCommand(commands.compare, async (...parameters) => {
    const clips = ((await tasksOf(...parameters)) ?? []).filter(isSaved);
    const chosen = canBeCompared(clips)
      ? clips
      : await choose(store.list().filter(isSaved), clips, clock.now());
    if (chosen) {
      comparisons.show(chosen.map(task => task.key));
    }
  });
}

function isSaved(task: Task): boolean {
  return task.file === 'saved';
}

function canBeCompared({ length }: readonly unknown[]): boolean {
  return length >= FEWEST_CLIPS && length <= MOST_CLIPS;
}

/** Asks which of the clips to compare. `checked` are so to begin with; too few or too many cannot be accepted. */
async function choose(
  clips: readonly Task[],
  checked: readonly Task[],
  now: number,
): Promise<readonly Task[] | undefined> {
  if (clips.length < FEWEST_CLIPS) {
    void messages.info(l10n.t('Comparing needs at least two saved clips.'));
    return undefined;
  }
  const items = clips.map(task => ({
    label: nameOf(task),
    description: friendlyModel(task.model ?? ''),
    iconPath: iconOf(task, now),
    task,
    taskId: task.id,
  }));
  const pick = window.createQuickPick<(typeof items)[number] | QuickPickItem>();
  pick.title = l10n.t('Compare Clips');
  pick.placeholder = l10n.t('Select {0} to {1} clips', FEWEST_CLIPS, MOST_CLIPS);
  pick.canSelectMany = true;
  pick.selectedItems = items.filter(({ task }) => checked.some(({ key }) => key === task.key));
  fillPick(pick, items);
  return new Promise(done => {
    pick.onDidAccept(() => {
      const chosen = items.filter(item => pick.selectedItems.includes(item));
      if (canBeCompared(chosen)) {
        done(chosen.map(({ task }) => task));
        pick.hide();
      } else {
        pick.title = l10n.t('Select 2 to 4 clips ({0} selected)', pick.selectedItems.length);
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      done(undefined);
    });
    pick.show();
  });
}
