import assert from 'node:assert/strict';
import { HOUR } from '../../../src/base/clock.ts';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { expiryWords } = await import('../../../src/views/expiryText.ts');
const { messageFor } = await import('../../../src/views/newsText.ts');

const LATE = NOON - HOUR;
const SOON = NOON + 4 * HOUR;

describe('what is said of links that expire', () => {
  it('hides none behind another', () => {
    const said = (...expiries: (number | null)[]): string => expiryWords(expiries, NOON).join(' · ');
    assert.equal(said(SOON), '1 个未保存 · 链接 4 小时后失效');
    assert.equal(said(LATE, null), '2 个未保存 · 链接可能已失效');
    assert.equal(said(null), '1 个未保存');
    assert.equal(said(LATE, SOON), '1 个已失效 · 1 个将在 4 小时后失效');
    assert.equal(said(SOON + HOUR, LATE, SOON), '1 个已失效 · 2 个即将失效，最早在 4 小时后');
  });

  it('is the same in a message about several clips', () => {
    const tasks = [LATE, SOON].map(linkExpiresAt =>
      aTask({ generation: 'completed', file: 'failed', saveProblem: 'diskFull', linkExpiresAt }),
    );
    const { text } = messageFor({ news: 'unsaved', tasks }, NOON);
    assert.equal(text, '2 个视频尚未保存：1 个已失效 · 1 个将在 4 小时后失效。磁盘已满。');
  });
});

describe('a message about several clips that are ready', () => {
  it('leads to the newest of them, to all of them at a glance, and to the list', () => {
    const tasks = [1, 2, 3].map(key => aTask({ key, trackedAt: key === 2 ? NOON + 1 : NOON }));
    assert.deepEqual(
      messageFor({ news: 'ready', tasks }, NOON).actions.map(([, ...rest]) => rest),
      [['dailies.task.preview', 2], ['dailies.clips.contactSheet'], ['dailies.tasks.focus']],
    );
  });
});
