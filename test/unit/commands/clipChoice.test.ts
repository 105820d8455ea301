import assert from 'node:assert/strict';
import { HOUR } from '../../../src/base/clock.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { clipRows } = await import('../../../src/commands/clipChoice.ts');

describe('the choice of clips to compare', () => {
  const now = new Date('2026-11-28T12:00').getTime();

  function clip(key: number, label: string, hoursAgo: number, more: Partial<Task> = {}): Task {
    return aTask({
      key,
      label,
      model: 'veo_3_1_fast',
      file: 'saved',
      trackedAt: now - hoursAgo * HOUR,
      ...more,
    });
  }

  it('stands by days, the newest first, and says of each clip what made it and how long it is', () => {
    const clips = [
      clip(1, 'old', 72, { fileDuration: 8 }),
      clip(2, 'dunes', 3, { actualDuration: 6.5 }),
      clip(3, 'moon', 26, { model: null }),
      clip(4, 'sea', 2),
    ];
    const rows = clipRows({ clips, prompt: null }, now);
    assert.deepEqual(
      rows.map(({ section, label, description }) => [section, label, description]),
      [
        ['今天', 'sea', 'Veo 3.1 Fast'],
        ['今天', 'dunes', 'Veo 3.1 Fast · 6.5 秒'],
        ['昨天', 'moon', ''],
        [rows[3]?.section, 'old', 'Veo 3.1 Fast · 8 秒'],
      ],
    );
    assert.match(rows[3]?.section ?? '', /11月25日/);
  });

  it('begins with the clips of the same prompt', () => {
    const of = (prompt: string): Partial<Task> => ({ request: JSON.stringify({ prompt }) });
    const clips = [
      clip(1, 'new', 1, of('Moon')),
      clip(2, 'again', 30, of(' Dunes\n')),
      clip(3, 'once more', 50, of('Dunes')),
    ];
    assert.deepEqual(
      clipRows({ clips, prompt: 'Dunes' }, now).map(({ section, label }) => `${section}: ${label}`),
      ['相同提示词: again', '相同提示词: once more', '今天: new'],
    );
  });
});
