import assert from 'node:assert/strict';
import { join } from 'node:path';
import { SECOND } from '../../../src/base/clock.ts';
import { IntentAnnouncer } from '../../../src/news/intentAnnouncer.ts';
import type { Settlement } from '../../../src/store/intents.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { NotifySetting } from '../../../src/tasks/news.ts';
import { aNewIntent, HandClock, ListLog, NOON, useFolder } from '../builders.ts';

/** Several windows on one list. What they tell is kept with the second it was told in. */
describe('notifications about requests', () => {
  const folder = useFolder();
  let clock: HandClock;
  let store: TaskStore;
  let wish: NotifySetting;
  let told: string[];
  let announcers: IntentAnnouncer[];

  beforeEach(() => {
    clock = new HandClock();
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    wish = 'always';
    told = [];
    announcers = [];
  });

  afterEach(() => {
    for (const announcer of announcers) {
      announcer.dispose();
    }
    store.dispose();
  });

  const open = (name: string, isFocused = true): ((isFocused: boolean) => void) => {
    const announcer = new IntentAnnouncer({
      store,
      clock,
      log: new ListLog(),
      wish: () => wish,
      isFocused: () => isFocused,
      show: ({ intents, held }) => {
        const words = intents.map(({ state, label }) => `${label ?? ''} ${state}`).join(', ');
        told.push(`${(clock.now() - NOON) / SECOND} s, ${name}: ${words}; ${held} held`);
      },
    });
    announcers.push(announcer);
    return value => {
      isFocused = value;
      announcer.wake();
    };
  };
  /** Sends the next one that waits, with this end. */
  const settle = (facts: Partial<Settlement>): void => {
    const sent = store.intents.claim(clock.now(), 60_000);
    const settlement: Settlement = {
      state: 'unknown',
      problem: 'network',
      problemText: null,
      response: null,
      taskId: null,
      ...facts,
    };
    assert.ok(sent && store.intents.settle(sent.id, settlement, clock.now()));
  };
  const add = (...labels: string[]): void => {
    store.intents.add(
      labels.map(label => aNewIntent({ label })),
      clock.now(),
    );
  };
  const pass = (seconds: number): void => {
    for (const end = clock.now() + seconds * SECOND; clock.ringNext(end););
  };

  it('is announced once by all windows, by that with the focus, with what is held for it', () => {
    add('one', 'two', 'three');
    open('here', false);
    open('there');
    settle({});
    store.intents.hold('batch-1', clock.now());
    pass(60);
    open('later');
    pass(60);
    assert.deepEqual(told, ['2 s, there: one unknown; 2 held']);
  });

  it('is announced at each end of it, and together when they come together', () => {
    add('one', 'two');
    open('here');
    settle({ state: 'refused', problem: 'refused' });
    settle({ state: 'notSent', problem: 'noKey' });
    pass(10);
    const held = store.intents.open().find(({ label }) => label === 'two');
    store.intents.resume(held?.id ?? '', clock.now());
    settle({ state: 'notSent', problem: 'noKey' });
    pass(10);
    assert.deepEqual(told, [
      '2 s, here: one refused, two notSent; 0 held',
      '12 s, here: two notSent; 0 held',
    ]);
  });

  it('is not announced when it was accepted, was decided in the meantime, or is turned off', () => {
    add('one', 'two', 'three');
    open('here');
    settle({ state: 'accepted', problem: null, taskId: 'vgen_1' });
    settle({});
    const [unknown] = store.intents.open();
    store.intents.resolve(unknown?.id ?? '', 'notMade', null, clock.now());
    pass(10);
    wish = 'never';
    settle({});
    pass(10);
    wish = 'always';
    open('later');
    pass(10);
    assert.deepEqual(told, []);
  });

  it('waits for the person where they want it only in a window that has the focus', () => {
    wish = 'focused';
    add('one');
    const focus = open('here', false);
    settle({});
    pass(30);
    assert.deepEqual(told, []);
    focus(true);
    pass(10);
    assert.equal(told.length, 1);
  });
});
