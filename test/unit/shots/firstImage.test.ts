import assert from 'node:assert/strict';
import { firstImageEdit, newShotEdit } from '../../../src/shots/firstImage.ts';
import { readShots } from '../../../src/shots/issues.ts';
import type { Edit } from '../../../src/shots/textEdits.ts';

const HARBOR =
  '---\nmodel: veo_3_1_fast\n---\n## Ferry\n\nA ferry leaves.\n\n## Cranes\n\nContainer cranes.\n';

function changed(text: string, editOf: (read: ReturnType<typeof readShots>) => Edit): string {
  const { span, text: inserted } = editOf(readShots(text, new Map(), () => undefined));
  return text.slice(0, span.start) + inserted + text.slice(span.end);
}

describe('the frame that a shot starts from', () => {
  it('is written into its own settings, which it may not have yet, or takes the place of another', () => {
    const once = changed(HARBOR, read => firstImageEdit(read, 1, 'clips/ferry_last.png'));
    assert.equal(
      once,
      HARBOR.replace('## Cranes', '## Cranes\n\n```yaml\nfirst_image: clips/ferry_last.png\n```'),
    );
    assert.equal(
      changed(once, read => firstImageEdit(read, 1, "o'clock.png")),
      once.replace('clips/ferry_last.png', `"o'clock.png"`),
    );
  });

  it('can be that of a new shot at the end, which gets a heading of its own', () => {
    const more = changed(`${HARBOR}\n## New Shot\n\nGulls.\n\n\n`, read =>
      newShotEdit(read, 'New Shot', 'a.png'),
    );
    assert.equal(
      more,
      `${HARBOR}\n## New Shot\n\nGulls.\n\n## New Shot 2\n\n\`\`\`yaml\nfirst_image: a.png\n\`\`\`\n\n`,
    );
    const { file } = readShots(`${more}A crane turns.`, new Map(), () => undefined);
    assert.deepEqual(
      file.shots.map(({ heading, videos }) => [heading, videos[0]?.request.first_image]),
      [
        ['Ferry', undefined],
        ['Cranes', undefined],
        ['New Shot', undefined],
        ['New Shot 2', 'a.png'],
      ],
    );
  });

  it('keeps the line ends of the file', () => {
    const text = HARBOR.replaceAll('\n', '\r\n');
    for (const more of [
      changed(text, read => newShotEdit(read, 'Next', 'a.png')),
      changed(text, read => firstImageEdit(read, 0, 'a.png')),
    ]) {
      assert.doesNotMatch(more, /(?<!\r)\n/);
    }
  });
});
