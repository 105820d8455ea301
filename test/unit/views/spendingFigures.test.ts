import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import type { Intent } from '../../../src/tasks/intent.ts';
import type { Task } from '../../../src/tasks/task.ts';
import {
  csvOf,
  choicesIn,
  figuresOf,
  filtered,
  madeVideos,
  type MadeVideo,
} from '../../../src/views/spendingFigures.ts';
import { aTask, NOON } from '../builders.ts';

const DAY = 24 * HOUR;
const GATEWAY = 'https://gateway.example/relay';
const filter = { gateway: GATEWAY, days: 30, model: null, workspace: null };

function aVideo(facts: Partial<MadeVideo> = {}): MadeVideo {
  return {
    at: NOON,
    gateway: GATEWAY,
    model: 'veo_3_1_fast',
    workspace: null,
    outcome: 'delivered',
    amount: 1,
    isCharged: true,
    seconds: 8,
    isPicked: false,
    wait: 120,
    ...facts,
  };
}

let key = 0;
function anIntent(facts: Partial<Intent> = {}): Intent {
  key++;
  return {
    key,
    id: `intent-${key}`,
    batch: 'batch',
    gateway: GATEWAY,
    family: 'veo',
    model: 'veo_3_1_fast',
    body: '{}',
    hash: '',
    label: null,
    saveFolder: null,
    file: null,
    section: null,
    take: null,
    source: null,
    estimate: null,
    estimateSource: null,
    madeBy: 'person',
    requestKey: null,
    createdAt: NOON,
    state: 'accepted',
    problem: null,
    problemText: null,
    response: null,
    owner: null,
    until: null,
    sentAt: NOON,
    settledAt: NOON,
    taskId: null,
    resolution: null,
    ...facts,
  };
}

const task = (id: string, facts: Partial<Task> = {}): Task =>
  aTask({ key: ++key, gateway: GATEWAY, id, generation: 'completed', file: 'saved', ...facts });

describe('what was made', () => {
  const charges: Readonly<Record<string, number>> = { vgen_1: 0.5, vgen_gone: 0.25 };
  const made = (intents: readonly Intent[], tasks: readonly Task[] = []): MadeVideo[] =>
    madeVideos(intents, tasks, (_gateway, id) => charges[id]);

  it('is each video once, with what it was charged, else what it was expected to cost', () => {
    const videos = made(
      [
        anIntent({ taskId: 'vgen_1', estimate: 9, file: 'film/a.shot.md' }),
        anIntent({ taskId: 'vgen_2', estimate: 0.75, file: '/elsewhere/a.shot.md' }),
        anIntent({ taskId: 'vgen_gone' }),
      ],
      [
        task('vgen_1'),
        task('vgen_2', { verdict: 'picked' }),
        task('vgen_tracked', { amount: 2, model: 'grok' }),
      ],
    );
    assert.deepEqual(
      videos.map(({ amount, isCharged, workspace, isPicked }) => [amount, isCharged, workspace, isPicked]),
      [
        [0.5, true, 'film', false],
        [0.75, false, null, true],
        [0.25, true, null, false],
        [2, true, null, false],
      ],
    );
  });

  it('says how each ended, and drops nothing that may have been charged', () => {
    const outcomes = (intents: readonly Intent[], tasks: readonly Task[] = []): string[] =>
      made(intents, tasks).map(({ outcome }) => outcome);
    assert.deepEqual(
      outcomes([
        anIntent({ state: 'unknown' }),
        anIntent({ state: 'unknown', resolution: 'notMade' }),
        anIntent({ state: 'refused' }),
        anIntent({ state: 'waiting' }),
        anIntent({ taskId: 'vgen_gone' }),
        anIntent({ taskId: 'vgen_never' }),
      ]),
      ['unknown', 'inProgress', 'delivered', 'unknown'],
    );
    assert.deepEqual(
      outcomes(
        [],
        [
          task('a', { file: 'expired' }),
          task('b', { file: 'missing', videoUrl: 'https://media.example/1' }),
          task('c', { generation: 'failed' }),
          task('d', { generation: 'stalled' }),
          task('e', { generation: 'processing' }),
          task('f', { file: 'none', videoUrl: null, nextPollAt: null }),
        ],
      ),
      ['lost', 'delivered', 'failed', 'unknown', 'inProgress', 'lost'],
    );
  });
});

describe('figures of spending', () => {
  it('sum today, 7 and 30 days, whatever range is shown, and count what is not priced', () => {
    const videos = [
      aVideo({ at: NOON - 29 * DAY, amount: 4 }),
      aVideo({ at: NOON - 30 * DAY, amount: 100 }),
      aVideo({ at: NOON - 6 * DAY, amount: 2, isCharged: false }),
      aVideo({ amount: null }),
      aVideo(),
    ];
    const { today, week, month, total } = figuresOf(videos, { ...filter, days: 1 }, NOON);
    assert.deepEqual(
      [today, week, month].map(({ count, amount, unpriced, estimated }) => [
        count,
        amount,
        unpriced,
        estimated,
      ]),
      [
        [2, 1, 1, 0],
        [3, 3, 1, 2],
        [4, 7, 1, 2],
      ],
    );
    assert.deepEqual(total, today);
  });

  it('never add what was spent at one gateway to what was spent at another', () => {
    const other = 'https://other.example/relay';
    const videos = [aVideo(), aVideo({ gateway: other, amount: 50, model: 'grok' })];
    assert.equal(figuresOf(videos, filter, NOON).total.amount, 1);
    assert.deepEqual(choicesIn(videos, GATEWAY), {
      gateways: [GATEWAY, other],
      models: ['veo_3_1_fast'],
      workspaces: [''],
    });
  });

  it('have each day of the range with its models, also across a change of the clock', () => {
    const { days, models } = figuresOf(
      [
        aVideo({ at: NOON - 2 * DAY }),
        aVideo({ at: NOON - 2 * DAY, model: 'grok', amount: 3 }),
        aVideo({ at: NOON, model: 'grok' }),
      ],
      { ...filter, days: 90 },
      NOON,
    );
    assert.equal(days.length, 90);
    assert.equal(new Set(days.map(({ day }) => new Date(day).toDateString())).size, 90);
    assert.deepEqual(
      days.slice(-3).map(({ sums }) => [...sums].map(([model, { amount }]) => `${model} ${amount}`)),
      [['veo_3_1_fast 1', 'grok 3'], [], ['grok 1']],
    );
    assert.deepEqual(
      models.map(({ model }) => model),
      ['grok', 'veo_3_1_fast'],
    );
  });

  it('say what a picked second has cost, with all takes that were paid for it', () => {
    const videos = [aVideo({ isPicked: true }), aVideo({ amount: 3 }), aVideo({ amount: null })];
    assert.deepEqual(figuresOf(videos, filter, NOON).picked, { seconds: 8, perSecond: 0.5 });
    assert.equal(figuresOf([aVideo()], filter, NOON).picked, null);
    assert.equal(figuresOf([aVideo({ isPicked: true, amount: null })], filter, NOON).picked, null);
  });

  it('give the median and the middle half of the waits of each model', () => {
    const waits = [60, 120, 180, 240, 300].map(wait => aVideo({ wait }));
    assert.deepEqual(figuresOf([...waits, aVideo({ wait: null, model: 'grok' })], filter, NOON).waits, [
      { model: 'veo_3_1_fast', count: 5, median: 180, low: 120, high: 240 },
    ]);
  });

  it('count only the chosen model and folder', () => {
    const videos = [
      aVideo({ workspace: 'film' }),
      aVideo({ model: 'grok', workspace: 'film' }),
      aVideo({ at: NOON - MINUTE }),
    ];
    const count = (more: object): number => filtered(videos, { ...filter, ...more }, NOON).length;
    assert.deepEqual(
      [count({ model: 'grok' }), count({ workspace: 'film' }), count({ workspace: '' }), count({})],
      [1, 2, 1, 3],
    );
  });

  it('are a CSV in which nothing is a formula', () => {
    const csv = csvOf([aVideo({ model: '=HYPERLINK("x")', amount: null, workspace: 'a, b' })]);
    assert.equal(
      csv.split('\r\n')[1],
      `2026-11-21T10:00:00.000Z,${GATEWAY},"'=HYPERLINK(""x"")","a, b",delivered,,,8,no,120`,
    );
  });
});
