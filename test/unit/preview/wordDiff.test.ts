import assert from 'node:assert/strict';
import { markDifferences } from '../../../src/preview/compare/wordDiff.ts';

/** What only one of the texts has stands between brackets; `-` for a text that is left as it is. */
function marked(...texts: readonly (string | null)[]): string[] {
  return markDifferences(texts, 'en').map(
    pieces => pieces?.map(({ text, isOwn }) => (isOwn ? `[${text}]` : text)).join('') ?? '-',
  );
}

describe('what differs in prompts', () => {
  it('is marked word by word, whatever stands between', () => {
    assert.deepEqual(
      marked(
        'A ferry leaves the harbor at dawn, slow push-in.',
        'A ferry leaves the old harbor at dusk, slow push-in.',
      ),
      [
        'A ferry leaves the harbor at [dawn], slow push-in.',
        'A ferry leaves the [old] harbor at [dusk], slow push-in.',
      ],
    );
  });

  it('is one piece where several words in a row differ, and marks in the first what any other lacks', () => {
    assert.deepEqual(
      marked(
        'Dunes at noon, heat haze, no people',
        'Dunes at noon, no people',
        'Dunes before the storm, heat haze, no people',
      ),
      [
        'Dunes [at noon], [heat haze,] no people',
        'Dunes at noon, no people',
        'Dunes [before the storm], heat haze, no people',
      ],
    );
  });

  it('is found in languages without spaces', () => {
    assert.deepEqual(
      marked('渡轮在黎明时分离开港口，海鸥飞过', '渡轮在黄昏时分离开港口，海鸥飞过').map(text =>
        text.replace(/\[[^\]]*\]/g, '[]'),
      ),
      ['渡轮在[]时分离开港口，海鸥飞过', '渡轮在[]时分离开港口，海鸥飞过'],
    );
  });

  it('is not marked where texts have hardly anything in common, are short, or are addresses', () => {
    assert.deepEqual(marked('A ferry leaves the harbor', 'Two dancers under water turn slowly'), ['-', '-']);
    assert.deepEqual(marked('720p', '1080p'), ['-', '-']);
    assert.deepEqual(marked('https://a.example/one/two/x.png', 'https://a.example/one/two/y.png'), [
      '-',
      '-',
    ]);
    assert.deepEqual(marked('A ferry leaves the harbor', null), ['-', '-']);
    assert.deepEqual(marked(), []);
  });

  it('leaves every text as it is, character by character', () => {
    const texts = ['  A ferry\n\nleaves  the harbor ', 'A ferry leaves\tthe harbor again '];
    assert.deepEqual(
      markDifferences(texts, 'en').map(pieces => pieces?.map(({ text }) => text).join('')),
      texts,
    );
  });
});
