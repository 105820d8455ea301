import { l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { Comparisons } from '../preview/comparePanel.ts';
import { FEWEST_CLIPS, MOST_CLIPS } from '../preview/compareProtocol.ts';
import type { TaskStore } from '../store/store.ts';
import { isSavedVideo } from '../tasks/clipKind.ts';
import { promptOf, type Task } from '../tasks/task.ts';
import { nameOf } from '../views/names.ts';
import { chooseClips, type ClipChoiceServices } from './clipChoice.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands depend on. */
export interface CompareDependencies extends ClipChoiceServices {
  readonly store: TaskStore;
  readonly comparisons: Comparisons;
}

/**
 * "Compare Clips" and "Compare with…". Given two to four saved clips, they compare these; given one, the user chooses the others;
 * otherwise the user chooses all of them.
 */
export function registerCompareCommands(on: TaskCommands, dependencies: CompareDependencies): void {
  const { store, comparisons } = dependencies;
  const compare = async (...parameters: readonly unknown[]): Promise<void> => {
    const clips = ((await on.tasksOf(...parameters)) ?? []).filter(isSavedVideo);
    const chosen =
      clips.length >= FEWEST_CLIPS && clips.length <= MOST_CLIPS
        ? clips
        : await choose(store.list().filter(isSavedVideo), clips, dependencies);
    if (chosen) {
      comparisons.show(chosen.map(task => task.key));
    }
  };
  on.on(commands.compare, compare);
  on.on(commands.compareWith, compare);
}

/** Lets the user choose what to compare with the one given clip or, given none or too many, all that are compared. */
async function choose(
  clips: readonly Task[],
  given: readonly Task[],
  services: ClipChoiceServices,
): Promise<readonly Task[] | undefined> {
  if (clips.length < FEWEST_CLIPS) {
    void messages.info(l10n.t('Comparing needs at least two saved clips.'));
    return undefined;
  }
  const [first, ...others] = given;
  if (!first || others.length > 0) {
    const title = l10n.t('Compare Clips');
    return chooseClips(
      { title, clips, checked: given, prompt: null, fewest: FEWEST_CLIPS, most: MOST_CLIPS },
      services,
    );
  }
  const chosen = await chooseClips(
    {
      title: l10n.t('Compare "{0}" with…', nameOf(first)),
      clips: clips.filter(({ key }) => key !== first.key),
      checked: [],
      prompt: promptOf(first),
      fewest: FEWEST_CLIPS - 1,
      most: MOST_CLIPS - 1,
    },
    services,
  );
  return chosen && [first, ...chosen];
}
