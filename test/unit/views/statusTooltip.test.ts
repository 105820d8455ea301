import assert from 'node:assert/strict';
import { summaryOf } from '../../../src/tasks/summary.ts';
import { TasksByTally } from '../../../src/tasks/tally.ts';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode, useLanguage } from './fakeVscode.ts';

fakeVscode();
const { statusTooltip } = await import('../../../src/views/statusTooltip.ts');

/** What the tooltip of the status bar says of money, without the signs that keep it text. */
function moneyLine(...spent: [{ count: number; amount: number; unpriced: number }?]): string | undefined {
  const { value } = statusTooltip(summaryOf(new TasksByTally([aTask()]), [], NOON), NOON, NOON, ...spent);
  return value
    .replaceAll('\\', '')
    .split('\n')
    .find(line => line.includes('credit-card'))
    ?.trim();
}

describe('the tooltip of the status bar', () => {
  useLanguage('zh-cn');
  it('says what the videos of today have cost, and how many of that have no known price', () => {
    assert.equal(
      moneyLine({ count: 3, amount: 1.44, unpriced: 1 }),
      '$(credit-card) 今天：3 个视频 · 1.44，另有 1 个价格未知',
    );
    assert.equal(moneyLine({ count: 2, amount: 0, unpriced: 2 }), '$(credit-card) 今天：2 个视频 · 价格未知');
  });

  it('says nothing of it where there are none', () => {
    assert.deepEqual([moneyLine(), moneyLine({ count: 0, amount: 0, unpriced: 0 })], [undefined, undefined]);
  });
});
