import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import type { MadeVideo } from '../../../src/making/madeVideos.ts';
import { choicesIn, figuresOf, filtered } from '../../../src/views/spendingFigures.ts';
import { aMadeVideo, NOON } from '../builders.ts';

const DAY = 24 * HOUR;
const GATEWAY = 'https://gateway.example/relay';
const filter = { gateway: GATEWAY, days: 30, model: null, workspace: null };

const aVideo = (facts: Partial<MadeVideo> = {}): MadeVideo => aMadeVideo({ gateway: GATEWAY, ...facts });

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

  for (const [zone, change, hours] of [
    ['America/New_York', Date.UTC(2026, 10, 1), 25],
    ['America/New_York', Date.UTC(2026, 2, 8), 23],
    ['Europe/London', Date.UTC(2026, 2, 29), 23],
    // Here the clock goes from 23:59 to 1:00.
    ['Africa/Cairo', Date.UTC(2026, 3, 24), 23],
    ['Asia/Shanghai', Date.UTC(2026, 10, 21), 24],
  ] as const) {
    it(`have days as in ${zone}, also one of ${hours} hours`, () => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        const { year, month, day } = {
          year: 2026,
          month: new Date(change).getUTCMonth(),
          day: new Date(change).getUTCDate(),
        };
        const at = (hour: number, minute: number, days = 0): number =>
          new Date(year, month, day + days, hour, minute).getTime();
        const now = at(15, 0, 2);
        assert.equal((at(0, 0, 1) - at(0, 0)) / HOUR, hours);
        const videos = [at(23, 59, -1), at(1, 0), at(23, 59), at(0, 0, 1), at(0, 0, 2), now].map(moment =>
          aVideo({ at: moment }),
        );
        const { days, today, week } = figuresOf(videos, { ...filter, days: 7 }, now);
        assert.deepEqual(
          days.map(one => [new Date(one.day).getDate(), one.sums.get('veo_3_1_fast')?.count ?? 0]),
          [-4, -3, -2, -1, 0, 1, 2].map((days, index) => [
            new Date(year, month, day + days).getDate(),
            [0, 0, 0, 1, 2, 1, 2][index],
          ]),
        );
        assert.deepEqual([today.count, week.count], [2, 6]);
      } finally {
        process.env.TZ = before;
        if (before === undefined) {
          delete process.env.TZ;
        }
      }
    });
  }
});
