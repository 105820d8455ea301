import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { MINUTE, SECOND } from '../../../src/base/clock.ts';
import { KeyringError } from '../../../src/base/errors.ts';
import { LiveTasks } from '../../../src/store/liveTasks.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { aNewIntent, HandClock, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { Conditions } = await import('../../../src/views/conditions.ts');

describe('the conditions of the empty view', () => {
  afterEach(() => {
    globalThis.fakePerson.commands.delete('setContext');
  });

  it('say that the keyring does not respond, without waiting for it, and follow it when it does', async () => {
    const clock = new HandClock();
    const context = new Map<unknown, unknown>();
    globalThis.fakePerson.commands.set('setContext', (name, value) => {
      context.set(name, value);
    });
    const store = new TaskStore(':memory:', { clock });
    const first = Promise.withResolvers<boolean>();
    const answers = [first.promise, Promise.resolve(true)];
    const conditions = new Conditions({
      store,
      tasks: new LiveTasks(store, () => undefined),
      clock,
      isKeySet: () => answers.shift() ?? Promise.resolve(true),
    });
    const states = (): unknown[] => [context.get('dailies.hasKey'), context.get('dailies.isKeyUnreadable')];

    const looked = conditions.lookForKey();
    clock.ringNext(NOON + SECOND);
    await looked;
    const hanging = states();
    first.reject(new KeyringError('locked'));
    await setImmediate();
    const failed = states();
    clock.ringNext(NOON + SECOND + MINUTE);
    await setImmediate();
    assert.deepEqual(
      [hanging, failed, states()],
      [
        [false, true],
        [false, true],
        [true, false],
      ],
    );
    conditions.dispose();
    store.dispose();
  });

  it('say whether there are tasks, and videos that are no tasks yet', () => {
    const clock = new HandClock();
    const context = new Map<unknown, unknown>();
    globalThis.fakePerson.commands.set('setContext', (name, value) => {
      context.set(name, value);
    });
    const store = new TaskStore(':memory:', { clock });
    const tasks = new LiveTasks(store, () => undefined);
    const conditions = new Conditions({ store, tasks, clock, isKeySet: () => Promise.resolve(true) });
    const states = (): unknown[] => [context.get('dailies.hasTasks'), context.get('dailies.hasIntents')];

    const empty = states();
    const [intent] = store.intents.add([aNewIntent()], NOON);
    const wanted = states();
    store.intents.drop(intent?.id ?? '', NOON);
    const dropped = states();
    store.commit(() => store.add('https://gateway.example', 'vgen_1', NOON));
    assert.deepEqual(
      [empty, wanted, dropped, states()],
      [
        [false, false],
        [false, true],
        [false, false],
        [true, false],
      ],
    );
    conditions.dispose();
    tasks.dispose();
    store.dispose();
  });
});
