import assert from 'node:assert/strict';
import { HOUR } from '../../../src/base/clock.ts';
import { writePart } from '../../../src/tasks/part.ts';
import { summaryOf } from '../../../src/tasks/summary.ts';
import { TasksByTally } from '../../../src/tasks/tally.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { descriptionOf } = await import('../../../src/views/taskText.ts');
const { messageFor } = await import('../../../src/views/newsText.ts');

/** A clip that cannot be put where it belongs, of which so much has come. */
const stuck = (size: number): Task =>
  aTask({
    generation: 'completed',
    videoUrl: 'https://media.example/a.mp4',
    linkExpiresAt: NOON + HOUR,
    completedSeenAt: NOON - 23 * HOUR,
    file: 'failed',
    saveProblem: 'folder',
    saveProblemText: 'EACCES',
    part: writePart({
      path: '/clips/part',
      size,
      total: 7,
      rate: 0,
      link: '',
      validator: null,
      placing: null,
    }),
  });

describe('a clip that is here and only waits for its folder', () => {
  it('is not said to expire with its link, in row, status bar and notification', () => {
    const row = (task: Task): string => descriptionOf(task, NOON, undefined, false);
    assert.match(row(stuck(7)), /已下载/);
    assert.doesNotMatch(row(stuck(7)), /失效|过期/);
    assert.doesNotMatch(row(stuck(3)), /已下载/);
    const summary = (task: Task): unknown[] => {
      const { atRisk, risks, unsaved } = summaryOf(new TasksByTally([task]), [], NOON);
      return [atRisk, risks, unsaved];
    };
    assert.deepEqual(summary(stuck(7)), [0, [], [null]]);
    assert.deepEqual(summary(stuck(3)), [1, [NOON + HOUR], [NOON + HOUR]]);
    for (const tasks of [[stuck(7)], [stuck(7), stuck(7)]]) {
      const { text } = messageFor({ news: 'unsaved', tasks }, NOON);
      assert.match(text, /已下载，但尚不能保存到目标文件夹/);
    }
  });
});
