import assert from 'node:assert/strict';
import { removalOf } from '../../../src/tasks/removal.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask } from '../builders.ts';

describe('what is lost with tasks that are removed', () => {
  const numbersOf = (...facts: Partial<Task>[]): number[] => {
    const { unsaved, inProgress, saved } = removalOf(facts.map(aTask));
    return [unsaved, inProgress, saved];
  };
  const linked = { generation: 'completed', videoUrl: 'https://media.example/a' } as const;

  it('is nothing of tasks that came to nothing', () => {
    assert.deepEqual(
      numbersOf(
        { generation: 'failed' },
        { generation: 'cancelled' },
        { generation: 'notFound' },
        { generation: 'completed', videoUrl: null, nextPollAt: null },
      ),
      [0, 0, 0],
    );
  });

  it('is what can still be saved', () => {
    assert.deepEqual(
      numbersOf(
        ...(['none', 'waiting', 'downloading', 'failed', 'expired'] as const).map(file => ({
          ...linked,
          file,
        })),
      ),
      [5, 0, 0],
    );
  });

  it('is what may still come', () => {
    assert.deepEqual(
      numbersOf(
        { generation: 'unknown' },
        { generation: 'queued', problem: 'noKey', nextPollAt: null },
        { generation: 'processing' },
        { generation: 'stalled' },
        { generation: 'completed', videoUrl: null, nextPollAt: 1 },
      ),
      [0, 5, 0],
    );
  });

  it('is no file that was saved, wherever it is now', () => {
    assert.deepEqual(numbersOf({ ...linked, file: 'saved' }, { ...linked, file: 'missing' }), [0, 0, 2]);
  });
});
