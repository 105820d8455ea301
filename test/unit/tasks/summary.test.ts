import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { ALL_GATEWAYS, type Pause } from '../../../src/tasks/pause.ts';
import { summaryOf, type Summary } from '../../../src/tasks/summary.ts';
import { TALLIES, TasksByTally, tallyOf } from '../../../src/tasks/tally.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';

const HERE = aTask().gateway;
const ELSEWHERE = 'https://other.example/kyyReactApiServer';

const rendering = (facts: Partial<Task> = {}): Task => aTask({ generation: 'processing', ...facts });
const finished = (facts: Partial<Task>): Task =>
  aTask({
    generation: 'completed',
    videoUrl: 'https://media.example/clip.mp4',
    linkExpiresAt: NOON + 20 * HOUR,
    nextPollAt: null,
    ...facts,
  });
const pause = (facts: Partial<Pause>): Pause => ({
  gateway: HERE,
  reason: 'person',
  until: null,
  count: 1,
  ...facts,
});

describe('what a task is counted as', () => {
  const cases: [string, Task, string][] = [
    ['never answered', aTask(), 'waiting'],
    ['queued', aTask({ generation: 'queued' }), 'queued'],
    ['rendering', rendering(), 'rendering'],
    ['in a state without a known name', aTask({ generation: 'unrecognised' }), 'rendering'],
    ['could not be asked', rendering({ problem: 'network' }), 'waiting'],
    ['finished, link to come', finished({ videoUrl: null, nextPollAt: NOON }), 'waiting'],
    ['finished without a video', finished({ videoUrl: null }), 'stuck'],
    ['about to be saved', finished({ file: 'waiting' }), 'saving'],
    ['downloading', finished({ file: 'downloading' }), 'saving'],
    ['left to the person', finished({ file: 'none' }), 'notSaved'],
    ['failed to save', finished({ file: 'failed' }), 'notSaved'],
    ['link dead', finished({ file: 'expired' }), 'notSaved'],
    ['saved', finished({ file: 'saved' }), 'ready'],
    ['saved, its link not known here', finished({ file: 'saved', videoUrl: null }), 'ready'],
    ['saved and looked at', finished({ file: 'saved', seenAt: NOON }), 'seen'],
    ['file gone', finished({ file: 'missing' }), 'stuck'],
    ['failed', aTask({ generation: 'failed', problem: 'network' }), 'failed'],
    ['cancelled', aTask({ generation: 'cancelled' }), 'failed'],
    ['stalled', aTask({ generation: 'stalled' }), 'stalled'],
    ['not found', aTask({ generation: 'notFound' }), 'notFound'],
  ];
  for (const [what, task, tally] of cases) {
    it(`${what}: ${tally}`, () => {
      assert.equal(tallyOf(task), tally);
    });
  }
});

describe('tasks by what they are counted as', () => {
  const members = (tasks: TasksByTally): [string, number[]][] =>
    TALLIES.map(tally => [tally, Array.from(tasks.of(tally), ({ key }) => key).sort()]);

  it('follow each change of a task, and forget those that are removed', () => {
    const queued = aTask({ key: 1, generation: 'queued' });
    const saved = finished({ key: 2, file: 'saved' });
    const tasks = new TasksByTally([queued, saved]);
    tasks.set({ ...queued, generation: 'processing' });
    tasks.set({ ...saved, seenAt: NOON });
    tasks.set(finished({ key: 3, file: 'failed' }));
    tasks.delete(3);
    tasks.delete(4);
    assert.deepEqual(
      members(tasks).filter(([, keys]) => keys.length > 0),
      [
        ['rendering', [1]],
        ['seen', [2]],
      ],
    );
    assert.equal(tasks.count('queued'), 0);
  });
});

describe('the summary of all tasks', () => {
  const of = (tasks: readonly Task[], ...pauses: readonly Pause[]): Summary =>
    summaryOf(new TasksByTally(tasks.map((task, index) => ({ ...task, key: index + 1 }))), pauses, NOON);

  it('counts each task once', () => {
    const tasks = [rendering(), rendering(), finished({ file: 'saved' }), finished({ file: 'failed' })];
    const { counts } = of(tasks);
    assert.deepEqual(
      Object.entries(counts).filter(([, count]) => count > 0),
      [
        ['notSaved', 1],
        ['rendering', 2],
        ['ready', 1],
      ],
    );
  });

  it('knows which clip is lost first, and how many soon', () => {
    const tasks = [
      finished({ file: 'failed' }),
      finished({ file: 'none', linkExpiresAt: NOON + 5 * HOUR }),
      // Not saved yet either, but on its way.
      finished({ file: 'downloading', linkExpiresAt: NOON + HOUR }),
      finished({ file: 'saved', linkExpiresAt: NOON - HOUR }),
    ];
    const { atRisk, risks, unsaved } = of(tasks);
    assert.deepEqual(
      { atRisk, risks, unsaved },
      { atRisk: 2, risks: [NOON + HOUR, NOON + 5 * HOUR], unsaved: [NOON + 20 * HOUR, NOON + 5 * HOUR] },
    );
  });

  it('finds the newest clip that nobody has seen', () => {
    const tasks = [
      finished({ key: 1, file: 'saved', trackedAt: NOON - 2 }),
      finished({ key: 2, file: 'saved', trackedAt: NOON - 1 }),
      finished({ key: 3, file: 'saved', trackedAt: NOON, seenAt: NOON }),
    ];
    assert.equal(of(tasks).newestReady?.key, 2);
  });

  describe('says whether something goes on', () => {
    const offline = pause({ reason: 'unreachable', until: NOON + MINUTE, count: 3 });
    const cases: [string, boolean, Task[], ...Pause[]][] = [
      ['nothing there', false, []],
      ['rendering', true, [rendering()]],
      ['waiting for its first answer', true, [aTask()]],
      ['could not be asked', false, [rendering({ problem: 'timeout' })]],
      ['everything paused', false, [rendering()], pause({ gateway: ALL_GATEWAYS })],
      ['another gateway without a key', true, [rendering()], pause({ gateway: ELSEWHERE, reason: 'noKey' })],
      ['offline', false, [rendering()], offline],
      ['offline, and just being tried again', false, [rendering()], { ...offline, until: NOON - 1 }],
      ['not reached twice, by chance', true, [rendering()], { ...offline, until: NOON, count: 2 }],
      [
        'the gateway asks for a pause',
        true,
        [rendering()],
        pause({ reason: 'rateLimited', until: NOON + MINUTE }),
      ],
      ['a pause of before the clock was set', true, [rendering()], pause({ until: NOON + 2 * HOUR })],
      ['downloading while paused', true, [finished({ file: 'downloading' })], pause({})],
      ['about to be saved', false, [finished({ file: 'waiting' })]],
      ['ready', false, [finished({ file: 'saved' })]],
    ];
    for (const [what, isMoving, tasks, ...pauses] of cases) {
      it(`${what}: ${isMoving ? 'yes' : 'no'}`, () => {
        assert.equal(of(tasks, ...pauses).isMoving, isMoving);
      });
    }
  });

  it('names the pauses that keep tasks waiting, first what a person can do most about', () => {
    const pauses = [
      pause({ reason: 'rateLimited', until: NOON + MINUTE }),
      pause({ reason: 'noKey' }),
      pause({ reason: 'keyRejected', gateway: ELSEWHERE }),
      pause({ reason: 'keyRejected', until: NOON, count: 2 }),
      pause({ gateway: ALL_GATEWAYS }),
    ];
    const reasons = (tasks: readonly Task[]): string[] => of(tasks, ...pauses).holds.map(one => one.reason);
    assert.deepEqual(
      [
        reasons([rendering()]),
        reasons([aTask({ generation: 'stalled', gateway: ELSEWHERE })]),
        reasons([finished({})]),
      ],
      [['person', 'noKey', 'rateLimited'], ['person', 'keyRejected'], ['person']],
    );
  });

  it('has the time of the next poll, which may be never', () => {
    const tasks = [
      rendering({ nextPollAt: NOON + 5 * MINUTE }),
      rendering({ gateway: ELSEWHERE, nextPollAt: NOON + MINUTE }),
      finished({}),
    ];
    const next = (...pauses: Pause[]): number | null => of(tasks, ...pauses).nextPollAt;
    assert.deepEqual(
      [
        next(),
        next(pause({ gateway: ELSEWHERE, reason: 'rateLimited', until: NOON + 2 * MINUTE })),
        next(pause({ gateway: ELSEWHERE, reason: 'keyRejected' })),
        next(pause({ gateway: ALL_GATEWAYS })),
      ],
      [NOON + MINUTE, NOON + 2 * MINUTE, NOON + 5 * MINUTE, null],
    );
  });
});
