import { window, workspace } from 'vscode';
import { messageOf } from '../base/errors.ts';
import { affects } from '../host/settings.ts';
import { settings } from '../ids.ts';
import { followHistory } from '../polling/forecast.ts';
import { learnCharges } from '../making/learnCharges.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { Base } from './base.ts';
import type { Loops } from './loops.ts';
import type { List } from './list.ts';
import type { MakingParts } from './making.ts';
import type { Pages } from './pages.ts';

/** The row of the clip in front of the person is the one that is selected. */
export function letListFollow({ parts }: Base, { tree }: List, { preview, comparisons, sheet }: Pages): void {
  const follow = (key: TaskKey | undefined): void => {
    if (key !== undefined) {
      tree.accompany(key);
    }
  };
  parts.add(preview.onDidShowTask(follow));
  parts.add(sheet.onDidShowTask(follow));
  parts.add(
    comparisons.onDidShowTasks(([first]) => {
      follow(first);
    }),
  );
}

/** Passes on what changes: in the store, the keys, the settings, and the focus of the window. */
export function connect(
  base: Base,
  loops: Loops,
  { tree, welcome, conditions }: List,
  { modelOf }: MakingParts,
): void {
  const { parts, store, clock, keys, operations } = base;
  const updateForecasts = followHistory(loops.forecasts, store.history);
  parts.add(
    store.onDidChange(changed => {
      updateForecasts();
      wake(base, loops);
      if (!store.isReadOnly) {
        learnCharges(store, changed, modelOf, clock.now());
      }
    }),
  );
  parts.add(
    keys.onDidChange(() => {
      if (!store.isReadOnly) {
        // The poller first, which cannot fail: a list that cannot be written now recovers later.
        loops.poller.keysChanged();
        operations.useNewKeys();
      }
      void conditions.lookForKey();
    }),
  );
  parts.add(
    workspace.onDidChangeConfiguration(event => {
      if (affects(event, settings.baseUrl)) {
        void conditions.lookForKey();
        void welcome.look();
      }
      if (affects(event, settings.saveMaxSize)) {
        operations.retryAll(['tooLarge']);
      }
      if (affects(event, settings.groupBy) || affects(event, settings.sortBy)) {
        tree.rearrange();
      }
    }),
  );
  parts.add(
    window.onDidChangeWindowState(({ focused }) => {
      // The person may come back from a file manager.
      if (focused) {
        base.ticker.tick();
        loops.files.lookForAll();
      }
    }),
  );
}

/** Starts the work after the activation, which VS Code waits for: a window that is just opening responds slowly. */
export function startSoon(base: Base, loops: Loops, { welcome, conditions, thumbnails }: List): void {
  const { parts, trouble, clock, log } = base;
  const start = async (): Promise<void> => {
    forgetMissingKeys(base);
    wake(base, loops);
    loops.files.lookForAll();
    await welcome.setTrouble(trouble);
    await welcome.look();
    await conditions.lookForKey();
    await conditions.setReady();
    await thumbnails.sweep();
  };
  parts.add(
    clock.setTimer(() => {
      start().catch((error: unknown) => {
        log.error(`Start: ${messageOf(error)}`);
      });
    }, 0),
  );
}

/**
 * What another window paused for lack of a key is tried again with the keys of now. Before the first poll: what that finds out about
 * keys must stay.
 */
function forgetMissingKeys({ store, log }: Base): void {
  try {
    if (!store.isReadOnly) {
      store.pauses.end('noKey', 'keyUnreadable');
    }
  } catch (error) {
    log.warn(`The pauses for lack of a key: ${messageOf(error)}`);
  }
}

/** A read-only list is not worked on. */
function wake({ store }: Base, { poller, saver, maker }: Loops): void {
  if (!store.isReadOnly) {
    poller.wake();
    saver.wake();
    maker.wake();
  }
}
