import { commands as vscodeCommands, type ExtensionContext } from 'vscode';
import { views } from '../ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Ticker } from '../base/ticker.ts';
import type { DisposableStore } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { isStrings, Kept } from '../host/kept.ts';
import type { Thumbnails } from '../host/thumbnails.ts';
import { ownSaveFolder, saveFolderUri } from '../host/saveFolder.ts';
import type { Keys } from '../host/secrets.ts';
import { largestClipSetting, listSettings, saveFileNameSetting } from '../host/settings.ts';
import type { Model } from '../gateway/models.ts';
import type { Making } from '../making/making.ts';
import type { Eta } from '../polling/forecast.ts';
import type { Comparisons } from '../preview/comparePanel.ts';
import type { CutPlayer } from '../preview/cutPanel.ts';
import type { FrameReading } from '../preview/frameReading.ts';
import type { Preview } from '../preview/panel.ts';
import type { FrameRequest } from '../preview/protocol.ts';
import type { ContactSheet } from '../preview/sheetPanel.ts';
import { ClipChecker } from '../saving/clipChecker.ts';
import type { SavedFiles } from '../saving/presence.ts';
import type { Shots } from '../shots/shots.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { StoreTrouble } from '../store/openStore.ts';
import type { Operations } from '../store/operations.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task } from '../tasks/task.ts';
import type { McpCommand } from '../tools/mcpServer.ts';
import type { TaskTree } from '../views/taskTree.ts';
import { registerCompareCommands } from './compareCommand.ts';
import { registerCutCommands } from './cutCommands.ts';
import { UnfinishedFilms } from './cutUnfinished.ts';
import { registerDeveloperCommands } from './developerCommands.ts';
import { registerExchangeCommands } from './exchangeCommands.ts';
import { registerFileCommands } from './fileCommands.ts';
import { registerFindClipsCommand } from './findClipsCommand.ts';
import { registerIntentCommands } from './intentCommands.ts';
import { registerGatewayCheckCommands } from './gatewayCheckCommand.ts';
import { registerKeyCommands } from './keyCommands.ts';
import { registerLineageCommands } from './lineageCommands.ts';
import { registerListCommands } from './listCommands.ts';
import { registerMakeCommands } from './makeCommands.ts';
import type { MakeVideos } from './makeVideos.ts';
import { registerMcpCommand } from './mcpCommand.ts';
import { registerPageCommands } from './pageCommands.ts';
import { registerPollingCommands } from './pollingCommands.ts';
import { registerReportCommand } from './reportCommand.ts';
import { registerSheetCommand } from './sheetCommand.ts';
import { registerShotCommands } from './shotCommands.ts';
import { registerShowTasksCommand } from './showTasksCommand.ts';
import { registerSpendingCommand } from './spendingCommand.ts';
import { registerTakeCommands, takesToCompare } from './takeCommands.ts';
import { TaskCommands } from './taskChoice.ts';
import { registerTaskCommands } from './taskCommands.ts';
import { registerTrackCommand } from './trackCommand.ts';
import { wasPreviewed } from '../views/conditions.ts';
import { registerWalkthroughCommand } from './walkthroughCommand.ts';

/** What the commands depend on. */
export interface CommandDependencies {
  readonly context: ExtensionContext;
  /** Owns the commands. */
  readonly parts: DisposableStore;
  readonly log: Log & { show(): void };
  readonly clock: Clock;
  readonly ticker: Ticker;
  readonly keys: Keys;
  /** Whether the gateway of the settings has a key. Rejects if that cannot be found out. */
  readonly isKeySet: () => Promise<boolean>;
  readonly store: TaskStore;
  /** What was wrong with the list when it was opened. */
  readonly trouble: StoreTrouble | undefined;
  readonly operations: Operations;
  readonly making: Making;
  /** Has videos made, with all that a person confirms before. */
  readonly makeVideos: MakeVideos;
  /** A model's row of the table. */
  readonly modelOf: (id: string) => Model | undefined;
  /** The model table. */
  readonly models: () => readonly Model[];
  /** Shot files in the editor. */
  readonly shots: Shots;
  readonly files: SavedFiles;
  readonly etaOf: (task: Task) => Eta | undefined;
  readonly tasks: LiveTasks;
  readonly thumbnails: Thumbnails;
  readonly tree: TaskTree;
  readonly preview: Preview;
  readonly comparisons: Comparisons;
  readonly sheet: ContactSheet;
  /** What other programs start to let their agents use this window. */
  readonly mcpCommand: () => Promise<McpCommand>;
  readonly cutPlayer: CutPlayer;
  /** Requests an action on the current frame from the active player. */
  readonly requestFrame: (request: FrameRequest) => void;
  /** What reads single frames of clips. */
  readonly frames: FrameReading;
}

/** Registers every command. */
export function registerCommands(dependencies: CommandDependencies): void {
  registerTaskVerbs(dependencies);
  registerListVerbs(dependencies);
  registerSetUp(dependencies);
}

/** The commands on tasks, from the list or a page. */
function registerTaskVerbs(dependencies: CommandDependencies): void {
  const { context, parts, store, clock, log, operations, files } = dependencies;
  const { tree, preview, comparisons, sheet, thumbnails } = dependencies;
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
      (await import('../saving/fileName.ts')).nameOfClip(task, saveFileNameSetting(), clock.now()),
    lookForFile: key => files.lookFor(key),
  });
  registerCompareCommands(taskCommands, {
    store,
    clock,
    comparisons,
    thumbnailOf: task => thumbnails.addressOf(task),
  });
  registerTakeCommands(taskCommands, {
    store,
    operations,
    shots: dependencies.shots,
    clock,
    comparisons,
    thumbnailOf: task => thumbnails.addressOf(task),
  });
  registerCutCommands(taskCommands, {
    shots: dependencies.shots,
    store,
    selected: () => tree.selection.map(key => store.get(key)).filter(task => task !== undefined),
    played: () =>
      dependencies.cutPlayer.activeTasks.map(key => store.get(key)).filter(task => task !== undefined),
    extensionUri: context.extensionUri,
    log,
    formats: new Kept(context.globalState, 'cutFormats', isStrings, ['otio']),
    unfinished: new UnfinishedFilms(context.workspaceState),
    saveFolder: () => saveFolderUri(log),
    checker: new ClipChecker(context.asAbsolutePath('dist/checkWorker.cjs'), clock, log),
    lookForFile: key => files.lookFor(key),
    cutPlayer: dependencies.cutPlayer,
  });
  registerLineageCommands(taskCommands, {
    store,
    shots: dependencies.shots,
    frames: dependencies.frames,
    lookForFile: key => files.lookFor(key),
    modelOf: dependencies.modelOf,
    openShot: async shot => (await import('./openAsShotFile.ts')).openAsShotFile(shot),
  });
  registerPageCommands(taskCommands, { comparisons, requestFrame: dependencies.requestFrame });
  registerDeveloperCommands(taskCommands, dependencies);
  registerMakeCommands(parts, taskCommands, { ...dependencies, memory: context.globalState });
}

/** The commands on the list as a whole. */
function registerListVerbs(dependencies: CommandDependencies): void {
  const { parts, store, clock, ticker, log, keys, operations, etaOf, tasks, tree, sheet } = dependencies;
  const { shots, makeVideos, preview, comparisons, thumbnails } = dependencies;
  parts.add(
    registerTrackCommand({
      operations,
      ownFolder: () => ownSaveFolder(log),
      keyOf: origin => keys.get(origin),
      reveal: key => tree.reveal(key),
    }),
  );
  parts.add(
    registerIntentCommands({
      store,
      making: dependencies.making,
      makeVideos: dependencies.makeVideos,
      now: () => clock.now(),
      keyOf: origin => keys.get(origin),
      reveal: key => tree.reveal(key),
    }),
  );
  parts.add(registerListCommands(tree));
  parts.add(
    registerShotCommands({
      shots,
      store,
      makeVideos,
      reveal: key => tree.reveal(key),
      play: key => {
        preview.showNextToEditor(key);
      },
      compare: async takes => {
        const clips = await takesToCompare(takes, takes.at(-1), {
          clock,
          thumbnailOf: task => thumbnails.addressOf(task),
        });
        if (clips) {
          comparisons.showNextToEditor(clips.map(({ key }) => key));
        }
      },
      showList: async () => vscodeCommands.executeCommand(`${views.tasks}.focus`),
    }),
  );
  parts.add(registerSheetCommand(sheet));
  parts.add(
    registerShowTasksCommand({
      tasks,
      pauses: () => store.pauses.list(),
      sorting: () => listSettings().sorting,
      etaOf,
      clock,
      ticker,
      log,
    }),
  );
  parts.add(
    registerSpendingCommand({
      extensionUri: dependencies.context.extensionUri,
      memento: dependencies.context.globalState,
      log,
      clock,
      ticker,
      store,
      spending: dependencies.making.spending,
      saveFolder: () => saveFolderUri(log),
    }),
  );
  parts.add(registerPollingCommands(store));
  parts.add(registerExchangeCommands(store, clock));
  parts.add(registerFindClipsCommand(store, clock, log));
}

/** The commands for API keys, the gateway, the walkthrough, and problem reports. */
function registerSetUp(dependencies: CommandDependencies): void {
  const { context, parts, trouble, log, keys, isKeySet, tasks, store, clock, makeVideos, mcpCommand } =
    dependencies;
  parts.add(
    registerKeyCommands({
      keys,
      entered: new Kept(context.globalState, 'keysEntered', isStrings, []),
      check: async (gateway, key, signal) =>
        (await import('../gateway/keyCheck.ts')).checkKey(gateway, key, signal, log),
    }),
  );
  parts.add(
    registerGatewayCheckCommands({
      store,
      clock,
      makeVideos,
      keyOf: origin => keys.get(origin),
      // Loaded on first use: start-up has no need of axios.
      probe: async (address, key, signal) =>
        (await import('../gateway/probe.ts')).probe(address, key, clock, signal),
      probeLink: async (link, { base, origin, isLoopback }, signal) => {
        const gateway = { base, key: () => keys.get(origin) };
        const rules = { allowLoopback: isLoopback, largest: largestClipSetting(), gateway };
        return (await import('../saving/linkProbe.ts')).probeLink(link, rules, signal);
      },
    }),
  );
  parts.add(
    registerWalkthroughCommand({
      extensionId: context.extension.id,
      hasKey: () => isKeySet().catch(() => false),
      hasTasks: () => tasks.size > 0,
      hasPreviewed: () => wasPreviewed(context.globalState),
    }),
  );
  parts.add(registerMcpCommand(mcpCommand));
  parts.add(registerReportCommand(context, trouble));
}
