import assert from 'node:assert/strict';
import { inSheetOrder } from '../../../src/preview/sheetOrder.ts';
import { aTask } from '../builders.ts';

const clip = (
  key: number,
  label: string,
  readyAt: number | null,
  length: number | null,
): ReturnType<typeof aTask> =>
  aTask({
    key,
    label,
    generation: 'completed',
    file: 'saved',
    trackedAt: 50,
    completedSeenAt: readyAt,
    fileDuration: length,
  });

describe('the order of the contact sheet', () => {
  const tasks = [
    clip(1, 'take 10', 300, 8),
    clip(2, 'take 2', 100, null),
    clip(3, 'Dunes', 200, 4),
    clip(4, 'take 2', null, 8),
  ];

  it('is that of the list, or as a person chooses; what is equal stays in the order of the list', () => {
    const orders: Record<Parameters<typeof inSheetOrder>[1], number[]> = {
      list: [1, 2, 3, 4],
      newest: [1, 3, 2, 4],
      oldest: [4, 2, 3, 1],
      name: [3, 2, 4, 1],
      duration: [3, 1, 4, 2],
    };
    for (const [sort, keys] of Object.entries(orders)) {
      assert.deepEqual(
        inSheetOrder(tasks, sort as Parameters<typeof inSheetOrder>[1], ({ label }) => label ?? '').map(
          ({ key }) => key,
        ),
        keys,
        sort,
      );
    }
    assert.deepEqual(
      tasks.map(({ key }) => key),
      [1, 2, 3, 4],
    );
  });

  it('has last what was rejected, except where it is that of the list', () => {
    const judged = tasks.map(task => ({ ...task, verdict: task.key === 1 ? ('rejected' as const) : null }));
    assert.deepEqual(
      (['list', 'newest', 'name'] as const).map(sort =>
        inSheetOrder(judged, sort, ({ label }) => label ?? '').map(({ key }) => key),
      ),
      [
        [1, 2, 3, 4],
        [3, 2, 4, 1],
        [3, 2, 4, 1],
      ],
    );
  });

  it('takes the length that the gateway says where that of the file is not known', () => {
    const stated = { ...clip(5, 'stated', 1, null), actualDuration: 6 };
    assert.deepEqual(
      inSheetOrder([...tasks, stated], 'duration', () => '').map(({ key }) => key),
      [3, 5, 1, 4, 2],
    );
  });

  it('counts the age of a clip whose file is gone from when it began, as its row does', () => {
    const gone = aTask({ key: 6, file: 'missing', trackedAt: 150, completedSeenAt: 900 });
    assert.deepEqual(
      inSheetOrder([...tasks, gone], 'newest', () => '').map(({ key }) => key),
      [1, 3, 6, 2, 4],
    );
  });
});
