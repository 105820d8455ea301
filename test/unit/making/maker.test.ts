import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sendCreate } from '../../../src/gateway/create.ts';
import { MODELS, modelCalled, type Family } from '../../../src/gateway/models.ts';
import { Maker } from '../../../src/making/maker.ts';
import { Making, type Plan, type Refusal, type Wish } from '../../../src/making/making.ts';
import type { PriceTable } from '../../../src/making/price.ts';
import { Operations } from '../../../src/store/operations.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Intent } from '../../../src/tasks/intent.ts';
import type { Fault } from '../../gateway/faults.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { waitUntil } from '../../vscode/wait.ts';
import { HandClock, ListLog, useFolder } from '../builders.ts';

const ferry: Wish = { request: { model: 'veo_3_1_fast', prompt: 'A ferry.' } };

describe('making videos', () => {
  const folder = useFolder();
  let gateway: Gateway;
  let clock: HandClock;
  let store: TaskStore;
  let making: Making;
  let maker: Maker;
  let key: string | undefined;
  let prices: PriceTable;
  let limit: { count?: number; amount?: number };
  let lost: string[];

  beforeEach(async () => {
    gateway = await startGateway();
    clock = new HandClock();
    key = DEMO_KEY;
    prices = {};
    limit = {};
    lost = [];
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    making = new Making({
      store,
      clock,
      modelOf: modelCalled,
      prices: () => prices,
      dayLimit: () => limit,
    });
    maker = makerOn(store);
  });

  afterEach(async () => {
    maker.dispose();
    store.dispose();
    await gateway.close();
  });

  function makerOn(window: TaskStore): Maker {
    const log = new ListLog();
    const made = new Maker({
      store: window,
      clock,
      log,
      send: async ({ gateway: to, family, body }, signal) =>
        key === undefined
          ? undefined
          : sendCreate({ gateway: to, family: family as Family, body }, key, signal, log),
      firstPollAt: ({ trackedAt }) => trackedAt + 90_000,
      onLost: (_intent, id) => lost.push(id),
    });
    window.onDidChange(() => {
      made.wake();
    });
    return made;
  }

  function planned(...wishes: Wish[]): Plan {
    const plan = making.plan(gateway.baseUrl, wishes);
    assert.ok(!('kind' in plan), JSON.stringify(plan));
    return plan;
  }

  /** Has wishes made, and waits until nothing waits or is on its way. */
  async function make(wishes: Wish[], ...faults: Fault[]): Promise<string[]> {
    gateway.setFaults(faults, 'create');
    const made = making.make(planned(...wishes), 'person', null);
    assert.ok(Array.isArray(made), JSON.stringify(made));
    return settled();
  }

  async function settled(): Promise<string[]> {
    maker.wake();
    await changed(() =>
      store.intents.open().every(({ state }) => state !== 'waiting' && state !== 'sending'),
    );
    return states();
  }

  /** Waits for the change of the store with which something is so. */
  async function changed(isSo: () => boolean): Promise<void> {
    await new Promise<void>(done => {
      const look = (): void => {
        if (isSo()) {
          listener.dispose();
          done();
        }
      };
      const listener = store.onDidChange(look);
      look();
    });
  }

  const intents = (): Intent[] => store.intents.since(0);
  const states = (): string[] =>
    intents().map(({ state, problem }) => (problem === null ? state : `${state} ${problem}`));
  const numbered = (count: number): Wish[] =>
    Array.from({ length: count }, (_, index) => ({ request: { ...ferry.request, prompt: `Take ${index}` } }));
  /** Time passes, and every timer rings that is due on the way. */
  const pass = (ms: number): void => {
    for (const end = clock.now() + ms; clock.ringNext(end););
  };
  const posts = (): number => gateway.requests.filter(({ method }) => method === 'POST').length;

  it('of a shot file that is renamed while they are on their way belong to it', async () => {
    const listener = store.onDidChange(() => {
      if (store.intents.ofFile('a.shot.md').some(({ state }) => state === 'sending')) {
        store.takes.moveFile('a.shot.md', 'b.shot.md');
      }
    });
    await make([{ ...ferry, file: 'a.shot.md', take: 1 }]);
    listener.dispose();
    assert.deepEqual(
      store.list().map(({ shotFile, take }) => [shotFile, take]),
      [['b.shot.md', 1]],
    );
  });

  it('is a task at once, with all that is known of it', async () => {
    const states = await make([{ ...ferry, label: 'Ferry', file: 'dock.shot.md', section: 'Dawn', take: 2 }]);
    assert.deepEqual(states, ['accepted']);
    const [task] = store.list();
    assert.equal(task?.id, gateway.tasks[0]?.id);
    assert.deepEqual(
      [task?.model, task?.label, task?.nextPollAt, JSON.parse(task?.request ?? '')],
      [
        'veo_3_1_fast',
        'Ferry',
        clock.now() + 90_000,
        { model: 'veo_3_1_fast', prompt: 'A ferry.', resolution: '720p', aspect_ratio: '16:9' },
      ],
    );
    assert.ok(typeof task?.createdAt === 'number');
    assert.deepEqual(
      store.intents.ofFile('dock.shot.md').map(({ taskId, section, take }) => [taskId, section, take]),
      [[task.id, 'Dawn', 2]],
    );
  });

  it('goes one after the other, each sent once', async () => {
    assert.deepEqual(await make(numbered(4), { kind: 'delay', ms: 30 }), Array(4).fill('accepted'));
    const created = gateway.requests.filter(({ method }) => method === 'POST');
    assert.deepEqual(
      created.map(({ body }) => (JSON.parse(body) as { prompt: string }).prompt),
      ['Take 0', 'Take 1', 'Take 2', 'Take 3'],
    );
  });

  it('shared by two windows is sent once all the same', async () => {
    const other = new TaskStore(join(folder(), 'dailies.db'), { clock });
    const otherMaker = makerOn(other);
    try {
      making.make(planned(...numbered(10)), 'person', null);
      otherMaker.wake();
      assert.deepEqual(await settled(), Array(10).fill('accepted'));
      assert.deepEqual([posts(), gateway.tasks.length, store.list().length], [10, 10, 10]);
    } finally {
      otherMaker.dispose();
      other.dispose();
    }
  });

  const held: [what: string, fault: Fault, state: string][] = [
    ['may have been made', { kind: 'reset' }, 'unknown network'],
    ['comes back as a page', { kind: 'html', status: 502 }, 'unknown server'],
    ['has its key rejected', { kind: 'keyRejected' }, 'refused keyRejected'],
    ['meets an empty account', { kind: 'insufficientBalance' }, 'refused outOfCredit'],
  ];
  for (const [what, fault, state] of held) {
    it(`holds the rest of its batch when one ${what}`, async () => {
      assert.deepEqual(await make(numbered(3), { kind: 'none' }, fault), ['accepted', state, 'notSent held']);
      assert.equal(posts(), 2);
    });
  }

  it('goes on after one that is refused for its own sake', async () => {
    assert.deepEqual(await make(numbered(2), { kind: 'businessError' }), ['refused refused', 'accepted']);
  });

  it('without a key sends nothing', async () => {
    key = undefined;
    assert.deepEqual(await make(numbered(2)), ['notSent noKey', 'notSent held']);
    assert.equal(posts(), 0);
  });

  it('waits for as long as the gateway says after too many requests, and then goes on', async () => {
    gateway.setFaults([{ kind: 'rateLimited', retryAfter: '20' }], 'create');
    making.make(planned(ferry), 'person', null);
    maker.wake();
    await gateway.nextExchange();
    await waitUntil('a pause', () => store.pauses.get(gateway.baseUrl, 'rateLimited'));
    assert.deepEqual(states(), ['waiting rateLimited']);
    pass(19_000);
    assert.equal(posts(), 1);
    pass(2_000);
    assert.deepEqual(await settled(), ['accepted']);
    assert.equal(posts(), 2);
  });

  it('that was not sent is sent when a person says so', async () => {
    key = undefined;
    await make(numbered(1));
    key = DEMO_KEY;
    assert.equal((making.resume([String(intents()[0]?.id)]) as readonly Intent[]).length, 1);
    assert.deepEqual(await settled(), ['accepted']);
  });

  it('that may have been made becomes the task whose id a person has', async () => {
    await make([{ ...ferry, label: 'Ferry' }], { kind: 'reset' });
    const id = String(intents()[0]?.id);
    assert.equal(making.found(id, '../nowhere'), undefined);
    assert.equal(making.found(id, String(gateway.tasks[0]?.id))?.id, gateway.tasks[0]?.id);
    assert.deepEqual(
      [states(), store.list()[0]?.label, making.notMade(id)],
      [['accepted network'], 'Ferry', false],
    );
  });

  it('that may have been made counts until a person says that it was not', async () => {
    limit = { count: 1 };
    await make([ferry], { kind: 'html', status: 502 });
    const again = making.make(planned({ request: { ...ferry.request, prompt: 'Another.' } }), 'person', null);
    assert.equal((again as Refusal).kind, 'overLimit');
    assert.ok(making.notMade(String(intents()[0]?.id)));
    assert.deepEqual(await make([ferry]), ['unknown server', 'accepted']);
  });

  it('that may have been made is sent again only by a person, and both count', async () => {
    prices = { veo_3_1_fast: { call: 2 } };
    await make([ferry], { kind: 'reset' });
    making.sendAgain(String(intents()[0]?.id));
    assert.deepEqual(await settled(), ['unknown network', 'accepted']);
    assert.deepEqual(making.spending.today(gateway.baseUrl), { count: 2, amount: 4, unpriced: 0 });
  });

  it('is in the list in any case when it was made, whatever a person has said of it meanwhile', async () => {
    gateway.setFaults([{ kind: 'delay', ms: 150 }], 'create');
    making.make(planned(ferry), 'person', null);
    maker.wake();
    assert.deepEqual(states(), ['sending']);
    const other = new TaskStore(join(folder(), 'dailies.db'), { clock });
    try {
      // The machine slept, and another window takes it for lost.
      clock.jump(4 * 60_000);
      assert.equal(other.intents.claim(clock.now(), 60_000), undefined);
      assert.deepEqual(states(), ['unknown lost']);
      assert.ok(making.notMade(String(intents()[0]?.id)));
      await changed(() => store.list().length === 1);
      assert.deepEqual([states(), intents()[0]?.taskId, posts()], [['accepted'], gateway.tasks[0]?.id, 1]);
      assert.equal(making.spending.today(gateway.baseUrl).count, 1);
    } finally {
      other.dispose();
    }
  });

  it('is not sent without a word when it has waited for half a day, as in a list restored from a copy', async () => {
    maker.dispose();
    making.make(planned(ferry), 'person', null);
    clock.jump(13 * 3600_000);
    maker = makerOn(store);
    assert.deepEqual(await settled(), ['notSent late']);
    assert.equal(posts(), 0);
    making.resume([String(intents()[0]?.id)]);
    assert.deepEqual(await settled(), ['accepted']);
    assert.equal(posts(), 1);
  });

  describe('while its window closes', () => {
    it('is waited for, and nothing more is sent by this window', async () => {
      gateway.setFaults([{ kind: 'delay', ms: 150 }], 'create');
      making.make(planned(...numbered(3)), 'person', null);
      maker.wake();
      await maker.end();
      maker.wake();
      assert.deepEqual([states(), posts()], [['accepted', 'waiting', 'waiting'], 1]);
      assert.equal(store.list()[0]?.id, gateway.tasks[0]?.id);
      maker = makerOn(store);
      assert.deepEqual(await settled(), ['accepted', 'accepted', 'accepted']);
      assert.equal(posts(), 3);
    });

    it('may have been made where no response comes in time, and holds the rest of its batch', async () => {
      gateway.setFaults([{ kind: 'delay', ms: 60_000 }], 'create');
      making.make(planned(...numbered(2)), 'person', null);
      maker.wake();
      await waitUntil('a request', () => posts() === 1 || undefined);
      const ending = maker.end();
      pass(5_000);
      await ending;
      assert.deepEqual([states(), posts()], [['unknown lost', 'notSent held'], 1]);
    });

    it('goes on waiting for another window where nothing had gone out', async () => {
      maker.dispose();
      const stuck = new Maker({
        store,
        clock,
        log: new ListLog(),
        // As a keyring that VS Code no longer asks.
        send: (_intent, signal) =>
          new Promise((_done, fail) => {
            signal.addEventListener('abort', () => {
              fail(new Error('Canceled'));
            });
          }),
        firstPollAt: ({ trackedAt }) => trackedAt,
        onLost: () => undefined,
      });
      making.make(planned(...numbered(2)), 'person', null);
      stuck.wake();
      assert.deepEqual(states(), ['sending', 'waiting']);
      const ending = stuck.end();
      pass(5_000);
      await ending;
      assert.deepEqual(states(), ['waiting', 'waiting']);
      maker = makerOn(store);
      assert.deepEqual(await settled(), ['accepted', 'accepted']);
      assert.equal(posts(), 2);
    });
  });

  it('has its ID shown while the list cannot be written, and is a task as soon as it can', async () => {
    maker.dispose();
    store.dispose();
    store = new TaskStore(join(folder(), 'dailies.db'), { clock, patience: 20 });
    making = new Making({ store, clock, modelOf: modelCalled, prices: () => prices, dayLimit: () => limit });
    maker = makerOn(store);
    gateway.setFaults([{ kind: 'delay', ms: 100 }], 'create');
    making.make(planned(ferry), 'person', null);
    maker.wake();
    // Else SQLite itself would wait for 5 s each time.
    store.file.database.get('PRAGMA busy_timeout = 0');
    const other = new DatabaseSync(join(folder(), 'dailies.db'));
    try {
      other.exec('BEGIN IMMEDIATE');
      await gateway.nextExchange();
      const id = String(gateway.tasks[0]?.id);
      await waitUntil('the id to be shown', () => {
        pass(1_000);
        return lost.length > 0 || undefined;
      });
      assert.deepEqual([lost, states()], [[id], ['sending']]);
      other.exec('ROLLBACK');
      pass(2_000);
      await changed(() => states()[0] === 'accepted');
      assert.deepEqual([states(), store.list().map(task => task.id), posts()], [['accepted'], [id], 1]);
    } finally {
      other.close();
    }
  });

  it('goes to the gateway that it was confirmed for, with its own key, whatever is set meanwhile', async () => {
    await using elsewhere = await startGateway();
    gateway.setFaults([{ kind: 'delay', ms: 60 }], 'create');
    making.make(planned(...numbered(3)), 'person', null);
    maker.wake();
    const plan = making.plan(elsewhere.baseUrl, [ferry]);
    assert.ok(!('kind' in plan));
    making.make(plan, 'person', null);
    await settled();
    assert.deepEqual(
      [gateway, elsewhere].map(({ tasks }) => tasks.length),
      [3, 1],
    );
    assert.deepEqual(states(), Array(4).fill('accepted'));
  });

  it('stops where the key is cleared in the middle of a batch, and sends nothing without it', async () => {
    gateway.setFaults([{ kind: 'none' }, { kind: 'delay', ms: 50 }], 'create');
    making.make(planned(...numbered(4)), 'person', null);
    maker.wake();
    await changed(() => states().filter(state => state === 'accepted').length === 1);
    key = undefined;
    await settled();
    assert.equal(posts(), gateway.tasks.length);
    assert.deepEqual(states().slice(-2), ['notSent noKey', 'notSent held']);
  });

  it('does nothing with a list in memory, which may be the copy of one that is worked on', async () => {
    key = undefined;
    await make(numbered(1), { kind: 'none' });
    const [held] = intents();
    const memory = new TaskStore(':memory:', { clock });
    try {
      memory.intents.bringBack([{ ...held, key: null }]);
      const copy = new Making({
        store: memory,
        clock,
        modelOf: modelCalled,
        prices: () => prices,
        dayLimit: () => limit,
      });
      assert.deepEqual(
        [copy.resume([String(held?.id)]), copy.cancel(String(held?.id)), copy.notMade(String(held?.id))],
        [{ kind: 'noLedger' }, false, false],
      );
      assert.equal(memory.intents.get(String(held?.id))?.state, 'notSent');
    } finally {
      memory.dispose();
    }
  });

  it('has the name that a person gives it, also while it is being sent or just has become a task', async () => {
    const operations = new Operations(store, clock);
    gateway.setFaults([{ kind: 'delay', ms: 100 }], 'create');
    making.make(planned({ ...ferry, label: 'Ferry' }), 'person', null);
    maker.wake();
    assert.deepEqual(states(), ['sending']);
    const id = String(intents()[0]?.id);
    operations.renameIntent(id, ' Ferry at dawn ');
    await settled();
    assert.equal(store.list()[0]?.label, 'Ferry at dawn');
    // The box was open meanwhile.
    operations.renameIntent(id, 'Ferry at dusk');
    assert.equal(store.list()[0]?.label, 'Ferry at dusk');
    operations.renameIntent(id, '');
    assert.equal(store.list()[0]?.label, null);
  });

  it('keeps the estimate that was confirmed, and its source, until the gateway says what was charged', async () => {
    prices = { veo_3_1_fast: { call: 2 } };
    await make([ferry]);
    prices = { veo_3_1_fast: { call: 9 } };
    const [intent] = intents();
    assert.deepEqual([intent?.estimate, intent?.estimateSource], [2, 'table']);
    assert.deepEqual(making.spending.today(gateway.baseUrl), { count: 1, amount: 2, unpriced: 0 });
    const taskId = String(intent?.taskId);
    store.charges.note(
      { gateway: gateway.baseUrl, taskId, kind: 'veo_3_1_fast|text|720p', seconds: 8, amount: 1.5 },
      clock.now(),
    );
    assert.deepEqual(making.spending.today(gateway.baseUrl), { count: 1, amount: 1.5, unpriced: 0 });
    // Of another gateway, neither is anything.
    assert.deepEqual(making.spending.today('https://other.example'), { count: 0, amount: 0, unpriced: 0 });
  });

  it('that was held counts against the limit of the day on which it is sent', async () => {
    key = undefined;
    await make(numbered(2));
    key = DEMO_KEY;
    limit = { count: 1 };
    const ids = intents().map(({ id }) => id);
    assert.equal((making.resume(ids) as Refusal).kind, 'overLimit');
    clock.jump(24 * 3600_000);
    assert.equal((making.resume(ids) as Refusal).kind, 'overLimit');
    assert.equal((making.resume(ids.slice(0, 1)) as readonly Intent[]).length, 1);
    assert.equal((making.resume(ids) as Refusal).kind, 'overLimit');
  });

  it('needs a confirmation when the same was requested just now', async () => {
    await make([ferry]);
    assert.equal(planned(ferry).videos[0]?.repeats, clock.now());
    assert.equal(
      planned({ request: { ...ferry.request, resolution: '1080p' } }).videos[0]?.repeats,
      undefined,
    );
    clock.jump(11 * 60_000);
    assert.equal(planned(ferry).videos[0]?.repeats, undefined);
  });

  it('stops at the limit of the day, by number and by amount, and begins anew after midnight', async () => {
    prices = { veo_3_1_fast: { call: 2 } };
    limit = { amount: 5 };
    await make(numbered(2));
    assert.deepEqual(planned(ferry).today, { count: 2, amount: 4, unpriced: 0 });
    assert.deepEqual(making.make(planned(ferry), 'agent', null), {
      kind: 'overLimit',
      limit,
      today: { count: 2, amount: 4, unpriced: 0 },
    });
    clock.jump(24 * 3600_000);
    assert.ok(Array.isArray(making.make(planned(ferry), 'agent', null)));
  });

  it('of unknown price is not sent where an amount is limited', () => {
    limit = { amount: 5 };
    assert.deepEqual(making.make(planned(ferry), 'person', null), { kind: 'unpriced' });
  });

  it('with an error sends nothing of the whole batch', () => {
    const refusal = making.plan(gateway.baseUrl, [ferry, { request: { model: 'veo_3_1_fast', prompt: '' } }]);
    assert.deepEqual(refusal, {
      kind: 'problems',
      index: 1,
      problems: [{ field: 'prompt', kind: 'missing' }],
    });
  });

  it('of a model that the table does not know needs its family', () => {
    const request = { model: 'veo_9', prompt: 'A ferry.' };
    assert.deepEqual(making.plan(gateway.baseUrl, [{ request }]), { kind: 'noFamily', index: 0 });
    assert.equal(planned({ request, family: 'veo' }).videos[0]?.model, undefined);
  });

  it('is refused while the list is not on the disk', () => {
    const memory = new TaskStore(':memory:', { clock });
    try {
      const elsewhere = new Making({
        store: memory,
        clock,
        modelOf: () => MODELS[0],
        prices: () => ({}),
        dayLimit: () => ({}),
      });
      const plan = elsewhere.plan(gateway.baseUrl, [ferry]);
      assert.deepEqual(elsewhere.make(plan as Plan, 'person', null), { kind: 'noLedger' });
    } finally {
      memory.dispose();
    }
  });
});
