import { messages } from '../host/messages.ts';
import type { Clock } from '../base/clock.ts';
import type { DisposableStore } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { ContextKey } from '../host/contextKey.ts';
import { contextKeys } from '../ids.ts';
import { moveWhenPossible, openWhenFree, type OpenedStore, type StoreTrouble } from '../store/openStore.ts';
import { movedText, warnOnce, troubleText } from './storeTrouble.ts';

/**
 * Opens the task list, and shows what is wrong with it, if anything. While another program locks it, the view says so, and opening
 * is retried. A list that has to be kept in memory is moved to its file automatically once possible.
 */
export async function openTaskList(
  folder: string,
  clock: Clock,
  log: Log,
  parts: DisposableStore,
): Promise<OpenedStore> {
  const listTrouble = new ContextKey<'busy' | 'none'>(contextKeys.listTrouble);
  const stopping = new AbortController();
  parts.add({
    dispose: () => {
      stopping.abort();
    },
  });
  const report = (trouble: StoreTrouble): void => {
    log.error(`Task list: ${JSON.stringify(trouble)}`);
    void messages.warning(troubleText(trouble));
  };
  const opened = await openWhenFree(
    folder,
    clock,
    error => {
      log.error(messageOf(error));
    },
    {
      onBusy: () => {
        log.warn('The task list is in use by another program.');
        void listTrouble.set('busy');
      },
      onRepaired: report,
      signal: stopping.signal,
    },
  );
  const { store, trouble } = opened;
  parts.add(store);
  if (store.file.healed.length > 0) {
    log.warn(`Facts that no task can have were forgotten, of ${store.file.healed.join(', ')}`);
  }
  if (trouble) {
    report(trouble);
  }
  if (trouble?.kind === 'unusable') {
    const moving = moveWhenPossible(folder, store, clock, () => {
      void listTrouble.set('none');
      void messages.info(movedText());
    });
    parts.add(moving);
  }
  if (!store.isReadOnly) {
    store.file.onDidFail(warnOnce());
  }
  return opened;
}
