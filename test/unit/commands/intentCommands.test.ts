import assert from 'node:assert/strict';
import { join } from 'node:path';
import { modelCalled } from '../../../src/gateway/models.ts';
import { Making, type DayLimit, type Wish } from '../../../src/making/making.ts';
import type { Settlement } from '../../../src/store/intents.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { NewIntent } from '../../../src/tasks/intent.ts';
import { aNewIntent, HandClock, useFolder } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { registerIntentCommands } = await import('../../../src/commands/intentCommands.ts');

const LOST: Settlement = {
  state: 'unknown',
  problem: 'network',
  problemText: null,
  response: null,
  taskId: null,
};

describe('the verbs on requests', () => {
  const folder = useFolder();
  let clock: HandClock;
  let store: TaskStore;
  let limit: DayLimit;
  let wished: Wish[];
  let revealed: number;

  beforeEach(() => {
    clock = new HandClock();
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    limit = {};
    wished = [];
    revealed = 0;
    const making = new Making({
      store,
      clock,
      modelOf: modelCalled,
      prices: () => ({}),
      dayLimit: () => limit,
    });
    Object.assign(globalThis.fakePerson, { messages: [], button: first, input: undefined, settings: {} });
    registerIntentCommands({
      store,
      making,
      makeVideos: wishes => {
        wished.push(...wishes);
        return Promise.resolve([]);
      },
      now: () => clock.now(),
      keyOf: () => Promise.resolve('not-a-real-key'),
      reveal: () => {
        revealed += 1;
        return Promise.resolve();
      },
    });
  });

  afterEach(() => {
    store.dispose();
  });

  const run = (verb: string, id: unknown): unknown =>
    globalThis.fakePerson.commands.get(`dailies.intent.${verb}`)?.(id);
  const add = (facts: Partial<NewIntent> = {}): string => {
    const body = JSON.stringify({ model: 'veo_3_1_fast', prompt: 'A ferry.' });
    return String(store.intents.add([aNewIntent({ body, ...facts })], clock.now())[0]?.id);
  };
  /** One that was sent, with this end. */
  const sent = (settlement: Settlement, facts: Partial<NewIntent> = {}): string => {
    const id = add(facts);
    store.intents.claim(clock.now(), 60_000);
    assert.ok(store.intents.settle(id, settlement, clock.now()));
    return id;
  };
  const state = (id: string): string => {
    const { state: word, resolution } = store.intents.get(id) ?? {};
    return [word, resolution].filter(Boolean).join(' ');
  };
  const told = (): number => globalThis.fakePerson.messages.length;

  it('cancel what waits, and say that it is too late for what is on its way', async () => {
    const [waiting, onItsWay] = [add({ gateway: 'https://other.example/relay' }), add()];
    await run('cancel', waiting);
    store.intents.claim(clock.now(), 60_000);
    await run('cancel', onItsWay);
    assert.deepEqual([state(waiting), state(onItsWay), told()], ['dropped', 'sending', 1]);
  });

  it('take a row of the list for what it stands for', async () => {
    const id = add();
    await run('cancel', { intent: { id } });
    assert.equal(state(id), 'dropped');
  });

  it('take the ID that a person has, unless it is no ID, or the task of another video', async () => {
    const [mine, other] = [
      sent(LOST),
      sent({ ...LOST, state: 'accepted', problem: null, taskId: 'vgen_4ea4c7f40001' }),
    ];
    for (const input of [
      '',
      'two words',
      'not-a-real-key',
      'vgen_4ea4c7f40001',
      'vgen_4ea4c7f40002 vgen_4ea4c7f40003',
    ]) {
      globalThis.fakePerson.input = input;
      await run('found', mine);
      assert.deepEqual([state(mine), store.list().length], ['unknown', 0], input);
    }
    globalThis.fakePerson.input = 'vgen_4ea4c7f40002';
    await run('found', mine);
    assert.deepEqual([state(mine), state(other), revealed], ['accepted found', 'accepted', 1]);
    assert.deepEqual(
      store.list().map(({ id, request }) => [id, request?.includes('A ferry.')]),
      [['vgen_4ea4c7f40002', true]],
    );
  });

  it('give the request to a task that was tracked by hand before', async () => {
    const id = sent(LOST);
    store.add('https://gateway.example/relay', 'vgen_4ea4c7f40002', clock.now());
    globalThis.fakePerson.input = 'vgen_4ea4c7f40002';
    await run('found', id);
    assert.match(store.list()[0]?.request ?? '', /A ferry\./);
  });

  it('send again only after a word about it, and not beyond the limit of the day', async () => {
    const id = sent(LOST);
    globalThis.fakePerson.button = undefined;
    await run('sendAgain', id);
    assert.equal(state(id), 'unknown');
    globalThis.fakePerson.button = first;
    limit = { count: 1 };
    await run('sendAgain', id);
    assert.deepEqual([state(id), store.intents.since(0).length], ['unknown', 1]);
    limit = {};
    await run('sendAgain', id);
    assert.deepEqual(
      [state(id), store.intents.since(0).map(one => one.state)],
      ['unknown sentAgain', ['unknown', 'waiting']],
    );
    await run('sendAgain', id);
    assert.equal(store.intents.since(0).length, 2);
  });

  it('send what was held at once, and confirm first if the same was sent a moment ago', async () => {
    const id = add();
    store.intents.hold('batch-1', clock.now());
    await run('send', id);
    assert.deepEqual([state(id), told()], ['waiting', 0]);
    const same = add({ batch: 'batch-2' });
    store.intents.hold('batch-2', clock.now());
    globalThis.fakePerson.button = undefined;
    await run('send', same);
    assert.deepEqual([state(same), told()], ['notSent', 1]);
  });

  it('send the rest of its batch with it where a person wants that', async () => {
    const ids = [add({ hash: 'a' }), add({ hash: 'b' }), add({ hash: 'c' })];
    store.intents.hold('batch-1', clock.now());
    globalThis.fakePerson.button = (_message, [, all]) => all;
    await run('send', ids[1]);
    assert.deepEqual(ids.map(state), ['waiting', 'waiting', 'waiting']);
  });

  it('send what was refused as a request of its own, which takes its place', async () => {
    const id = sent({ ...LOST, state: 'refused', problem: 'outOfCredit' }, { label: 'Ferry', take: 2 });
    await run('send', id);
    assert.deepEqual(
      wished.map(({ request, family, label, take }) => [request.prompt, family, label, take]),
      [['A ferry.', 'veo', 'Ferry', 2]],
    );
    assert.equal(state(id), 'dropped');
  });

  it('say of one that it was not made only when that is confirmed', async () => {
    const id = sent(LOST);
    globalThis.fakePerson.button = undefined;
    await run('notMade', id);
    assert.equal(state(id), 'unknown');
    globalThis.fakePerson.button = first;
    await run('notMade', id);
    assert.equal(state(id), 'unknown notMade');
  });
});

/** Presses the first button. */
const first = (_message: string, [button]: readonly string[]): string | undefined => button;
