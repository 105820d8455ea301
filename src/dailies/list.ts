import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { sidecarFiles } from '../host/sidecarFiles.ts';
import { Thumbnails } from '../host/thumbnails.ts';
import { SidecarUpdates } from '../saving/sidecarUpdates.ts';
import { gatewaySetting, listSettings, saveFileNameSetting } from '../host/settings.ts';
import { ShotOrder } from '../shots/shotOrder.ts';
import { LiveTasks } from '../store/liveTasks.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { assignTo } from '../commands/assignCommand.ts';
import { Badge } from '../views/badge.ts';
import { Conditions, listWalkthrough } from '../views/conditions.ts';
import { IntentDocuments } from '../views/intentDocument.ts';
import { ListMessage } from '../views/listMessage.ts';
import { registerMarks } from '../views/marks.ts';
import { Notifications } from '../views/notifications.ts';
import { PollHealth } from '../views/pollHealth.ts';
import { RawResponses } from '../views/rawResponse.ts';
import { watchSettings } from '../views/settingsTrouble.ts';
import { ShownList } from '../views/shownList.ts';
import { StatusBar } from '../views/statusBar.ts';
import { registerTaskDrop } from '../views/taskDrop.ts';
import { TaskTree } from '../views/taskTree.ts';
import { TreeMemory } from '../views/treeMemory.ts';
import { callBy, Names } from '../views/names.ts';
import { Welcome } from '../views/welcome.ts';
import { isKeySet, type Base } from './base.ts';
import type { Spent } from '../making/making.ts';
import type { Loops } from './loops.ts';
import type { MakingParts } from './making.ts';

/** The list, and what is shown around it. */
export interface List {
  readonly tasks: LiveTasks;
  readonly thumbnails: Thumbnails;
  readonly tree: TaskTree;
  readonly welcome: Welcome;
  readonly conditions: Conditions;
  /** Where shots stand in their files. */
  readonly shotOrder: ShotOrder;
}

/** Shows the list and what stands around it: badge, status bar, messages, documents. */
export function showList(base: Base, { etaOf, forecasts }: Loops, { making }: MakingParts): List {
  const spentToday = (): Spent | undefined => {
    const gateway = gatewaySetting();
    return gateway && making.spending.today(gateway.base);
  };
  const { context, parts, store, clock, ticker, log, keys, operations } = base;
  const names = new Names(ticker);
  callBy(names);
  const onListenerError = (error: unknown): void => {
    log.error(messageOf(error));
  };
  const tasks = parts.add(new LiveTasks(store, onListenerError, names.follow));
  const shown = parts.add(
    new ShownList(
      {
        tasks,
        pauses: () => store.pauses.list(),
        intents: () => store.intents.open(),
        nameIntents: names.followIntents,
        clock,
        ticker,
      },
      onListenerError,
    ),
  );
  const thumbnails = keepThumbnails(context, store, tasks, log);
  parts.add(tasks.onDidChange(keys => void thumbnails.follow(keys)));
  const sidecars = parts.add(new SidecarUpdates(tasks, sidecarFiles, log));
  parts.add(tasks.onDidChange(keys => void sidecars.follow(keys)));
  const memory = new TreeMemory(context.workspaceState);
  const thumbnailOf = async (task: Task): Promise<string | undefined> => thumbnails.addressOf(task);
  const shotOrder = parts.add(new ShotOrder(clock, onListenerError));
  const tree = parts.add(
    new TaskTree({
      shown,
      assign: (keys, shot) => {
        assignTo(shot, keys, operations);
      },
      taskOfIntent: id => taskOfIntent(store, id),
      settings: listSettings,
      shotIndex: shotOrder.indexOf,
      etaOf,
      thumbnailOf,
      memory,
    }),
  );
  parts.add(
    shotOrder.onDidChange(() => {
      tree.shotsMoved();
    }),
  );
  parts.add(new StatusBar(shown, clock, spentToday));
  parts.add(new Badge(tree.view, shown));
  parts.add(new ListMessage(tree, shown, clock));
  const welcome = parts.add(new Welcome(store, clock, () => gatewaySetting()?.base));
  parts.add(registerTaskDrop());
  parts.add(registerMarks());
  parts.add(new Notifications(store, clock, log));
  parts.add(new RawResponses(store));
  parts.add(new IntentDocuments(store));
  parts.add(new PollHealth(store, clock, forecasts));
  parts.add(watchSettings(checkFileNameSetting));
  void listWalkthrough(context.globalState);
  const conditions = parts.add(new Conditions({ store, tasks, clock, isKeySet: async () => isKeySet(keys) }));
  return { tasks, thumbnails, tree, welcome, conditions, shotOrder };
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

/** The task that an intent has become. */
function taskOfIntent(store: TaskStore, id: string): TaskKey | undefined {
  const intent = store.intents.get(id);
  return intent && intent.taskId !== null ? store.find(intent.gateway, intent.taskId)?.key : undefined;
}

async function checkFileNameSetting(): Promise<string | undefined> {
  return (await import('../saving/fileName.ts')).checkTemplate(saveFileNameSetting());
}
