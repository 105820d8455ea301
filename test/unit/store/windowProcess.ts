/**
 * `node windowProcess.ts ORDER` is a process that works on a task list as one window of several (see
 * windowsProtocol.ts). A line on its standard input means go; the end of it means that the test is over, however it
 * ended.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/base/clock.ts';
import { openStore } from '../../../src/store/openStore.ts';
import { pollUntilDone } from './windowsPolling.ts';
import type { WindowLine, WindowOrder } from './windowsProtocol.ts';
import { makeWrite, writeOf } from './windowsWrites.ts';

const order = JSON.parse(process.argv[2] ?? '') as WindowOrder;
const { store, trouble } = openStore(order.folder, systemClock, fail);
if (trouble) {
  fail(trouble);
}

/** What goes wrong with the list ends the process, so that it does not pass unseen. */
function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

/** Written before the next statement runs: what was said before a kill -9 was said. */
function say(line: WindowLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function hold(lease: number): void {
  const at = Date.now();
  const task = store.leases.claim('poll', at, lease);
  if (task) {
    say({ type: 'claimed', task: task.key, at });
  }
}

function writeForEver(seed: number, number: number): void {
  makeWrite(store, writeOf(seed, number));
  say({ type: 'wrote', number });
  setImmediate(writeForEver, seed, number + 1);
}

function go(times: number): void {
  switch (order.work) {
    case 'poll':
      pollUntilDone(store, order, say, () => {
        store.dispose();
        process.exit();
      });
      break;
    case 'hold':
      hold(order.lease);
      break;
    case 'write':
      writeForEver(order.seed, order.from);
      break;
    case 'rename':
      store.update(order.task, { label: String(times) });
      say({ type: 'renamed', task: order.task, at: Date.now() });
      break;
  }
}

let times = 0;
process.stdin.on('data', () => {
  go(++times);
});
process.stdin.once('end', () => {
  process.exit();
});
say({ type: 'ready' });
