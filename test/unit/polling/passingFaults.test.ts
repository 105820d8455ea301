import assert from 'node:assert/strict';
import { join } from 'node:path';
import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { KeyringError } from '../../../src/base/errors.ts';
import { Operations } from '../../../src/store/operations.ts';
import { ALL_GATEWAYS, isHolding, type PauseReason } from '../../../src/tasks/pause.ts';
import type { Poller } from '../../../src/polling/poller.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Reply } from '../../../src/tasks/reply.ts';
import type { ProblemKind, Task } from '../../../src/tasks/task.ts';
import { answered, HandClock, NOON, useFolder } from '../builders.ts';
import { GATEWAY, letPass, makePoller } from './pollerStage.ts';

const requestFailed = (problem: ProblemKind): Reply => ({
  kind: 'requestFailed',
  problem,
  text: 'no',
  retryAfter: null,
});
const denied = requestFailed('notFound');
const rejected: Reply = { kind: 'keyRejected', text: 'no' };

/** What a gateway says to each task at a time, `undefined` for want of a key. */
type Script = (id: string, now: number) => Reply | undefined;

describe('a fault that passes', () => {
  const folder = useFolder();
  let clock: HandClock;
  let store: TaskStore;
  let poller: Poller;
  let script: Script;
  let asked: { id: string; at: number }[];

  const open = (): void => {
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    poller = makePoller(store, clock, {
      requestTask: async ({ id }) => {
        await Promise.resolve();
        const reply = script(id, clock.now());
        asked.push({ id, at: clock.now() });
        return reply;
      },
    });
    store.onDidChange(() => {
      poller.wake();
    });
    poller.wake();
  };
  const close = (): void => {
    poller.dispose();
    store.dispose();
  };

  beforeEach(() => {
    clock = new HandClock();
    asked = [];
    script = () => answered();
    open();
  });
  afterEach(close);

  const pass = (ms: number): Promise<void> => letPass(clock, ms);
  const track = (...ids: string[]): void => {
    store.commit(() => {
      for (const id of ids) {
        store.add(GATEWAY, id, clock.now());
      }
    });
  };
  const all = <Name extends keyof Task>(name: Name): Task[Name][] =>
    ['one', 'two', 'three'].flatMap(id => store.find(GATEWAY, id)?.[name] ?? []);
  const holding = (): PauseReason[] =>
    store.pauses
      .list()
      .filter(pause => isHolding(pause, clock.now()))
      .map(({ reason }) => reason);
  const untold = (): PauseReason[] => store.pauses.untold().map(({ reason }) => reason);

  /** Three tasks that are rendering, as the gateway has said. */
  const underWay = async (): Promise<void> => {
    track('one', 'two', 'three');
    await pass(MINUTE);
    assert.deepEqual(all('generation'), ['processing', 'processing', 'processing']);
  };

  describe('of the gateway is none of the tasks', () => {
    it('a quarter of an hour of denials of everything changes no state, and ends automatically', async () => {
      await underWay();
      script = () => denied;
      await pass(15 * MINUTE);
      assert.deepEqual(
        [all('generation'), all('problem')],
        [
          ['processing', 'processing', 'processing'],
          ['server', 'server', 'server'],
        ],
      );
      script = () => answered();
      await pass(3 * MINUTE);
      assert.deepEqual([all('problem'), all('denials'), store.pauses.list()], [[], [0, 0, 0], []]);
    });

    it('nor does it for a single task with an earlier response, nor for new ones', async () => {
      track('one');
      await pass(MINUTE);
      script = () => denied;
      await pass(5 * MINUTE);
      track('two', 'three');
      await pass(HOUR);
      assert.deepEqual(all('generation'), ['processing', 'unknown', 'unknown']);
    });

    it('but one ID that it denies while the others get a response is not found', async () => {
      script = id => (id === 'three' ? denied : answered());
      track('one', 'two', 'three');
      await pass(30 * MINUTE);
      assert.deepEqual([all('generation'), holding()], [['processing', 'processing', 'notFound'], []]);
    });
  });

  it('what is not found is polled hourly for a week, and found again automatically', async () => {
    script = () => denied;
    track('one');
    await pass(HOUR);
    assert.deepEqual(all('generation'), ['notFound']);
    asked.length = 0;
    await pass(10 * HOUR);
    assert.equal(asked.length, 10);
    script = () => answered();
    await pass(HOUR + MINUTE);
    assert.deepEqual(all('generation'), ['processing']);
    script = () => denied;
    store.update(store.find(GATEWAY, 'one')?.key ?? 0, { generation: 'notFound', deniedSince: NOON });
    clock.jump(7 * 24 * HOUR);
    await pass(2 * HOUR);
    assert.deepEqual(
      [all('generation'), store.leases.nextDueAt('poll', clock.now())],
      [['notFound'], undefined],
    );
    script = () => answered();
    new Operations(store, clock).refresh(store.find(GATEWAY, 'one')?.key ?? 0);
    await pass(MINUTE);
    assert.notDeepEqual(all('generation'), ['notFound']);
  });

  for (const [reason, refusal] of [
    ['keyRejected', rejected],
    ['outOfCredit', requestFailed('outOfCredit')],
  ] as const) {
    describe(`(${reason})`, () => {
      it('a flicker that hits all tasks at once pauses nothing', async () => {
        await underWay();
        const end = clock.now() + 5 * MINUTE;
        let refusals = 0;
        script = (_id, now) => (now < end && refusals++ < 3 ? refusal : answered());
        await pass(10 * MINUTE);
        assert.deepEqual([holding(), untold(), refusals >= 3], [[], [], true]);
        assert.deepEqual(all('problem'), []);
      });

      it('goes on for a minute: the gateway is paused, probed by one request every ten minutes, and goes on automatically', async () => {
        await underWay();
        script = () => refusal;
        await pass(20 * MINUTE);
        assert.deepEqual([holding(), untold()], [[reason], [reason]]);
        const since = store.pauses.get(GATEWAY, reason)?.since;
        asked.length = 0;
        await pass(HOUR);
        assert.equal(asked.length, 6);
        close();
        open();
        await pass(HOUR);
        assert.deepEqual(
          [asked.length, holding(), store.pauses.get(GATEWAY, reason)?.since],
          [12, [reason], since],
        );
        script = () => answered();
        await pass(11 * MINUTE);
        assert.deepEqual([holding(), all('problem'), all('generation').length], [[], [], 3]);
      });

      it('of one foreign id does not pause the gateway', async () => {
        script = id => (id === 'three' ? refusal : answered());
        track('one', 'two', 'three');
        await pass(HOUR);
        const others = asked.filter(({ id }) => id === 'one').map(({ at }) => at);
        assert.deepEqual([holding(), untold()], [[], []]);
        const gaps = others.slice(1).map((at, index) => at - (others[index] ?? 0));
        assert.ok(Math.max(...gaps) <= 5.5 * MINUTE, gaps.join(' '));
      });

      it('of one ID with an earlier response does not pause it either', async () => {
        await underWay();
        script = id => (id === 'three' ? refusal : answered());
        await pass(3 * HOUR);
        assert.deepEqual([holding(), untold()], [[], []]);
      });

      it('is tried at once when a person refreshes', async () => {
        await underWay();
        script = () => refusal;
        await pass(20 * MINUTE);
        script = () => answered();
        new Operations(store, clock).refresh(store.find(GATEWAY, 'one')?.key ?? 0);
        await pass(SECOND);
        assert.deepEqual(holding(), []);
      });
    });
  }

  it('(unreachable) ends within two minutes after the gateway is back', async () => {
    await underWay();
    script = () => requestFailed('network');
    await pass(2 * HOUR);
    assert.deepEqual(
      [holding(), all('generation')],
      [['unreachable'], ['processing', 'processing', 'processing']],
    );
    script = () => answered();
    await pass(2 * MINUTE + 30 * SECOND);
    assert.deepEqual([holding(), all('problem')], [[], []]);
  });

  it('(rateLimited) ends with its time', async () => {
    await underWay();
    let refusals = 0;
    script = () =>
      refusals++ === 0 ? ({ ...requestFailed('rateLimited'), retryAfter: 100_000 } as Reply) : answered();
    await pass(10 * MINUTE);
    assert.deepEqual([holding(), all('problem'), refusals > 3], [[], [], true]);
  });

  it('(noKey) ends when there is a key, and is looked at again at a start', async () => {
    script = () => undefined;
    track('one');
    await pass(HOUR);
    assert.deepEqual([holding(), asked.length], [['noKey'], 1]);
    script = () => answered();
    poller.keysChanged();
    await pass(SECOND);
    assert.deepEqual([holding(), all('problem')], [[], []]);
  });

  it('(keyUnreadable) is no offline gateway, is announced once, and is tried again every minute', async () => {
    let reads = 0;
    script = () => {
      reads++;
      throw new KeyringError('org.freedesktop.secrets is locked');
    };
    track('one');
    await pass(5 * MINUTE);
    assert.deepEqual(
      [holding(), all('problem'), all('problemText'), untold()],
      [['keyUnreadable'], ['keyUnreadable'], ['org.freedesktop.secrets is locked'], ['keyUnreadable']],
    );
    assert.ok(reads >= 5 && reads <= 7, String(reads));
    script = () => answered();
    await pass(1.5 * MINUTE);
    assert.deepEqual([holding(), all('problem')], [[], []]);
  });

  it('(person) is ended by the person only', async () => {
    store.pauses.set({ gateway: ALL_GATEWAYS, reason: 'person', until: null, count: 1 });
    track('one');
    await pass(20 * HOUR);
    assert.deepEqual([holding(), asked], [['person'], []]);
    store.pauses.end('person');
    await pass(SECOND);
    assert.deepEqual(all('generation'), ['processing']);
  });
});
