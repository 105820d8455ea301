import assert from 'node:assert/strict';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { hoverOf } = await import('../../../src/views/taskHover.ts');

const SAVED: Partial<Task> = {
  key: 7,
  generation: 'completed',
  file: 'saved',
  filePath: '/a.mp4',
  completedSeenAt: NOON,
  videoUrl: 'https://media.example/a.mp4',
};

describe('the hover of a task', () => {
  const paragraphs = (facts: Partial<Task>, thumbnail?: string): string[] =>
    hoverOf(aTask(facts), NOON, undefined, thumbnail).value.split('\n\n').slice(0, 4);

  it('begins with the row, then shows the first frame and what can be done', () => {
    assert.deepEqual(paragraphs({ ...SAVED, label: '雨中猫' }, 'data:image/jpeg;base64,AAAA').slice(1, 4), [
      '已就绪 · 刚刚',
      '![首帧](data:image/jpeg;base64,AAAA|width=240)',
      '[预览](command:dailies.task.preview?%5B7%5D) · [打开所在文件夹](command:dailies.task.openFolder?%5B7%5D) · [显示详细信息](command:dailies.task.showDetails?%5B7%5D)',
    ]);
  });

  it('has no frame where none is known, and offers what suits the state', () => {
    assert.deepEqual(
      paragraphs({ key: 3, generation: 'failed', error: 'no' })[2],
      '[显示详细信息](command:dailies.task.showDetails?%5B3%5D)',
    );
  });

  it('says each fact once, as pages call it', () => {
    const request = JSON.stringify({
      model: 'veo_3_1_fast',
      prompt: '雨中猫',
      duration: 8,
      aspect_ratio: '16:9',
    });
    const part = JSON.stringify({ url: 'https://media.example/a.mp4', size: 1e6, total: 4e6, rate: 2e5 });
    const { value } = hoverOf(
      aTask({ ...SAVED, file: 'downloading', filePath: null, model: 'veo_3_1_fast', request, part }),
      NOON,
      undefined,
      undefined,
    );
    const names = value
      .split('\n\n')
      .slice(3)
      .flatMap(lines => lines.trim().split('\n'))
      .map(line => line.split('：')[0]);
    assert.deepEqual(names.slice(0, 3), ['提示词', '保存', '时长']);
    assert.equal(new Set(names).size, names.length);
    assert.doesNotMatch(value, /veo|aspect/);
    assert.equal(value.match(/MB/g)?.length, 1);
  });

  it('lets no text from outside become a link, an image or a command', () => {
    const words = '![x](http://evil.example/p.png) [run](command:evil) <img src=y> $(zap)';
    const { value, isTrusted } = hoverOf(
      aTask({ ...SAVED, label: words, model: words, error: words }),
      NOON,
      undefined,
      'data:image/jpeg;base64,AAAA',
    );
    const links = [...value.matchAll(/(?<!\\)\]\(([^)]*)/g)].map(([, link = '']) =>
      link.replace(/[?,;|].*/, ''),
    );
    assert.deepEqual(links, [
      'data:image/jpeg',
      'command:dailies.task.preview',
      'command:dailies.task.openFolder',
      'command:dailies.task.showDetails',
    ]);
    const { enabledCommands } = isTrusted as { enabledCommands: readonly string[] };
    assert.ok(enabledCommands.every(command => command.startsWith('dailies.task.')));
    assert.equal(enabledCommands.includes('dailies.task.remove'), false);
  });
});
