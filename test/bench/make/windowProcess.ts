/** `node windowProcess.ts ORDER` stands for a window that makes what is to be made, until its standard input ends. */
import { sendCreate } from '../../../src/gateway/create.ts';
import type { Family } from '../../../src/gateway/models.ts';
import { Maker } from '../../../src/making/maker.ts';
import { openStore } from '../../../src/store/openStore.ts';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import { fastClock, type MakeOrder } from './protocol.ts';

const order = JSON.parse(process.argv[2] ?? '') as MakeOrder;
const clock = fastClock(order);
const log = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (text: string) => {
    console.error(text);
  },
};

const { store } = openStore(order.folder, clock, error => {
  console.error(error);
  process.exit(1);
});
const maker = new Maker({
  store,
  clock,
  log,
  send: ({ gateway, family, body }, signal) =>
    sendCreate({ gateway, family: family as Family, body }, DEMO_KEY, signal, log),
  firstPollAt: ({ trackedAt }) => trackedAt + 90_000,
  onLost: (_intent, id) => {
    console.error(`${id} was lost`);
  },
});
store.onDidChange(() => {
  maker.wake();
});
maker.wake();

process.stdin.resume();
process.stdin.once('end', () => {
  process.exit();
});
