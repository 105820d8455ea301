import assert from 'node:assert/strict';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { capabilitiesOf, descriptionOf } = await import('../../../src/views/taskText.ts');
const { reportOf } = await import('../../../src/views/taskReport.ts');
const { messageFor } = await import('../../../src/views/newsText.ts');

const DONE = { generation: 'completed', completedSeenAt: NOON, nextPollAt: null } as const;

describe('a task that completed without a video', () => {
  const refused = aTask({ ...DONE, error: 'The prompt was filtered.' });

  it('says why in its row, its page and its message, where the gateway does', () => {
    assert.match(descriptionOf(refused, NOON, undefined, true), /^没有视频：The prompt was filtered\./);
    assert.equal(
      reportOf(refused, { now: NOON, eta: undefined, isPaused: false }).reason,
      'The prompt was filtered.',
    );
    const said = (task: typeof refused): string =>
      messageFor({ news: 'noVideo', tasks: [task] }, NOON).text.replace(/“.*?”/, 'X');
    assert.deepEqual(
      [said(refused), said(aTask(DONE))],
      ['X已完成，但没有视频：The prompt was filtered.', 'X已完成，但没有视频。'],
    );
  });
});

describe('a clip that is in the response itself', () => {
  it('has no link to open or copy, and can be saved', () => {
    const words = (videoUrl: string): string[] =>
      capabilitiesOf(aTask({ ...DONE, videoUrl, file: 'none' })).split(' ');
    assert.deepEqual(
      [words('data:video/mp4,vgen_1#0'), words('https://media.example/a.mp4')].map(list => [
        list.includes('linked'),
        list.includes('savable'),
      ]),
      [
        [false, true],
        [true, true],
      ],
    );
  });
});
