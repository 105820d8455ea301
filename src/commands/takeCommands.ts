import { l10n, window, type QuickPickItem } from 'vscode';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { Comparisons } from '../preview/comparePanel.ts';
import { FEWEST_CLIPS, MOST_CLIPS } from '../preview/compareProtocol.ts';
import type { Operations } from '../store/operations.ts';
import type { TaskStore } from '../store/store.ts';
import { isSavedVideo } from '../tasks/clipKind.ts';
import { LONGEST_NOTE, shotKey, shotName, shotOf, type Shot } from '../tasks/shot.ts';
import type { Task } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import { titleOf } from '../views/taskText.ts';
import { chooseClips, type ClipChoiceServices } from './clipChoice.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface TakeDependencies extends ClipChoiceServices {
  readonly store: TaskStore;
  readonly operations: Operations;
  readonly comparisons: Comparisons;
}

/** What a person decides about takes, and which shots they are takes of. */
export function registerTakeCommands(on: TaskCommands, dependencies: TakeDependencies): void {
  const { store, operations } = dependencies;
  const isOver = ({ generation }: Task): boolean => generation === 'completed';
  const keysOf = (tasks: readonly Task[]): number[] => tasks.map(({ key }) => key);

  on.onTasks(commands.pick, l10n.t('Pick'), isOver, tasks => {
    operations.judge(keysOf(tasks), 'picked');
  });
  on.onTasks(commands.reject, l10n.t('Reject'), isOver, tasks => {
    operations.judge(keysOf(tasks), 'rejected');
  });
  on.onTasks(
    commands.unpick,
    l10n.t('Remove Pick'),
    ({ verdict }) => verdict === 'picked',
    tasks => {
      operations.judge(keysOf(tasks), null);
    },
  );
  on.onTasks(
    commands.unreject,
    l10n.t('Remove Rejection'),
    ({ verdict }) => verdict === 'rejected',
    tasks => {
      operations.judge(keysOf(tasks), null);
    },
  );
  on.onTask(
    commands.note,
    l10n.t('Edit Note'),
    () => true,
    async task => {
      const note = await window.showInputBox({
        title: l10n.t('Note for "{0}"', titleOf(task)),
        prompt: l10n.t('One line, shown in the list and found by its filter. Leave empty to remove.'),
        value: task.note ?? '',
        validateInput: text =>
          text.trim().length > LONGEST_NOTE
            ? l10n.t('A note can have up to {0} characters.', LONGEST_NOTE)
            : undefined,
      });
      if (note !== undefined) {
        operations.annotate(task.key, note);
      }
    },
  );
  on.onTasks(
    commands.assignShot,
    l10n.t('Assign to Shot'),
    () => true,
    async tasks => {
      const chosen = await chooseShot(store, tasks);
      if (chosen) {
        operations.assign(keysOf(tasks), chosen.shot);
      }
    },
  );
  on.onTask(
    commands.compareTakes,
    l10n.t('Compare Takes'),
    task => isSavedVideo(task) && shotOf(task) !== undefined,
    async task => compareTakes(task, dependencies),
  );
}

interface ShotItem extends QuickPickItem {
  /** `undefined`: of none. */
  readonly shot?: Shot;
  readonly isNew?: boolean;
}

/** Lets the person choose the shot for tasks: one that has takes, a new one, or none. */
async function chooseShot(
  store: TaskStore,
  tasks: readonly Task[],
): Promise<{ shot: Shot | undefined } | undefined> {
  const items: ShotItem[] = [
    { label: l10n.t('New Shot…'), isNew: true, alwaysShow: true },
    ...shotsIn(store.list()),
  ];
  if (tasks.some(shotOf)) {
    items.push({ label: l10n.t('Not a Take of Any Shot'), alwaysShow: true });
  }
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Assign to Shot'),
    placeHolder: l10n.t('Select a shot'),
    matchOnDescription: true,
  });
  if (chosen?.isNew !== true) {
    return chosen && { shot: chosen.shot };
  }
  const name = await window.showInputBox({
    title: l10n.t('Shot Name'),
    validateInput: text => (text.trim() === '' ? l10n.t('Enter a name.') : undefined),
  });
  return name === undefined ? undefined : { shot: { shotFile: null, shot: name.trim() } };
}

/** The shots that have takes, those of the newest first. */
function shotsIn(tasks: readonly Task[]): ShotItem[] {
  const counts = new Map<string, { shot: Shot; count: number }>();
  for (const task of tasks) {
    const { shotFile, shot } = task;
    if (shotOf(task)) {
      const known = counts.get(shotKey(task));
      counts.set(shotKey(task), { shot: { shotFile, shot }, count: (known?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()].map(({ shot, count }) => ({
    label: shotName(shot),
    description: shot.shotFile ?? '',
    detail: count === 1 ? l10n.t('1 take') : l10n.t('{0} takes', count),
    shot,
  }));
}

/** Opens a shot's takes next to each other, picks first; a person chooses where there are more than fit. */
async function compareTakes(task: Task, dependencies: TakeDependencies): Promise<void> {
  const { store, comparisons } = dependencies;
  const shot = shotOf(task);
  if (!shot) {
    void messages.info(l10n.t('"{0}" is not a take of any shot. Assign it to one first.', nameOf(task)));
    return;
  }
  const takes = store.takes.ofShot(shot).filter(isSavedVideo);
  if (takes.length < FEWEST_CLIPS) {
    void messages.info(l10n.t('This shot has only one saved take.'));
    return;
  }
  const chosen = await takesToCompare(takes, task, dependencies);
  if (chosen) {
    comparisons.show(chosen.map(({ key }) => key));
  }
}

/** Those that are not rejected, where there are two; a person chooses where there are more than fit. */
export async function takesToCompare(
  takes: readonly Task[],
  checked: Task | undefined,
  services: ClipChoiceServices,
): Promise<readonly Task[] | undefined> {
  const wanted = takes.filter(({ verdict }) => verdict !== 'rejected');
  const shown = wanted.length >= FEWEST_CLIPS ? wanted : takes;
  return shown.length <= MOST_CLIPS
    ? shown
    : chooseClips(
        {
          title: l10n.t('Compare Takes'),
          clips: takes,
          checked: checked ? [checked] : [],
          prompt: null,
          fewest: FEWEST_CLIPS,
          most: MOST_CLIPS,
        },
        services,
      );
}
