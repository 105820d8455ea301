import { l10n, window } from 'vscode';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { Comparisons } from '../preview/comparePanel.ts';
import { FEWEST_CLIPS, MOST_CLIPS } from '../preview/compareProtocol.ts';
import type { Operations } from '../store/operations.ts';
import type { TaskStore } from '../store/store.ts';
import { isSavedVideo } from '../tasks/clipKind.ts';
import { LONGEST_NOTE, shotOf } from '../tasks/shot.ts';
import type { Task } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import { titleOf } from '../views/taskText.ts';
import { assignTo, chooseShotFor, type AssignServices } from './assignCommand.ts';
import { chooseClips, type ClipChoiceServices } from './clipChoice.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface TakeDependencies extends ClipChoiceServices, AssignServices {
  readonly store: TaskStore;
  readonly operations: Operations;
  readonly comparisons: Comparisons;
}

/** What a person decides about takes, and which shots they are takes of. */
export function registerTakeCommands(on: TaskCommands, dependencies: TakeDependencies): void {
  const { operations } = dependencies;
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
      const shot = await chooseShotFor(tasks, dependencies);
      if (shot !== undefined) {
        assignTo(shot, keysOf(tasks), operations);
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
          checked: firstToCompare(shown, checked),
          prompt: null,
          fewest: FEWEST_CLIPS,
          most: MOST_CLIPS,
        },
        services,
      );
}

/** As many as fit: the take that a person is at, the picks, then the newest. */
function firstToCompare(takes: readonly Task[], at: Task | undefined): readonly Task[] {
  const others = takes.filter(({ key }) => key !== at?.key).toReversed();
  const picked = others.filter(({ verdict }) => verdict === 'picked');
  const rest = others.filter(({ verdict }) => verdict !== 'picked');
  return [...(at ? [at] : []), ...picked, ...rest].slice(0, MOST_CLIPS);
}
