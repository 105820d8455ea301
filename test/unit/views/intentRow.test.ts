import assert from 'node:assert/strict';
import type { ThemeIcon } from 'vscode';
import { needsDecision, type Intent } from '../../../src/tasks/intent.ts';
import { standInOf } from '../../../src/tasks/standIn.ts';
import { stateGroupOf } from '../../../src/tasks/arrangement.ts';
import { summaryOf } from '../../../src/tasks/summary.ts';
import { TasksByTally } from '../../../src/tasks/tally.ts';
import { anIntent, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { intentHover, intentRow } = await import('../../../src/views/intentRow.ts');
const { ShownIntents } = await import('../../../src/views/shownIntents.ts');
const { summaryWords } = await import('../../../src/views/summaryText.ts');
const { matches } = await import('../../../src/views/taskFilter.ts');

const EACH: readonly Intent[] = [
  anIntent({ key: 1, id: 'a' }),
  anIntent({ key: 2, id: 'b', state: 'sending', label: '渡轮' }),
  anIntent({ key: 3, id: 'c', state: 'refused', problem: 'refused', problemText: 'against the policy' }),
  anIntent({ key: 4, id: 'd', state: 'notSent', problem: 'noKey' }),
  anIntent({ key: 5, id: 'e', state: 'unknown', problem: 'timeout' }),
];

describe('a video that is no task yet', () => {
  it('has a row in Chinese that says its state, and why where a person decides', () => {
    const rows = EACH.map(intent => {
      const row = intentRow({ intent: intent.id, key: -intent.key }, intent, standInOf(intent), NOON);
      return `${(row.iconPath as ThemeIcon).id} ${row.label as string} · ${String(row.description)} [${String(row.contextValue)}]`;
    });
    assert.deepEqual(
      rows.map(row => row.replace(/ · Veo 3.1 Fast/, '')),
      [
        'watch a ferry at dawn · 等待发送 · 刚刚 [intent cancellable]',
        'loading~spin 渡轮 · 发送中 · 刚刚 [intent]',
        'error a ferry at dawn · 被拒绝 · 网关返回错误：against the policy [intent cancellable sendable editable]',
        'warning a ferry at dawn · 未发送 · 未设置 gateway.example 的 API 密钥。 [intent cancellable sendable editable]',
        'question a ferry at dawn · 可能已生成 · 网关响应超时。 [intent decidable editable]',
      ],
    );
  });

  it('stands with what needs attention when a person decides, else with what is in progress', () => {
    for (const intent of EACH) {
      const group = stateGroupOf(standInOf(intent), NOON);
      assert.equal(group, needsDecision(intent) ? 'attention' : 'inProgress', intent.state);
    }
  });

  it('is counted, what may have been made first', () => {
    const words = summaryWords(summaryOf(new TasksByTally(), [], NOON, EACH), NOON);
    assert.deepEqual(words, ['1 个可能已生成', '2 个未生成', '2 个待发送']);
  });

  it('is found by its prompt and its name', () => {
    const found = EACH.filter(intent => matches(standInOf(intent), 'FERRY dawn'));
    assert.deepEqual(found.length, 5);
  });

  it('has the gateway’s words end with a full stop, and a way to another key where that would help', () => {
    const hover = (facts: Partial<Intent>): string => {
      const intent = anIntent(facts);
      return intentHover(intent, standInOf(intent), NOON).value.replaceAll('\\', '');
    };
    const lost = hover({ state: 'unknown', problem: 'network', problemText: 'socket hang up' });
    assert.match(lost, /在收到响应之前连接已断开：socket hang up。它可能已经生成/);
    assert.doesNotMatch(lost, /dailies\.key\.set/);
    const rejected = hover({ state: 'refused', problem: 'keyRejected', problemText: '登录验证失败' });
    assert.match(rejected, /登录验证失败。/);
    assert.match(rejected, /command:dailies\.key\.set\?%5B%22https%3A%2F%2Fgateway\.example/);
  });

  it('shows when it was sent only where something went out', () => {
    const sent = (state: Intent['state']): boolean => {
      const intent = anIntent({ state, sentAt: NOON });
      return intentHover(intent, standInOf(intent), NOON).value.includes('已发送：');
    };
    assert.deepEqual((['waiting', 'sending', 'refused', 'notSent', 'unknown'] as const).filter(sent), [
      'sending',
      'refused',
      'unknown',
    ]);
  });

  it('has a hover whose links carry its ID, and no text of it is Markdown', () => {
    const intent = anIntent({ label: '**x** [y](command:z)', state: 'unknown', problem: 'lost' });
    const { value } = intentHover(intent, standInOf(intent), NOON);
    assert.doesNotMatch(value, /\[y\]\(command:z\)/);
    assert.match(value, /command:dailies\.intent\.found\?%5B%220{8}-/);
  });

  it('is reported as changed when any of its facts changes, and when it is gone', () => {
    const shown = new ShownIntents();
    const [first = anIntent(), second = anIntent()] = EACH;
    assert.deepEqual(shown.update([first, second]), [-1, -2]);
    assert.deepEqual(shown.update([{ ...first }, { ...second, state: 'unknown' }]), [-2]);
    const node = shown.nodeOf(-1);
    assert.deepEqual(shown.update([]), [-1, -2]);
    assert.equal(shown.nodeOf(-1), node);
    assert.equal(node.intent, 'a');
  });
});
