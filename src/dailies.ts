import { window, workspace, type ExtensionContext } from 'vscode';
import { systemClock } from './base/clock.ts';
import type { DisposableStore } from './base/disposable.ts';
import { messageOf } from './base/errors.ts';
import { registerDeveloperCommands } from './commands/developerCommands.ts';
import { registerKeyCommands } from './commands/keyCommands.ts';
import { registerExchangeCommands } from './commands/exchangeCommands.ts';
import { registerCompareCommands } from './commands/compareCommand.ts';
import { registerFindClipsCommand } from './commands/findClipsCommand.ts';
import { registerListCommands } from './commands/listCommands.ts';
import { registerPollingCommands } from './commands/pollingCommands.ts';
import { registerReportCommand } from './commands/reportCommand.ts';
import { registerSheetCommand } from './commands/sheetCommand.ts';
import { registerFileCommands } from './commands/fileCommands.ts';
import { TaskCommands } from './commands/taskChoice.ts';
import { registerShowTasksCommand } from './commands/showTasksCommand.ts';
import { registerTaskCommands } from './commands/taskCommands.ts';
import { registerTrackCommand } from './commands/trackCommand.ts';
import { registerWalkthroughCommand } from './commands/walkthroughCommand.ts';
import { isThere } from './host/filePresence.ts';
import { isStrings, Kept } from './host/kept.ts';
import { ownSaveFolder, saveFolderUri } from './host/saveFolder.ts';
import { saveTarget } from './host/saveTarget.ts';
import { Keys } from './host/secrets.ts';
import {
  affects,
  automaticSaveSetting,
  baseUrlSetting,
  largestClipSetting,
  listSettings,
  pollSettings,
  saveFileNameSetting,
  saveSidecarSetting,
} from './host/settings.ts';
import { settings } from './ids.ts';
import { registerClipEditor } from './preview/clipEditor.ts';
import { Comparisons } from './preview/comparePanel.ts';
import { Preview, type PreviewDependencies } from './preview/panel.ts';
import { isPlayerMemory, PLAYER_AT_FIRST } from './preview/protocol.ts';
import { saveFrame } from './preview/saveFrame.ts';
import { ContactSheet } from './preview/sheetPanel.ts';
import { isSheetView, SHEET_AT_FIRST } from './preview/sheetProtocol.ts';
import { ClipChecker } from './saving/clipChecker.ts';
import { lookForFiles } from './saving/presence.ts';
import { Saver } from './saving/saver.ts';
import { WorkFiles } from './saving/workFiles.ts';
import { arrange } from './tasks/arrangement.ts';
import { etaOf, Forecasts, type Eta } from './polling/forecast.ts';
import { gatewayOf, judgeAddress } from './tasks/gatewayAddress.ts';
import { LiveTasks } from './store/liveTasks.ts';
import { Operations } from './store/operations.ts';
import { Poller } from './polling/poller.ts';
import { paceFor, type PollPace } from './polling/pace.ts';
import type { Pause } from './tasks/pause.ts';
import { isUnderWay, promptOf, type Task, type TaskKey } from './tasks/task.ts';
import { Badge } from './views/badge.ts';
import { Conditions, listWalkthrough } from './views/conditions.ts';
import { ListMessage } from './views/listMessage.ts';
import { registerNewMark } from './views/newMark.ts';
import { Notifications } from './views/notifications.ts';
import { PollHealth } from './views/pollHealth.ts';
import { RawAnswers } from './views/rawAnswer.ts';
import { watchSettings } from './views/settingsTrouble.ts';
import { StatusBar } from './views/statusBar.ts';
import { registerTaskDrop } from './views/taskDrop.ts';
import { matches } from './views/taskFilter.ts';
import { TaskTree } from './views/taskTree.ts';
import { TreeMemory } from './views/treeMemory.ts';
import { callBy, nameOf, Names } from './views/names.ts';
import { clipFactsOf, comparedFactsOf, factsOf, statusOf } from './views/taskText.ts';
import { openTaskList } from './views/listOpening.ts';
import { Welcome } from './views/welcome.ts';

/** Builds the parts, connects them, and hands them over to `parts`, to be disposed in reverse order. */
export async function startDailies(context: ExtensionContext, parts: DisposableStore): Promise<void> {
  const log = parts.add(window.createOutputChannel('Dailies', { log: true }));
  const clock = systemClock;
  const keys = parts.add(new Keys(context.secrets, clock));

  const { store, trouble } = await openTaskList(context.globalStorageUri.fsPath, clock, log, parts);
  const forecasts = new Forecasts(kind => store.history.of(kind));
  let observed = store.history.grownSince(0).count;
  const paceOf = (task: Task): PollPace => paceFor(gatewayOf(task), pollSettings());

  const operations = new Operations(store, clock);
  const poller = parts.add(
    new Poller({
      store,
      clock,
      log,
      random: Math.random,
      forecasts,
      paceOf,
      savesByItself: automaticSaveSetting,
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
      workFiles: new WorkFiles(store),
      checker: new ClipChecker(context.asAbsolutePath('dist/checkWorker.cjs'), clock, log),
      targetOf: async folder => saveTarget(folder, context.globalStorageUri.fsPath, log),
      nameTemplate: saveFileNameSetting,
      writesSidecars: saveSidecarSetting,
      rulesOf: task => {
        const { base, origin, isLoopback } = gatewayOf(task);
        const gateway = { base, key: () => keys.get(origin) };
        return { allowLoopback: isLoopback, largest: largestClipSetting(), gateway };
      },
    }),
  );

  const names = new Names(clock);
  callBy(names);
  const tasks = parts.add(
    new LiveTasks(
      store,
      error => {
        log.error(messageOf(error));
      },
      names.follow,
    ),
  );
  const timeLeft = (task: Task): Eta | undefined =>
    isUnderWay(task) && task.answeredAt !== null
      ? etaOf(task, forecasts.of(task), paceOf(task), clock.now())
      : undefined;
  const tree = parts.add(
    new TaskTree({
      tasks,
      clock,
      settings: listSettings,
      etaOf: timeLeft,
      memory: new TreeMemory(context.workspaceState),
    }),
  );
  parts.add(new ListMessage(tree, tasks, store, clock));
  const welcome = parts.add(
    new Welcome(store, clock, () => {
      const address = judgeAddress(baseUrlSetting());
      return typeof address === 'string' ? undefined : address.base;
    }),
  );
  parts.add(registerTaskDrop());
  parts.add(registerNewMark());
  parts.add(new Badge(tree.view, tasks, clock));
  const pauses = (): readonly Pause[] => store.pauses.list();
  parts.add(new StatusBar(tasks, pauses, clock));
  parts.add(new Notifications(store, clock, log));
  let looking: Promise<void> | undefined;
  const lookForSavedFiles = (): void => {
    if (!store.isReadOnly) {
      // One look at a time: a network folder may take long to answer.
      looking ??= lookForFiles(store, isThere)
        .catch((error: unknown) => {
          log.error(`Saved files: ${messageOf(error)}`);
        })
        .finally(() => {
          looking = undefined;
        });
    }
  };
  const lookForFile = async (key: TaskKey): Promise<void> => {
    if (!store.isReadOnly) {
      await lookForFiles(store, isThere, key);
    }
  };
  const playerServices = {
    extensionUri: context.extensionUri,
    memory: new Kept(context.globalState, 'player', isPlayerMemory, PLAYER_AT_FIRST),
    saveFrame,
    log,
  };
  const clipServices: PreviewDependencies = {
    ...playerServices,
    tasks,
    nameOf,
    promptOf,
    factsOf: task => (task.file === 'saved' ? clipFactsOf(task) : factsOf(task, clock.now())),
    statusOf: task => statusOf(task, clock.now(), timeLeft(task)),
    clipBeside: (key, by) => tree.clipBeside(key, by),
    onDidRearrange: tree.onDidRearrange,
    onDidShow: key => {
      operations.markSeen(key);
    },
    lookForFile,
  };
  const preview = parts.add(new Preview(clipServices));
  const comparisons = parts.add(new Comparisons({ ...clipServices, factsOf: comparedFactsOf }));
  parts.add(registerClipEditor(playerServices));
  const sheet = parts.add(
    new ContactSheet({
      ...clipServices,
      extensionUri: context.extensionUri,
      memory: new Kept(context.globalState, 'sheet', isSheetView, SHEET_AT_FIRST),
      log,
      inOrder: () =>
        arrange(tasks.all(), { ...listSettings(), nameOf }, clock.now()).flatMap(group => group.tasks),
      matches,
      play: key => {
        preview.show(key);
      },
    }),
  );

  parts.add(
    registerKeyCommands({
      keys,
      entered: new Kept(context.globalState, 'keysEntered', isStrings, []),
      check: async (gateway, key, signal) =>
        (await import('./gateway/keyCheck.ts')).checkKey(gateway, key, signal, log),
    }),
  );
  parts.add(
    registerTrackCommand({
      operations,
      ownFolder: () => ownSaveFolder(log),
      keyOf: origin => keys.get(origin),
      reveal: key => tree.reveal(key),
    }),
  );
  const taskCommands = parts.add(
    new TaskCommands(store, clock, {
      selection: () => tree.selection,
      pointed: () => tree.pointed(),
      ofPage: () =>
        [preview.activeTask, ...comparisons.activeTasks, ...sheet.activeTasks].filter(
          key => key !== undefined,
        ),
    }),
  );
  registerTaskCommands(taskCommands, {
    store,
    operations,
    preview,
    showLog: () => {
      log.show();
    },
    extensionId: context.extension.id,
  });
  registerFileCommands(taskCommands, {
    store,
    operations,
    saveFolder: () => saveFolderUri(log),
    fileNameOf: async task =>
      (await import('./saving/fileName.ts')).nameOfClip(task, saveFileNameSetting(), clock.now()),
    lookForFile,
  });
  parts.add(new RawAnswers(store));
  registerDeveloperCommands(taskCommands);

  parts.add(new PollHealth(store, clock, forecasts));
  parts.add(
    watchSettings(async () => (await import('./saving/fileName.ts')).checkTemplate(saveFileNameSetting())),
  );
  parts.add(registerListCommands(tree));
  parts.add(registerSheetCommand(sheet));
  parts.add(
    registerShowTasksCommand({
      tasks,
      pauses,
      sorting: () => listSettings().sorting,
      etaOf: timeLeft,
      clock,
      log,
    }),
  );
  parts.add(registerReportCommand(context, trouble));
  parts.add(registerPollingCommands(store));
  parts.add(registerExchangeCommands(store, clock));
  parts.add(registerFindClipsCommand(store, clock, log));
  registerCompareCommands(taskCommands, { store, clock, comparisons });
  const isKeySet = async (): Promise<boolean> => {
    const address = judgeAddress(baseUrlSetting());
    return typeof address !== 'string' && (await keys.get(address.origin)) !== undefined;
  };
  parts.add(
    registerWalkthroughCommand({
      extensionId: context.extension.id,
      hasKey: () => isKeySet().catch(() => false),
      hasTasks: () => tasks.size > 0,
    }),
  );
  void listWalkthrough(context.globalState);

  const conditions = parts.add(new Conditions({ store, tasks, clock, isKeySet }));
  // A list that is only shown is not worked on.
  const wake = (): void => {
    if (!store.isReadOnly) {
      poller.wake();
      saver.wake();
    }
  };
  const lookAtKeys = (): void => {
    if (!store.isReadOnly) {
      // First what cannot fail: a list that cannot be written just now goes on by itself later.
      poller.keysChanged();
      operations.useNewKeys();
    }
  };
  parts.add(
    store.onDidChange(() => {
      // Another window may have seen a task end, and learned from it.
      const { kinds, count } = store.history.grownSince(observed);
      observed = count;
      for (const kind of kinds) {
        forecasts.forget(kind);
      }
      wake();
    }),
  );
  parts.add(
    keys.onDidChange(() => {
      lookAtKeys();
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
        lookForSavedFiles();
      }
    }),
  );

  const startWork = async (): Promise<void> => {
    wake();
    lookForSavedFiles();
    await welcome.tell(trouble);
    await welcome.look();
    // What a window before this one paused for want of a key is looked at again with the keys of now.
    if (!store.isReadOnly) {
      store.pauses.end('noKey', 'keyUnreadable');
    }
    await conditions.lookForKey();
    await conditions.setReady();
  };
  // Not part of the activation, which VS Code waits for: a window that is just opening takes its time to answer.
  parts.add(
    clock.setTimer(() => {
      startWork().catch((error: unknown) => {
        log.error(`Start: ${messageOf(error)}`);
      });
    }, 0),
  );
}
