import { join } from 'node:path';
import { window, workspace, type ExtensionContext } from 'vscode';
import { systemClock, type Clock } from './base/clock.ts';
import type { DisposableStore } from './base/disposable.ts';
import { Emitter } from './base/events.ts';
import { Ticker } from './base/ticker.ts';
import { messageOf } from './base/errors.ts';
import type { Log } from './base/log.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { isThere } from './host/filePresence.ts';
import { Kept } from './host/kept.ts';
import { Thumbnails } from './host/thumbnails.ts';
import { saveTarget } from './host/saveTarget.ts';
import { Keys } from './host/secrets.ts';
import {
  affects,
  automaticSaveSetting,
  gatewaySetting,
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
import { isPlayerMemory, PLAYER_AT_FIRST, type FrameWish } from './preview/protocol.ts';
import { saveFrame } from './preview/saveFrame.ts';
import { ContactSheet } from './preview/sheetPanel.ts';
import { isSheetView, SHEET_AT_FIRST } from './preview/sheetProtocol.ts';
import { ClipChecker } from './saving/clipChecker.ts';
import { SavedFiles } from './saving/presence.ts';
import { Saver } from './saving/saver.ts';
import { WorkFiles } from './saving/workFiles.ts';
import { arrange } from './tasks/arrangement.ts';
import { followHistory, Forecasts, timeLeft, type Eta } from './polling/forecast.ts';
import { gatewayOf } from './tasks/gatewayAddress.ts';
import { modelCalled } from './gateway/models.ts';
import { learnCharges } from './making/learnCharges.ts';
import { LiveTasks } from './store/liveTasks.ts';
import type { StoreTrouble } from './store/openStore.ts';
import { Operations } from './store/operations.ts';
import type { TaskStore } from './store/store.ts';
import { Poller } from './polling/poller.ts';
import { paceFor, type PollPace } from './polling/pace.ts';
import { ageFrom, promptOf, type Task, type TaskKey } from './tasks/task.ts';
import { Badge } from './views/badge.ts';
import { comparedFactsOf } from './views/comparedFacts.ts';
import { Conditions, listWalkthrough, rememberPreviews } from './views/conditions.ts';
import { InStep } from './views/inStep.ts';
import { ListMessage } from './views/listMessage.ts';
import { registerNewMark } from './views/newMark.ts';
import { Notifications } from './views/notifications.ts';
import { PollHealth } from './views/pollHealth.ts';
import { RawAnswers } from './views/rawAnswer.ts';
import { watchSettings } from './views/settingsTrouble.ts';
import { StatusBar } from './views/statusBar.ts';
import { registerTaskDrop } from './views/taskDrop.ts';
import { matches } from './views/taskFilter.ts';
import { reportOf } from './views/taskReport.ts';
import { TaskTree } from './views/taskTree.ts';
import { TreeMemory } from './views/treeMemory.ts';
import { fileMarkOf } from './views/fileMark.ts';
import { ageOf, clockText } from './views/measures.ts';
import { friendlyModel } from './views/shortText.ts';
import { callBy, nameOf, Names } from './views/names.ts';
import { clipFactsOf } from './views/clipFacts.ts';
import { capabilitiesOf } from './views/taskText.ts';
import { openTaskList } from './views/listOpening.ts';
import { Welcome } from './views/welcome.ts';

/** What everything else is built on. */
interface Base {
  readonly context: ExtensionContext;
  /** Owns what is added to it, and disposes it in reverse order. */
  readonly parts: DisposableStore;
  readonly log: Log & { show(): void };
  readonly clock: Clock;
  readonly ticker: Ticker;
  readonly keys: Keys;
  readonly store: TaskStore;
  /** What was wrong with the list when it was opened. */
  readonly trouble: StoreTrouble | undefined;
  readonly operations: Operations;
}

/** The loops over the store, and what they know about time. */
interface Loops {
  readonly poller: Poller;
  readonly saver: Saver;
  readonly files: SavedFiles;
  readonly forecasts: Forecasts;
  readonly etaOf: (task: Task) => Eta | undefined;
}

/** The list, and what is shown around it. */
interface List {
  readonly tasks: LiveTasks;
  readonly thumbnails: Thumbnails;
  readonly tree: TaskTree;
  readonly welcome: Welcome;
  readonly conditions: Conditions;
}

/** The pages that play clips. */
interface Pages {
  readonly preview: Preview;
  readonly comparisons: Comparisons;
  readonly sheet: ContactSheet;
  readonly wishFrame: (wish: FrameWish) => void;
}

/** Builds the parts, connects them, and hands them over to `parts`, to be disposed in reverse order. */
export async function startDailies(context: ExtensionContext, parts: DisposableStore): Promise<void> {
  const base = await openList(context, parts);
  const loops = createLoops(base);
  const list = showList(base, loops);
  const pages = createPages(base, loops, list);
  registerCommands({ ...base, ...loops, ...list, ...pages, isKeySet: () => isKeySet(base.keys) });
  connect(base, loops, list);
  letListFollow(base, list, pages);
  startSoon(base, loops, list);
}

async function openList(context: ExtensionContext, parts: DisposableStore): Promise<Base> {
  const log = parts.add(window.createOutputChannel('Dailies', { log: true }));
  const clock = systemClock;
  const ticker = parts.add(new Ticker(clock));
  const keys = parts.add(new Keys(context.secrets, clock));
  const { store, trouble } = await openTaskList(context.globalStorageUri.fsPath, clock, log, parts);
  const operations = new Operations(store, clock);
  return { context, parts, log, clock, ticker, keys, store, trouble, operations };
}

function createLoops(base: Base): Loops {
  const { store, ticker, log } = base;
  const forecasts = new Forecasts(kind => store.history.of(kind));
  const paceOf = (task: Task): PollPace => paceFor(gatewayOf(task), pollSettings());
  return {
    poller: createPoller(base, forecasts, paceOf),
    saver: createSaver(base),
    files: new SavedFiles(store, isThere, log),
    forecasts,
    etaOf: task => timeLeft(task, forecasts, paceOf(task), ticker.now()),
  };
}

function createPoller(
  { parts, store, clock, log, keys }: Base,
  forecasts: Forecasts,
  paceOf: (task: Task) => PollPace,
): Poller {
  return parts.add(
    new Poller({
      store,
      clock,
      log,
      random: Math.random,
      forecasts,
      paceOf,
      savesAutomatically: automaticSaveSetting,
      requestTask: async (task, signal) => {
        const key = await keys.get(gatewayOf(task).origin);
        // Loaded on first use: start-up has no need of axios.
        return key === undefined
          ? undefined
          : (await import('./gateway/client.ts')).requestTask(task, key, signal, log);
      },
    }),
  );
}

function createSaver({ context, parts, store, clock, log, keys }: Base): Saver {
  return parts.add(
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
}

function showList(base: Base, { etaOf, forecasts }: Loops): List {
  const { context, parts, store, clock, ticker, log, keys } = base;
  const names = new Names(ticker);
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
  const thumbnails = keepThumbnails(context, store, tasks, log);
  parts.add(tasks.onDidChange(keys => void thumbnails.follow(keys)));
  const memory = new TreeMemory(context.workspaceState);
  const thumbnailOf = async (task: Task): Promise<string | undefined> => thumbnails.addressOf(task);
  const tree = parts.add(
    new TaskTree({ tasks, clock, ticker, settings: listSettings, etaOf, thumbnailOf, memory }),
  );
  const { onDidChange } = parts.add(
    new InStep(tasks, tree, clock, ticker, error => {
      log.error(messageOf(error));
    }),
  );
  parts.add(new ListMessage(tree, tasks, store, clock, onDidChange));
  const welcome = parts.add(new Welcome(store, clock, () => gatewaySetting()?.base));
  parts.add(registerTaskDrop());
  parts.add(registerNewMark());
  parts.add(new Badge(tree.view, tasks, onDidChange));
  parts.add(new StatusBar(tasks, () => store.pauses.list(), { clock, ticker }, onDidChange));
  parts.add(new Notifications(store, clock, log));
  parts.add(new RawAnswers(store));
  parts.add(new PollHealth(store, clock, forecasts));
  parts.add(watchSettings(checkFileNameSetting));
  void listWalkthrough(context.globalState);
  const conditions = parts.add(new Conditions({ store, tasks, clock, isKeySet: async () => isKeySet(keys) }));
  return { tasks, thumbnails, tree, welcome, conditions };
}

function keepThumbnails(
  { globalStorageUri }: ExtensionContext,
  store: TaskStore,
  tasks: LiveTasks,
  log: Log,
): Thumbnails {
  return new Thumbnails({
    folder: join(globalStorageUri.fsPath, 'thumbnails'),
    get: key => tasks.get(key),
    all: () => tasks.all(),
    isWhole: () => !store.isInMemory && !store.isReadOnly,
    log,
  });
}

function createPages(base: Base, loops: Loops, { tasks, tree, thumbnails }: List): Pages {
  const { context, parts, clock, ticker, log, operations, store } = base;
  const frameWishes = parts.add(new Emitter<FrameWish>());
  const playerServices = {
    extensionUri: context.extensionUri,
    memory: new Kept(context.globalState, 'player', isPlayerMemory, PLAYER_AT_FIRST),
    saveFrame,
    onDidWishFrame: frameWishes.event,
    log,
  };
  const hasPreviewed = rememberPreviews(context.globalState);
  const clipServices: PreviewDependencies = {
    ...playerServices,
    clock,
    tasks,
    nameOf,
    promptOf,
    capabilitiesOf,
    factsOf: clipFactsOf,
    reportOf: task =>
      reportOf(task, {
        now: ticker.now(),
        eta: loops.etaOf(task),
        isPaused: store.pauses.list().some(pause => pause.reason === 'person'),
      }),
    clipBeside: (key, by) => tree.clipBeside(key, by),
    onDidRearrange: tree.onDidRearrange,
    onDidTick: ticker.onDidTick,
    onDidShow: key => {
      operations.markSeen(key);
      hasPreviewed();
    },
    keepThumbnail: (key, picture) => thumbnails.keep(key, picture),
    lookForFile: key => loops.files.lookFor(key),
  };
  const preview = parts.add(new Preview(clipServices));
  const comparisons = parts.add(new Comparisons({ ...clipServices, factsOf: comparedFactsOf }));
  parts.add(registerClipEditor(playerServices));
  const sheet = parts.add(
    new ContactSheet({
      ...clipServices,
      memory: new Kept(context.globalState, 'sheet', isSheetView, SHEET_AT_FIRST),
      thumbnails,
      capabilitiesOf,
      modelName: friendlyModel,
      lengthText: clockText,
      ageText: task => ageOf(ageFrom(task), ticker.now()),
      fileMarkOf,
      inOrder: () =>
        arrange(tasks.all(), { ...listSettings(), nameOf }, ticker.now()).flatMap(group => group.tasks),
      matches,
      play: key => {
        preview.show(key);
      },
    }),
  );
  const wishFrame = (wish: FrameWish): void => {
    frameWishes.fire(wish);
  };
  return { preview, comparisons, sheet, wishFrame };
}

/** The row of the clip in front of the person is the one that is selected. */
function letListFollow({ parts }: Base, { tree }: List, { preview, comparisons, sheet }: Pages): void {
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
function connect(base: Base, loops: Loops, { tree, welcome, conditions }: List): void {
  const { parts, store, clock, keys, operations } = base;
  const updateForecasts = followHistory(loops.forecasts, store.history);
  parts.add(
    store.onDidChange(changed => {
      updateForecasts();
      wake(base, loops);
      if (!store.isReadOnly) {
        learnCharges(store, changed, modelCalled, clock.now());
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
function startSoon(base: Base, loops: Loops, { welcome, conditions, thumbnails }: List): void {
  const { parts, store, trouble, clock, log } = base;
  const start = async (): Promise<void> => {
    wake(base, loops);
    loops.files.lookForAll();
    await welcome.tell(trouble);
    await welcome.look();
    // What another window paused for lack of a key is tried again with the keys of now.
    if (!store.isReadOnly) {
      store.pauses.end('noKey', 'keyUnreadable');
    }
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

/** A read-only list is not worked on. */
function wake({ store }: Base, { poller, saver }: Loops): void {
  if (!store.isReadOnly) {
    poller.wake();
    saver.wake();
  }
}

async function isKeySet(keys: Keys): Promise<boolean> {
  const gateway = gatewaySetting();
  return gateway !== undefined && (await keys.get(gateway.origin)) !== undefined;
}

async function checkFileNameSetting(): Promise<string | undefined> {
  return (await import('./saving/fileName.ts')).checkTemplate(saveFileNameSetting());
}
