import assert from 'node:assert/strict';
import { commands } from '../../../src/ids.ts';
import { FILE_STATES } from '../../../src/tasks/task.ts';
import { aTask } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { actionsOf } = await import('../../../src/views/taskActions.ts');

describe('a clip whose file was moved', () => {
  const offersLocate = (filePath: string | null): string[] =>
    FILE_STATES.filter(file =>
      actionsOf(
        aTask({ generation: 'completed', videoUrl: 'https://media.example/a.mp4', file, filePath }),
      ).some(({ command }) => command === commands.locate),
    );

  it('can be located also after it was to be saved again in vain', () => {
    assert.deepEqual(offersLocate('/clips/take.mp4'), ['none', 'failed', 'expired', 'missing']);
  });

  it('was saved once: what never was cannot be located', () => {
    assert.deepEqual(offersLocate(null), ['missing']);
  });
});
