import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE } from '../../../src/base/clock.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { NewIntent } from '../../../src/tasks/intent.ts';
import { aNewIntent, HandClock, NOON } from '../builders.ts';

const GATEWAY = 'https://gateway.example/relay';
const LEASE = 2 * MINUTE;

function wish(body: string, changes: Partial<NewIntent> = {}): NewIntent {
  return aNewIntent({ body, hash: `hash of ${body}`, ...changes });
}

const ACCEPTED = {
  state: 'accepted',
  problem: null,
  problemText: null,
  response: '{}',
  taskId: 'vgen_1',
} as const;

describe('intents', () => {
  const clock = new HandClock();
  let folder: string;
  let windows: TaskStore[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-intents-'));
    windows = [];
  });

  afterEach(() => {
    for (const window of windows) {
      window.dispose();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Another window on the same list. */
  function open(name = 'dailies.db'): TaskStore {
    const store = new TaskStore(join(folder, name), { clock });
    windows.push(store);
    return store;
  }

  const states = (store: TaskStore): string[] =>
    store.intents
      .since(0)
      .map(({ body, state, problem }) => [body, state, problem].filter(Boolean).join(' '));

  it('are stored in order, and known to every window', () => {
    const [first, second] = [open(), open()];
    let heard = 0;
    first.onDidChange(() => heard++);
    first.intents.add([wish('a'), wish('b')], NOON);
    assert.equal(heard, 1);
    assert.deepEqual(states(second), ['a waiting', 'b waiting']);
  });

  it('are sent by one window, one after the other for each gateway', () => {
    const [first, second] = [open(), open()];
    const elsewhere = 'https://other.example';
    first.intents.add([wish('a'), wish('b'), wish('c', { gateway: elsewhere, batch: 'batch-2' })], NOON);
    const claimed = [first, second, first, second].map(store => store.intents.claim(NOON, LEASE)?.body);
    assert.deepEqual(claimed, ['a', 'c', undefined, undefined]);
    assert.equal(second.intents.nextDueAt(NOON), NOON + LEASE);
    const a = first.intents.since(0)[0];
    assert.ok(first.intents.settle(String(a?.id), ACCEPTED, NOON));
    assert.equal(second.intents.nextDueAt(NOON), NOON);
    assert.equal(second.intents.claim(NOON, LEASE)?.body, 'b');
  });

  it('that a closed window was sending may have been made, and hold the rest of their batch', () => {
    const [dead, alive] = [open(), open()];
    dead.intents.add([wish('a'), wish('b'), wish('c', { batch: 'batch-2' })], NOON);
    dead.intents.claim(NOON, LEASE);
    assert.equal(alive.intents.claim(NOON + LEASE - 1, LEASE), undefined);
    assert.equal(alive.intents.claim(NOON + LEASE, LEASE)?.body, 'c');
    assert.deepEqual(states(alive), ['a unknown lost', 'b notSent held', 'c sending']);
  });

  it('are accepted also when the window was taken for closed meanwhile', () => {
    const [slow, other] = [open(), open()];
    const [intent] = slow.intents.add([wish('a')], NOON);
    slow.intents.claim(NOON, LEASE);
    other.intents.claim(NOON + LEASE, LEASE);
    assert.ok(slow.intents.settle(String(intent?.id), ACCEPTED, NOON + LEASE));
    assert.deepEqual(states(other), ['a accepted']);
  });

  it('are not settled by a window that did not send them', () => {
    const [first, second] = [open(), open()];
    const [intent] = first.intents.add([wish('a')], NOON);
    first.intents.claim(NOON, LEASE);
    assert.ok(!second.intents.settle(String(intent?.id), ACCEPTED, NOON));
  });

  it('survive a clock that was turned back, without being sent a second time', () => {
    const store = open();
    store.intents.add([wish('a')], NOON);
    store.intents.claim(NOON, LEASE);
    assert.equal(store.intents.claim(NOON - 60 * MINUTE, LEASE), undefined);
    assert.deepEqual(states(store), ['a unknown lost']);
  });

  it('wait while the gateway is rate-limiting', () => {
    const store = open();
    store.intents.add([wish('a')], NOON);
    store.pauses.set({ gateway: GATEWAY, reason: 'rateLimited', until: NOON + MINUTE, count: 1 });
    assert.deepEqual(
      [store.intents.claim(NOON, LEASE), store.intents.nextDueAt(NOON)],
      [undefined, NOON + MINUTE],
    );
    assert.equal(store.intents.claim(NOON + MINUTE, LEASE)?.body, 'a');
  });

  it('that were not sent are sent or dropped by a person; those on their way are neither', () => {
    const store = open();
    const [a, b] = store.intents.add([wish('a'), wish('b')], NOON).map(({ id }) => id) as [string, string];
    store.intents.hold('batch-1', NOON);
    assert.deepEqual([store.intents.resume(a, NOON), store.intents.drop(b, NOON)], [true, true]);
    store.intents.claim(NOON, LEASE);
    assert.deepEqual(
      [store.intents.resume(a, NOON), store.intents.drop(a, NOON), store.intents.resume(b, NOON)],
      [false, false, false],
    );
    assert.deepEqual(states(store), ['a sending', 'b dropped']);
  });

  it('that may have been made are what a person says, once', () => {
    const store = open();
    const [intent] = store.intents.add([wish('a')], NOON);
    const id = String(intent?.id);
    assert.ok(!store.intents.resolve(id, 'notMade', null, NOON));
    store.intents.claim(NOON, LEASE);
    store.intents.settle(id, { ...ACCEPTED, state: 'unknown', problem: 'timeout', taskId: null }, NOON);
    assert.ok(store.intents.lastWanted(GATEWAY, 'hash of a') !== undefined);
    assert.ok(store.intents.resolve(id, 'found', 'vgen_9', NOON));
    assert.ok(!store.intents.resolve(id, 'notMade', null, NOON));
    assert.equal(store.intents.ofTask(GATEWAY, 'vgen_9')?.id, id);
  });

  it('are never sent automatically after the list was moved to another file', () => {
    const store = open();
    store.intents.add([wish('a'), wish('b'), wish('c')], NOON);
    const sent = store.intents.claim(NOON, LEASE);
    store.file.moveTo(join(folder, 'other.db'));
    assert.deepEqual(states(store), ['a unknown repaired', 'b notSent repaired', 'c notSent repaired']);
    // The request that was under way is answered all the same.
    assert.ok(store.intents.settle(String(sent?.id), ACCEPTED, NOON));
  });
});
