import { l10n, window, workspace, type ExtensionContext } from 'vscode';
import { systemClock } from './base/clock.ts';
import { DisposableStore } from './base/disposable.ts';
import { messageOf } from './base/errors.ts';
import type { Log } from './base/log.ts';
import { registerKeyCommands } from './commands/keyCommands.ts';
import { registerTaskCommands } from './commands/taskCommands.ts';
import { registerTrackCommand } from './commands/trackCommand.ts';
import { ContextKey } from './host/contextKey.ts';
import { saveFolder } from './host/saveFolder.ts';
import { Keys } from './host/secrets.ts';
import { affects, baseUrlSetting, pollIntervalSetting } from './host/settings.ts';
import { contextKeys, settings } from './ids.ts';
import { Preview } from './preview/panel.ts';
import { Saver } from './saving/saver.ts';
import { judgeAddress, type GatewayAddress } from './tasks/gatewayAddress.ts';
import { openStore } from './tasks/openStore.ts';
import { Operations } from './tasks/operations.ts';
import { Poller } from './tasks/poller.ts';
import { paceFor } from './tasks/schedule.ts';
import { NewerSchemaError } from './tasks/schema.ts';
import type { TaskStore } from './tasks/store.ts';
import type { Task } from './tasks/task.ts';
import { Notifications } from './views/notifications.ts';
import { StatusBar } from './views/statusBar.ts';
import { TaskTree } from './views/taskTree.ts';
import { factsOf, nameOf } from './views/taskText.ts';

/** Builds the parts, connects them, and hands them to VS Code, which disposes them in reverse order. */
export async function activate(context: ExtensionContext): Promise<void> {
  const parts = new DisposableStore();
  context.subscriptions.push(parts);
  const log = parts.add(window.createOutputChannel('Dailies', { log: true }));
  const clock = systemClock;
  const keys = parts.add(new Keys(context.secrets));

  const store = openTaskList(context, clock.now(), log);
  if (!store) {
    return;
  }
  parts.add(store);

  const operations = new Operations(store, clock);
  const poller = parts.add(
    new Poller({
      store,
      clock,
      log,
      random: Math.random,
      paceOf: task => paceFor(gatewayOf(task), pollIntervalSetting()),
      ask: async (task, signal) => {
        const key = await keys.get(gatewayOf(task).origin);
        // Loaded on first use: start-up has no need of axios.
        return key === undefined
          ? undefined
          : (await import('./gateway/client.ts')).askAbout(task, key, signal, log);
      },
    }),
  );
  const saver = parts.add(
    new Saver({
      store,
      clock,
      log,
      folder: () => saveFolder(log),
      rulesOf: task => ({ allowLoopback: gatewayOf(task).isLoopback }),
    }),
  );

  const tree = parts.add(new TaskTree(store, clock));
  parts.add(new StatusBar(store));
  parts.add(new Notifications(store, clock, log));
  const preview = parts.add(new Preview({ extensionUri: context.extensionUri, store, log, nameOf, factsOf }));

  parts.add(registerKeyCommands(keys));
  parts.add(registerTrackCommand({ operations, reveal: key => tree.reveal(key) }));
  parts.add(
    registerTaskCommands({
      store,
      operations,
      preview,
      selection: () => tree.view.selection,
      showLog: () => {
        log.show();
      },
    }),
  );

  const hasKey = new ContextKey(contextKeys.hasKey);
  const lookForKey = async (): Promise<void> => {
    const address = judgeAddress(baseUrlSetting());
    await hasKey.set(typeof address !== 'string' && (await keys.get(address.origin)) !== undefined);
  };
  parts.add(
    store.onDidChange(() => {
      poller.wake();
      saver.wake();
    }),
  );
  parts.add(
    keys.onDidChange(() => {
      store.endKeyPauses();
      poller.wake();
      void lookForKey();
    }),
  );
  parts.add(
    workspace.onDidChangeConfiguration(event => {
      if (affects(event, settings.baseUrl)) {
        void lookForKey();
      }
    }),
  );

  // What a window before this one paused for want of a key is looked at again with the keys of now.
  store.endKeyPauses();
  poller.wake();
  saver.wake();
  await lookForKey();
  await new ContextKey(contextKeys.isReady).set(true);
}

/** Opens the task list, and tells the person when it is damaged or cannot be used. */
function openTaskList(context: ExtensionContext, now: number, log: Log): TaskStore | undefined {
  try {
    const { store, movedAside } = openStore(context.globalStorageUri.fsPath, now, error => {
      log.error(messageOf(error));
    });
    if (movedAside !== undefined) {
      log.warn(`The task list was damaged and was moved to ${movedAside}`);
      const message = l10n.t(
        'The task list was damaged. It was kept as {0}, and a new one was begun.',
        movedAside,
      );
      void window.showWarningMessage(message);
    }
    return store;
  } catch (error) {
    log.error(`The task list cannot be used: ${messageOf(error)}`);
    void window.showErrorMessage(
      error instanceof NewerSchemaError
        ? l10n.t('The task list was written by a newer version of Dailies. Update Dailies to use it.')
        : l10n.t('Dailies cannot open its task list: {0}', messageOf(error)),
    );
    return undefined;
  }
}

/** The gateway a task was tracked with. Stored addresses were judged before they were stored. */
function gatewayOf(task: Task): GatewayAddress {
  const address = judgeAddress(task.gateway);
  if (typeof address === 'string') {
    throw new Error(`The stored gateway address ${task.gateway} cannot be used (${address}).`);
  }
  return address;
}
