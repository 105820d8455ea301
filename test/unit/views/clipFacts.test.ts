import assert from 'node:assert/strict';
import { aTask } from '../builders.ts';
import { fakeVscode, useLanguage } from './fakeVscode.ts';

fakeVscode();
const { clipFactsOf } = await import('../../../src/views/clipFacts.ts');

/** What the details of a task say of money. */
function money(...given: Parameters<typeof clipFactsOf>): string[] {
  return clipFactsOf(...given)
    .filter(([name]) => name === '预计费用' || name === '已扣费')
    .map(([name, value]) => `${name} ${value}`);
}

describe('the details of a task', () => {
  useLanguage('zh-cn');
  it('say what it was expected to cost, and how that was known, only where it was made here', () => {
    assert.deepEqual(money(aTask()), []);
    assert.deepEqual(money(aTask(), { estimate: null, estimateSource: null }), ['预计费用 价格未知']);
    assert.deepEqual(money(aTask(), { estimate: 0.72, estimateSource: 'learned' }), [
      '预计费用 0.72（根据过往任务）',
    ]);
    assert.deepEqual(money(aTask(), { estimate: 0.72, estimateSource: 'table' }), [
      '预计费用 0.72（自定价格）',
    ]);
  });

  it('say what the gateway has charged, and never an estimate in its stead', () => {
    assert.deepEqual(money(aTask({ amount: 0.00004 })), ['已扣费 <0.0001']);
    assert.deepEqual(money(aTask({ amount: 0.8 }), { estimate: 0.72, estimateSource: 'table' }), [
      '预计费用 0.72（自定价格）',
      '已扣费 0.8',
    ]);
  });
});
