import assert from 'node:assert/strict';
import { HOUR } from '../../../src/base/clock.ts';
import {
  arrange,
  NO_SHOT,
  placeOf,
  stateGroupOf,
  type ArrangementRules,
} from '../../../src/tasks/arrangement.ts';
import { shotName, shotOfKey, type Shot } from '../../../src/tasks/shot.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';

const finished = (facts: Partial<Task>): Task =>
  aTask({
    generation: 'completed',
    videoUrl: 'https://media.example/clip.mp4',
    linkExpiresAt: NOON + 20 * HOUR,
    nextPollAt: null,
    ...facts,
  });

const rules = (facts: Partial<ArrangementRules> = {}): ArrangementRules => ({
  grouping: 'state',
  sorting: 'newest',
  nameOf: task => task.label ?? task.id,
  ...facts,
});

describe('where a task stands', () => {
  const cases: [string, Task, string][] = [
    ['never answered', aTask(), 'inProgress'],
    ['rendering', aTask({ generation: 'processing' }), 'inProgress'],
    ['could not be asked', aTask({ generation: 'processing', problem: 'network' }), 'inProgress'],
    ['without a key', aTask({ problem: 'noKey' }), 'inProgress'],
    ['key rejected', aTask({ problem: 'keyRejected' }), 'inProgress'],
    ['out of credit', aTask({ problem: 'outOfCredit' }), 'inProgress'],
    ['stalled', aTask({ generation: 'stalled' }), 'attention'],
    ['not found', aTask({ generation: 'notFound' }), 'attention'],
    ['finished, link to come', finished({ videoUrl: null, nextPollAt: NOON }), 'inProgress'],
    ['finished without a video', finished({ videoUrl: null }), 'attention'],
    ['about to be saved', finished({ file: 'waiting' }), 'inProgress'],
    [
      'about to be saved, link dying',
      finished({ file: 'waiting', linkExpiresAt: NOON + 5 * HOUR }),
      'attention',
    ],
    ['downloading', finished({ file: 'downloading' }), 'inProgress'],
    ['not saved', finished({ file: 'none' }), 'attention'],
    ['failed to save', finished({ file: 'failed' }), 'attention'],
    ['link dead', finished({ file: 'expired' }), 'attention'],
    ['saved', finished({ file: 'saved', linkExpiresAt: NOON - HOUR }), 'ready'],
    ['saved, its link not known here', finished({ file: 'saved', videoUrl: null }), 'ready'],
    ['file gone', finished({ file: 'missing' }), 'attention'],
    ['failed', aTask({ generation: 'failed', problem: 'noKey' }), 'failed'],
    ['cancelled', aTask({ generation: 'cancelled' }), 'failed'],
  ];
  for (const [what, task, group] of cases) {
    it(`${what}: ${group}`, () => {
      assert.equal(stateGroupOf(task, NOON), group);
    });
  }
});

describe('the arrangement of the list', () => {
  const tasks = [
    aTask({ key: 1, label: 'rain', model: 'veo_3_1_fast', trackedAt: NOON - 30 * HOUR }),
    aTask({ key: 2, label: 'sun', model: 'grok_video3', trackedAt: NOON, generation: 'failed' }),
    aTask({ key: 3, label: 'fog', model: null, trackedAt: NOON, generation: 'stalled' }),
    finished({ key: 4, label: 'hail', model: 'veo_3_1_fast', trackedAt: NOON - HOUR, file: 'saved' }),
  ];
  const shown = (facts: Partial<ArrangementRules>): unknown =>
    arrange(tasks, rules(facts), NOON).map(group => [group.id, group.tasks]);

  it('has what needs a person on top, and no empty groups', () => {
    assert.deepEqual(shown({}), [
      ['attention', [3]],
      ['inProgress', [1]],
      ['ready', [4]],
      ['failed', [2]],
    ]);
  });

  it('is by model, what has none yet last', () => {
    assert.deepEqual(shown({ grouping: 'model' }), [
      ['grok_video3', [2]],
      ['veo_3_1_fast', [4, 1]],
      ['-', [3]],
    ]);
  });

  it('is by day, the newest first', () => {
    assert.deepEqual(
      (shown({ grouping: 'day' }) as [string, number[]][]).map(([, keys]) => keys),
      [[3, 2, 4], [1]],
    );
  });

  it('is one list in any order', () => {
    const orders = (['newest', 'oldest', 'name', 'model'] as const).map(sorting =>
      shown({ grouping: 'none', sorting }),
    );
    assert.deepEqual(orders, [
      [['', [3, 2, 4, 1]]],
      [['', [1, 4, 2, 3]]],
      [['', [3, 4, 1, 2]]],
      [['', [3, 2, 4, 1]]],
    ]);
  });

  it('goes by when a task began, which may be long before it was tracked', () => {
    const late = aTask({ key: 5, trackedAt: NOON, createdAt: NOON - 26 * HOUR });
    const groups = arrange([...tasks, late], rules({ grouping: 'day' }), NOON);
    assert.deepEqual(
      groups.map(group => group.tasks),
      [
        [3, 2, 4],
        [5, 1],
      ],
    );
  });

  it('stays as it is when a change moves nothing', () => {
    const [task] = tasks as [Task];
    const place = (facts: Partial<Task>): string => placeOf({ ...task, ...facts }, rules(), NOON);
    assert.deepEqual(
      [place({ generation: 'processing' }) === place({}), place({ generation: 'failed' }) === place({})],
      [true, false],
    );
  });
});

describe('shots in the list', () => {
  const file = 'shots/rain.shot.md';
  const tasks = [
    aTask({ key: 1, shotFile: file, shot: 'Shot 10', take: 1 }),
    aTask({ key: 2, shotFile: file, shot: 'Shot 2', take: 2, trackedAt: NOON + 5 }),
    aTask({ key: 3, shotFile: file, shot: 'Shot 2', take: 1, verdict: 'rejected' }),
    aTask({ key: 4, shotFile: file, shot: 'Shot 2', take: 10, trackedAt: NOON - 5 }),
    aTask({ key: 5 }),
    aTask({ key: 6, shotFile: 'alone.shot.md', take: 1 }),
    aTask({ key: 7, shot: 'Without a file', take: 1 }),
  ];

  it('stand by file and heading, each with its takes in their order, and what was rejected last', () => {
    for (const sorting of ['newest', 'oldest'] as const) {
      assert.deepEqual(
        arrange(tasks, rules({ grouping: 'shot', sorting }), NOON).map(group => [
          group.id === NO_SHOT ? '' : shotName(shotOfKey(group.id)),
          group.tasks,
        ]),
        [
          ['alone', [6]],
          ['Shot 2', [2, 4, 3]],
          ['Shot 10', [1]],
          ['Without a file', [7]],
          ['', [5]],
        ],
      );
    }
  });

  it('stand in the order of their file, where that is known, and those that are not in it after it', () => {
    const order = ['Shot 10', 'Shot 2'];
    const shotIndex = ({ shotFile, shot }: Shot): number | undefined =>
      shotFile === file && order.includes(shot ?? '') ? order.indexOf(shot ?? '') : undefined;
    const gone = aTask({ key: 8, shotFile: file, shot: 'Another', take: 1 });
    const groups = arrange([gone, ...tasks], rules({ grouping: 'shot', shotIndex }), NOON);
    assert.deepEqual(
      groups.map(({ id }) => (id === NO_SHOT ? '' : shotName(shotOfKey(id)))),
      ['alone', 'Shot 10', 'Shot 2', 'Another', 'Without a file', ''],
    );
  });

  it('leave what was rejected at the end of every group', () => {
    const [group] = arrange(tasks.slice(1, 4), rules(), NOON);
    assert.deepEqual(group?.tasks, [2, 4, 3]);
  });

  it('move when a take is numbered, rejected, or assigned to another', () => {
    const byShot = rules({ grouping: 'shot' });
    const [task = aTask()] = tasks;
    const places = [
      task,
      { ...task, take: 2 },
      { ...task, verdict: 'rejected' as const },
      { ...task, shot: 'Shot 2' },
      { ...task, verdict: 'picked' as const },
    ].map(one => placeOf(one, byShot, NOON));
    assert.deepEqual([new Set(places).size, places[4]], [4, places[0]]);
  });
});
