import assert from 'node:assert/strict';
import { MINUTE } from '../../../src/base/clock.ts';
import type { PollFacts } from '../../../src/views/pollText.ts';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { pollText } = await import('../../../src/views/pollText.ts');

function textOf(facts: Partial<PollFacts>): string {
  const nothing = { tasks: [], pauses: [], requests: [], leases: [] };
  return pollText({ now: NOON, isLearned: () => true, ...nothing, ...facts });
}

/** The cells of each row of the table that a text has below a heading. */
function table(text: string, heading: string): string[][] {
  const [, body = ''] = text.split(`## ${heading}\n\n`);
  const lines = (body.split('\n\n')[0] ?? '').split('\n').slice(2);
  return lines.map(line =>
    line
      .slice(2, -2)
      .split(/ \| /)
      .map(one => one.trim()),
  );
}

describe('polling status', () => {
  const due = aTask({ key: 1, label: 'due', nextPollAt: NOON - 1 });
  const later = aTask({ key: 2, label: 'later', nextPollAt: NOON + MINUTE, askedAt: NOON - MINUTE });
  const over = aTask({ key: 3, label: 'over', generation: 'failed', nextPollAt: null });

  it('has a row for each task that is polled, the next one first, and counts the others', () => {
    const text = textOf({ tasks: [over, later, due], requests: [['http://10.0.0.1:8080/api', 13]] });
    const rows = table(text, '持续查询的任务');
    assert.deepEqual(
      rows.map(([name, , , next]) => [name, next === '现在']),
      [
        ['due', true],
        ['later', false],
      ],
    );
    assert.deepEqual([rows[0]?.[2], rows[0]?.[4]], ['尚未查询', '你的历史记录']);
    assert.match(text, /- 不再查询：\*\*1\*\*\n/);
    assert.match(text, /- 过去一小时的请求：\*\*13 \(10\\\.0\\\.0\\\.1\\:8080\)\*\*\n/);
  });

  it('shows what holds polling up, and no table of nothing', () => {
    const pause = { gateway: due.gateway, reason: 'rateLimited', until: NOON + MINUTE, count: 1 } as const;
    const text = textOf({ tasks: [later], pauses: [pause] });
    assert.equal(table(text, '暂停')[0]?.[0], 'gateway\\.example');
    assert.equal(table(text, '持续查询的任务')[0]?.[3], '暂停结束后');
    assert.doesNotMatch(textOf({}), /\|/);
  });

  it('lets no line break into a time, whose spaces do not break', () => {
    const label = 'one\n two\u202fAM\u00a0now';
    assert.equal(
      table(textOf({ tasks: [aTask({ label })] }), '持续查询的任务')[0]?.[0],
      'one two\u202fAM\u00a0now',
    );
  });

  it('takes foreign text as text, in one cell', () => {
    const label = '| <b>bold</b> [link](https://a.example) `x`\n\n# heading';
    const [row = []] = table(textOf({ tasks: [aTask({ label })] }), '持续查询的任务');
    assert.equal(row.length, 5);
    assert.equal(
      row[0],
      '\\| \\<b\\>bold\\<\\/b\\> \\[link\\] \\(https\\:\\/\\/a\\.example\\) \\`x\\` \\# heading',
    );
  });
});
