import { isThere } from '../host/filePresence.ts';
import { saveTarget } from '../host/saveTarget.ts';
import {
  automaticSaveSetting,
  largestClipSetting,
  pollSettings,
  saveFileNameSetting,
  saveSidecarSetting,
} from '../host/settings.ts';
import { ClipChecker } from '../saving/clipChecker.ts';
import { SavedFiles } from '../saving/presence.ts';
import { Saver } from '../saving/saver.ts';
import { WorkFiles } from '../saving/workFiles.ts';
import { Forecasts, timeLeft, type Eta } from '../polling/forecast.ts';
import { gatewayOf } from '../tasks/gatewayAddress.ts';
import { Poller } from '../polling/poller.ts';
import { paceFor, type PollPace } from '../polling/pace.ts';
import type { Task } from '../tasks/task.ts';
import { Maker } from '../making/maker.ts';
import { firstPollAt } from '../polling/schedule.ts';
import type { Family } from '../gateway/models.ts';
import { showLostTask } from '../views/lostTask.ts';
import type { Base } from './base.ts';

/** The loops over the store, and what they know about time. */
export interface Loops {
  readonly poller: Poller;
  readonly saver: Saver;
  readonly maker: Maker;
  readonly files: SavedFiles;
  readonly forecasts: Forecasts;
  readonly etaOf: (task: Task) => Eta | undefined;
}

/** Creates the loops; each begins when it is woken. */
export function createLoops(base: Base): Loops {
  const { store, ticker, log } = base;
  const forecasts = new Forecasts(kind => store.history.of(kind));
  const paceOf = (task: Pick<Task, 'gateway'>): PollPace => paceFor(gatewayOf(task), pollSettings());
  return {
    poller: createPoller(base, forecasts, paceOf),
    saver: createSaver(base),
    maker: createMaker(base, forecasts, paceOf),
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
          : (await import('../gateway/client.ts')).requestTask(task, key, signal, log);
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
        const gateway = { base, key: () => keys.get(origin), endpoint: task.endpoint };
        return { allowLoopback: isLoopback, largest: largestClipSetting(), gateway };
      },
    }),
  );
}

function createMaker(
  { parts, store, clock, log, keys }: Base,
  forecasts: Forecasts,
  paceOf: (task: Pick<Task, 'gateway'>) => PollPace,
): Maker {
  return parts.add(
    new Maker({
      store,
      clock,
      log,
      send: async (intent, signal) => {
        const { gateway, body } = intent;
        const key = await keys.get(gatewayOf(intent).origin);
        if (key === undefined) {
          return undefined;
        }
        const { sendCreate } = await import('../gateway/create.ts');
        return sendCreate({ gateway, family: intent.family as Family, body }, key, signal, log);
      },
      firstPollAt: task => firstPollAt(task, forecasts.of(task), paceOf(task)),
      onLost: showLostTask,
    }),
  );
}
