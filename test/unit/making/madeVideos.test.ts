import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { midnight } from '../../../src/base/days.ts';
import type { MadeVideo } from '../../../src/making/madeVideos.ts';
import { Spending, type DayLimit } from '../../../src/making/spending.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Intent, NewIntent } from '../../../src/tasks/intent.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';
import { aNewIntent, HandClock, NOON } from '../builders.ts';

const DAY = 24 * HOUR;
const GATEWAY = 'https://gateway.example/relay';
const OTHER = 'https://other.example/relay';

describe('what was made', () => {
  let clock: HandClock;
  let store: TaskStore;
  let spending: Spending;
  let limit: DayLimit;

  beforeEach(() => {
    clock = new HandClock();
    store = new TaskStore(':memory:', { clock });
    limit = {};
    spending = new Spending(store, clock, () => limit);
  });

  afterEach(() => {
    store.dispose();
  });

  const videos = (): MadeVideo[] => spending.videosSince(0);

  /** Writes a video down that waits to be sent. */
  function wanted(facts: Partial<NewIntent> = {}, at = NOON): Intent {
    const [intent] = store.intents.add([aNewIntent({ batch: `${at}`, ...facts })], at);
    assert.ok(intent);
    return intent;
  }

  /** Has one sent, with what came of it. */
  function sent(
    facts: Partial<NewIntent>,
    state: 'accepted' | 'refused' | 'unknown',
    taskId: string | null = null,
    at = NOON,
  ): Intent {
    wanted(facts, at);
    const intent = store.intents.claim(at, MINUTE);
    assert.ok(intent);
    const settled = { state, problem: null, problemText: null, response: null, taskId };
    assert.ok(store.intents.settle(intent.id, settled, at));
    return intent;
  }

  function tracked(id: string, facts: TaskPatch = {}, at = NOON, gateway = GATEWAY): number {
    const { task } = store.add(gateway, id, at);
    store.update(task.key, { nextPollAt: null, generation: 'completed', file: 'saved', ...facts });
    return task.key;
  }

  function charged(taskId: string, amount: number): void {
    store.charges.note({ gateway: GATEWAY, taskId, kind: 'kind', seconds: 8, amount }, NOON);
  }

  it('is each video once, with what it was charged, else what it was expected to cost', () => {
    sent({ estimate: 9, file: 'film/a.shot.md', label: 'Ferry' }, 'accepted', 'vgen_1');
    sent({ estimate: 0.75, file: '/elsewhere/a.shot.md' }, 'accepted', 'vgen_2');
    sent({ label: 'Ferry' }, 'accepted', 'vgen_gone');
    tracked('vgen_1');
    tracked('vgen_2', { verdict: 'picked', label: 'Dunes' });
    tracked('vgen_tracked', { amount: 2, model: 'grok' }, NOON - 1);
    charged('vgen_1', 0.5);
    charged('vgen_gone', 0.25);
    assert.deepEqual(
      videos().map(({ id, name, amount, isCharged, workspace, isPicked }) => [
        id,
        name,
        amount,
        isCharged,
        workspace,
        isPicked,
      ]),
      [
        ['vgen_tracked', null, 2, true, null, false],
        ['vgen_1', 'Ferry', 0.5, true, 'film', false],
        ['vgen_2', 'Dunes', 0.75, false, null, true],
        ['vgen_gone', 'Ferry', 0.25, true, null, false],
      ],
    );
  });

  it('has two requests that a gateway gave one ID once, and one ID of two gateways twice', () => {
    sent({ estimate: 1 }, 'accepted', 'vgen_1');
    sent({ estimate: 1 }, 'accepted', 'vgen_1', NOON + MINUTE);
    tracked('vgen_1');
    tracked('vgen_1', { amount: 3 }, NOON, OTHER);
    clock.jump(2 * MINUTE);
    assert.deepEqual(
      videos().map(({ gateway, amount }) => [gateway, amount]),
      [
        [GATEWAY, 1],
        [OTHER, 3],
      ],
    );
    assert.deepEqual(spending.today(GATEWAY), { count: 1, amount: 1, unpriced: 0 });
  });

  it('says how each ended, and drops nothing that may have been charged', () => {
    const outcomes = (): string[] => videos().map(({ outcome }) => outcome);
    sent({}, 'unknown');
    store.intents.resolve(sent({}, 'unknown').id, 'notMade', null, NOON);
    sent({}, 'refused');
    store.intents.resolve(sent({}, 'unknown').id, 'sentAgain', null, NOON);
    sent({}, 'accepted', 'vgen_never');
    wanted();
    assert.deepEqual(outcomes(), ['unknown', 'unknown', 'unknown', 'inProgress']);
    tracked('a', { file: 'expired' });
    tracked('b', { file: 'missing', videoUrl: 'https://media.example/1' });
    tracked('c', { generation: 'failed', file: 'none' });
    tracked('d', { generation: 'stalled', file: 'none' });
    tracked('e', { generation: 'processing', file: 'none' });
    tracked('f', { file: 'none' });
    tracked('g', { file: 'none', nextPollAt: NOON + MINUTE });
    assert.deepEqual(outcomes().slice(4), [
      'lost',
      'delivered',
      'failed',
      'unknown',
      'inProgress',
      'lost',
      'delivered',
    ]);
  });

  it('is no ID that no gateway has known, until it does, unless a request was accepted for it', () => {
    tracked('vgen_mistyped', { generation: 'notFound', file: 'none' });
    tracked('vgen_not_asked', { generation: 'unknown', file: 'none' });
    tracked('vgen_forgotten', { generation: 'notFound', file: 'none', unfinishedAt: NOON });
    sent({}, 'accepted', 'vgen_made');
    tracked('vgen_made', { generation: 'notFound', file: 'none' });
    assert.deepEqual(
      videos().map(({ id, outcome }) => [id, outcome]),
      [
        ['vgen_made', 'unknown'],
        ['vgen_forgotten', 'unknown'],
      ],
    );
  });

  it('stays, with what was known of it, when it is removed from the list', () => {
    const facts = { amount: 2, model: 'grok', verdict: 'picked', fileDuration: 6 } as const;
    sent({ estimate: 1, label: 'Ferry' }, 'accepted', 'vgen_made');
    const keys = [
      tracked('vgen_made', { file: 'expired' }),
      tracked('vgen_running', { generation: 'processing', file: 'none' }, NOON + 1),
      tracked(
        'vgen_tracked',
        { ...facts, completedSeenAt: NOON + MINUTE + 2, shotFile: 'film/a.shot.md' },
        NOON + 2,
      ),
      tracked('vgen_mistyped', { generation: 'notFound', file: 'none' }),
    ];
    clock.jump(MINUTE);
    const before = videos();
    store.remove(keys);
    assert.deepEqual(store.list(), []);
    assert.deepEqual(
      videos(),
      before.map(video => (video.id === 'vgen_running' ? { ...video, outcome: 'unknown' } : video)),
    );
    assert.deepEqual(
      videos().map(({ id, amount, outcome, isPicked, wait }) => [id, amount, outcome, isPicked, wait]),
      [
        ['vgen_made', 1, 'lost', false, null],
        ['vgen_running', null, 'unknown', false, null],
        ['vgen_tracked', 2, 'delivered', true, 60],
      ],
    );
    tracked('vgen_tracked', { ...facts, amount: 2.5 }, NOON + HOUR);
    clock.jump(2 * HOUR);
    assert.deepEqual(
      videos().map(({ id, amount }) => [id, amount]),
      [
        ['vgen_made', 1],
        ['vgen_running', null],
        ['vgen_tracked', 2.5],
      ],
    );
  });

  it('is of the day on which it was sent, and of today while it waits; never of tomorrow', () => {
    sent({ estimate: 2 }, 'unknown', null, midnight(NOON) - 1);
    wanted({ estimate: 1 }, midnight(NOON) - 1);
    tracked('vgen_started_elsewhere', { amount: 4, createdAt: NOON - DAY });
    tracked('vgen_of_a_fast_clock', { amount: 8 }, NOON + 2 * DAY);
    assert.deepEqual(
      videos().map(({ at, amount }) => [at, amount]),
      [
        [NOON - DAY, 4],
        [midnight(NOON) - 1, 2],
        [NOON, 1],
        [NOON, 8],
      ],
    );
    assert.deepEqual(spending.today(GATEWAY), { count: 2, amount: 9, unpriced: 0 });
  });

  it('is the same since any day: a task is found with a request that is older, and never without', () => {
    sent({ estimate: 1 }, 'accepted', 'vgen_late', midnight(NOON) - 1_000);
    tracked('vgen_late', {}, midnight(NOON) + 1_000);
    sent({ estimate: 2 }, 'accepted', 'vgen_early', NOON - HOUR);
    tracked('vgen_early', { file: 'expired' }, NOON - 9 * DAY);
    const since = (moment: number): unknown =>
      spending.videosSince(moment).map(({ id, outcome, amount }) => [id, outcome, amount]);
    assert.deepEqual(since(0), [
      ['vgen_late', 'delivered', 1],
      ['vgen_early', 'lost', 2],
    ]);
    assert.deepEqual(since(midnight(NOON)), [['vgen_early', 'lost', 2]]);
  });

  it('took as long as was seen: nobody knows of what was completed while nobody looked', () => {
    const seen = NOON + 200_000;
    tracked('a', { completedSeenAt: seen });
    tracked('b', { completedSeenAt: NOON + DAY });
    tracked('c', { completedSeenAt: NOON + HOUR, unfinishedAt: NOON + HOUR - MINUTE });
    tracked('d', { completedSeenAt: seen, createdAt: NOON - DAY });
    assert.deepEqual(
      new Map(videos().map(({ id, wait }) => [id, wait])),
      new Map([
        ['a', 200],
        ['b', null],
        ['c', 3_600],
        ['d', null],
      ]),
    );
  });

  it('counts for agents only where an agent wanted it', () => {
    sent({ estimate: 1, madeBy: 'agent' }, 'accepted', 'vgen_1');
    sent({ estimate: 2 }, 'accepted', 'vgen_2');
    tracked('vgen_3', { amount: 4 });
    assert.deepEqual(spending.madeToday(GATEWAY, 'agent'), { count: 1, amount: 1, unpriced: 0 });
    assert.deepEqual(spending.madeToday(GATEWAY), { count: 2, amount: 3, unpriced: 0 });
    assert.deepEqual(spending.today(GATEWAY), { count: 3, amount: 7, unpriced: 0 });
  });

  it('counts against the limit of a day only where it was requested here', () => {
    sent({ estimate: 1 }, 'accepted', 'vgen_1');
    tracked('vgen_2', { amount: 4 });
    const one = { count: 1, amount: 1, unpriced: 0 };
    limit = { count: 2, amount: 2 };
    assert.equal(spending.beyondLimit(GATEWAY, one), undefined);
    limit = { count: 1 };
    assert.deepEqual(spending.beyondLimit(GATEWAY, one), { kind: 'overLimit', limit, today: one });
  });
});
