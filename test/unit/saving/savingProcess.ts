/**
 * `savingProcess.ts ORDER`, forked, is a window that saves clips (savingProtocol.ts) until it is killed, or the process
 * that forked it ends.
 */
import { join } from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import type { Log } from '../../../src/base/log.ts';
import { ClipChecker } from '../../../src/saving/clipChecker.ts';
import { LocalFolder } from '../../../src/saving/place.ts';
import { Saver } from '../../../src/saving/saver.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskKey } from '../../../src/tasks/task.ts';
import { stepOf, type SavingLine, type SavingOrder } from './savingProtocol.ts';

const order = JSON.parse(process.argv[2] ?? '') as SavingOrder;
const clock: Clock = {
  now: () => Date.now() + order.ahead,
  setTimer: (callback, delay) => systemClock.setTimer(callback, delay),
};
const log: Log = { debug: ignore, info: ignore, warn: console.error, error: console.error };
const store = new TaskStore(join(order.folder, 'dailies.db'), { clock });
const saver = new Saver({
  store,
  clock,
  log,
  workFiles: new WorkFiles(store),
  checker: new ClipChecker(new URL('../../../src/saving/checkWorker.ts', import.meta.url), systemClock, log),
  targetOf: folder => Promise.resolve(new LocalFolder(folder ?? order.target)),
  nameTemplate: () => order.template,
  writesSidecars: () => false,
  rulesOf: () => ({ allowLoopback: true, largest: 1024 ** 3 }),
});

function ignore(): void {
  // What goes well shows in the list.
}

function say(line: SavingLine): void {
  process.send?.(line);
}

function tell(task: TaskKey): void {
  const current = store.get(task);
  if (current) {
    say({ type: 'step', task, step: stepOf(current) });
  }
}

store.onDidChange(keys => {
  saver.wake();
  keys.forEach(tell);
});
process.once('disconnect', () => {
  process.exit();
});
say({ type: 'ready' });
saver.wake();
