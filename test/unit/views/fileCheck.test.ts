import assert from 'node:assert/strict';
import { UNCHECKED } from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { clipFactsOf } = await import('../../../src/views/clipFacts.ts');
const { capabilitiesOf, descriptionOf } = await import('../../../src/views/taskText.ts');
const { hoverFactsOf } = await import('../../../src/views/hoverFacts.ts');

const SAVED = {
  generation: 'completed',
  file: 'saved',
  filePath: '/clips/rain.avi',
  createdAt: NOON,
} as const;

describe('a saved file that nobody could check', () => {
  it('says so in its row, also within the group of what is ready', () => {
    const row = (fileCheck: 'plays' | 'notChecked' | null, isGrouped: boolean): string =>
      descriptionOf(
        aTask({ ...SAVED, fileCheck, fileCheckText: 'otherKind' }),
        NOON,
        undefined,
        isGrouped,
      ).split(' · ')[0] ?? '';
    assert.deepEqual(
      [row('notChecked', true), row('notChecked', false), row('plays', false), row(null, false)],
      ['已保存，未检查', '已保存，未检查', '已就绪', '已就绪'],
    );
  });

  it('says why in its tooltip and next to the clip, for each reason in words of its own', () => {
    const words = UNCHECKED.map(why => {
      const task = aTask({ ...SAVED, fileCheck: 'notChecked', fileCheckText: why });
      const [told, beside] = [hoverFactsOf(task, NOON), clipFactsOf(task)].map(
        facts => facts.find(([name]) => name === '文件检查')?.[1] ?? '',
      );
      assert.equal(told, beside);
      return told ?? '';
    });
    assert.equal(new Set(words).size, UNCHECKED.length);
    assert.ok(words.every(text => text.startsWith('未检查：')));
    assert.match(words[UNCHECKED.indexOf('otherKind')] ?? '', / AVI /);
  });

  it('says nothing of a check for an image or audio that was made as one', () => {
    for (const [filePath, word] of [
      ['/clips/dock.png', '图片已就绪'],
      ['/clips/gulls.MP3', '音频已就绪'],
    ] as const) {
      const task = aTask({ ...SAVED, filePath, fileCheck: 'notChecked', fileCheckText: 'otherKind' });
      assert.ok(!hoverFactsOf(task, NOON).some(([name, text]) => name === '文件检查' && text));
      assert.equal(descriptionOf(task, NOON, undefined, false).split(' · ')[0], word);
    }
  });

  it('says nothing of a check where the file plays, or was located by a person', () => {
    for (const fileCheck of ['plays', null] as const) {
      const names = hoverFactsOf(aTask({ ...SAVED, fileCheck }), NOON).map(([name]) => name);
      assert.ok(!names.includes('文件检查'));
    }
  });

  it('can be opened in the system player as any saved one', () => {
    assert.match(
      capabilitiesOf(aTask({ ...SAVED, fileCheck: 'notChecked', fileCheckText: 'broke' })),
      /\bsaved\b/,
    );
  });
});
