import assert from 'node:assert/strict';
import { aTask } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { fileMarkOf } = await import('../../../src/views/fileMark.ts');
const { iconOf } = await import('../../../src/views/taskIcon.ts');
const { stateOf } = await import('../../../src/views/stateWords.ts');

describe('the mark of a saved clip', () => {
  it('is what its row says and shows, where there is something to be known', () => {
    for (const facts of [
      { file: 'missing' },
      { file: 'saved', fileCheck: 'notChecked', fileCheckText: 'unreadable' },
    ] as const) {
      const task = aTask({ generation: 'completed', videoUrl: 'https://media.example/clip.mp4', ...facts });
      const { id, color } = iconOf(task, 0);
      assert.deepEqual(fileMarkOf(task), { icon: id, colour: color?.id, text: stateOf(task) });
    }
  });

  it('is none for a file that plays, or that was never looked at', () => {
    for (const fileCheck of ['plays', null] as const) {
      assert.equal(fileMarkOf(aTask({ generation: 'completed', file: 'saved', fileCheck })), null);
    }
  });
});
