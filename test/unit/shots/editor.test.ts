import assert from 'node:assert/strict';
import fc from 'fast-check';
import { modelCalled } from '../../../src/gateway/models.ts';
import type { Intent } from '../../../src/tasks/intent.ts';
import { aTask } from '../builders.ts';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { takesText } = await import('../../../src/shots/takesText.ts');
const { generateText, generateAllText, problemsText, sumOf } = await import('../../../src/shots/lensText.ts');
const { readShots } = await import('../../../src/shots/issues.ts');
const { imageEdit } = await import('../../../src/shots/imageField.ts');
const { filesNamedIn } = await import('../../../src/shots/linksIn.ts');
const { structureOf } = await import('../../../src/shots/headings.ts');
const { sectionsOf } = await import('../../../src/shots/sections.ts');
const { relativePath } = await import('../../../src/shots/relativePath.ts');
const { readDefaults } = await import('../../../src/shots/defaults.ts');
const { yamlText } = await import('../../../src/shots/textEdits.ts');

type Read = ReturnType<typeof readShots>;

function read(text: string): Read {
  return readShots(text, new Map(), modelCalled);
}

describe('the lens of a shot', () => {
  useLanguage('en');

  const total = (amount: number, count: number, unpriced: number): string =>
    unpriced === count ? 'price unknown' : unpriced > 0 ? `${amount} + ${unpriced}` : String(amount);

  it('says how many videos it generates and what is known of their price', () => {
    assert.equal(
      generateText({ amount: 1.44, count: 2, unpriced: 0 }, total),
      '$(play)\u00a0Generate · 2 videos · est. 1.44',
    );
    assert.equal(
      generateText({ amount: 0, count: 1, unpriced: 1 }, total),
      '$(play)\u00a0Generate · price unknown',
    );
    const all = sumOf([
      { amount: 1.44, count: 2, unpriced: 0 },
      { amount: 0, count: 2, unpriced: 2 },
    ]);
    assert.equal(
      generateAllText(all, total),
      '$(run-all)\u00a0Generate All in File · 4 videos · est. 1.44 + 2',
    );
    assert.equal(problemsText(1), '$(error)\u00a01 problem');
    assert.equal(problemsText(3), '$(error)\u00a03 problems');
  });

  it('shows its takes, including those that are still to be sent', () => {
    const intent = (state: Intent['state']): Intent => ({ state, resolution: null }) as Intent;
    const text = (takes: Parameters<typeof takesText>[0], intents: Intent[] = []): string | undefined =>
      takesText(takes, intents, () => '~1–2 min left');
    assert.equal(text([]), undefined);
    assert.equal(text([], [intent('accepted'), intent('dropped')]), undefined);
    assert.equal(text([], [intent('waiting'), intent('sending')]), '2 to be sent');
    assert.equal(text([aTask({ generation: 'processing' })]), '1 take · 1 rendering · ~1–2 min left');
    assert.equal(
      text(
        [
          aTask({ generation: 'processing' }),
          aTask({ generation: 'completed', file: 'saved', videoUrl: 'x', verdict: 'picked' }),
          aTask({ generation: 'failed' }),
        ],
        [intent('unknown'), intent('notSent'), intent('refused')],
      ),
      '1 may have been made · 3 takes · 1 picked · 2 not sent · 1 rendering · ~1–2 min left · 1 ready · 1 failed',
    );
  });
});

describe('shots of one file', () => {
  useLanguage('en');

  it('are known by their headings, like ones by a number', () => {
    assert.deepEqual(sectionsOf(read('## A\nx\n## B\ny\n## A\nz\n##\nu').file), ['A', 'B', 'A (2)', '']);
    assert.deepEqual(sectionsOf(read('x').file), ['']);
    // Two shots under one name would share their takes.
    const headings = ['A', 'A', 'A (2)', 'A', '', 'A (2)', ''];
    const sections = sectionsOf(read(headings.map(heading => `## ${heading}\nx\n`).join('')).file);
    assert.deepEqual(sections, ['A', 'A (3)', 'A (2)', 'A (4)', '', 'A (2) (2)', '(2)']);
  });
});

describe('an image that is dropped', () => {
  useLanguage('en');

  /** `|` is where it falls. */
  function drop(marked: string, ...paths: string[]): string {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const edit = imageEdit(read(text), offset, paths.length === 0 ? ['a b.png'] : paths, modelCalled);
    return edit ? text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end) : 'nowhere';
  }

  const VEO = 'model: veo_3_1_fast\n';
  const GROK = 'model: grok_video3\n';

  for (const [where, from, to] of [
    [
      'on a prompt becomes the first frame',
      `---\n${VEO}---\nA |ferry.`,
      `---\n${VEO}first_image: a b.png\n---\nA ferry.`,
    ],
    ['on the fields does as well', `---\n${VEO}|---\nx`, `---\n${VEO}first_image: a b.png\n---\nx`],
    [
      'on a field stands in it',
      '---\nfirst_image: |old.png # x\n---\n',
      '---\nfirst_image: a b.png # x\n---\n',
    ],
    [
      'on a field that is still without a space gets one',
      '---\nfirst_image:|\n---\n',
      '---\nfirst_image: a b.png\n---\n',
    ],
    [
      'on a list takes the place of an item',
      '---\nimage_urls: [a.png, b|.png]\n---\n',
      '---\nimage_urls: [a.png, a b.png]\n---\n',
    ],
    [
      'beside a first frame becomes the last',
      `---\n${VEO}first_image: a.png\n---\n|x`,
      `---\n${VEO}first_image: a.png\nlast_image: a b.png\n---\nx`,
    ],
    [
      'beside both frames is left to VS Code',
      `---\n${VEO}first_image: a.png\nlast_image: b.png\n---\n|x`,
      'nowhere',
    ],
    [
      'for a model without frames becomes a reference',
      `---\n${GROK}---\n|x`,
      `---\n${GROK}image_urls: [a b.png]\n---\nx`,
    ],
    [
      'is added to the references',
      `---\n${GROK}image_urls: [a.png] # two\n---\n|x`,
      `---\n${GROK}image_urls: [a.png, a b.png] # two\n---\nx`,
    ],
    [
      'is added to those in lines',
      `---\n${GROK}image_urls:\n  - a.png\n---\n|x`,
      `---\n${GROK}image_urls:\n  - a.png\n  - a b.png\n---\nx`,
    ],
    [
      'makes a list of one',
      `---\n${GROK}image_urls: a.png\n---\n|x`,
      `---\n${GROK}image_urls: [a.png, a b.png]\n---\nx`,
    ],
    ['fills an empty field', `---\n${VEO}first_image:\n---\n|x`, `---\n${VEO}first_image: a b.png\n---\nx`],
    ['on a text without settings gives it some', 'A ferry.|', '---\nfirst_image: a b.png\n---\nA ferry.'],
    [
      'on one of several shots belongs to that one',
      `---\n${VEO}---\n## A\nx\n## B\ny|`,
      `---\n${VEO}---\n## A\nx\n## B\n\n\`\`\`yaml\nfirst_image: a b.png\n\`\`\`\ny`,
    ],
    [
      'on one with settings of its own stands in these',
      `---\n${VEO}---\n## A\n\`\`\`yaml\ntakes: 2\n\`\`\`\nx|\n## B\ny`,
      `---\n${VEO}---\n## A\n\`\`\`yaml\ntakes: 2\nfirst_image: a b.png\n\`\`\`\nx\n## B\ny`,
    ],
    ['above all shots is left to VS Code', 'Hello |\n## A\nx', 'nowhere'],
  ] as const) {
    it(where, () => {
      assert.equal(drop(from), to);
    });
  }

  it('of several makes them references', () => {
    assert.equal(
      drop(`---\n${VEO}---\n|x`, 'a.png', 'b, c.png'),
      `---\n${VEO}image_urls: [a.png, "b, c.png"]\n---\nx`,
    );
  });

  it('of several makes them references also on a field for one', () => {
    assert.equal(
      drop(`---\n${VEO}first_image: |\n---\nx`, 'a.png', 'b.png'),
      `---\n${VEO}first_image: \nimage_urls: [a.png, b.png]\n---\nx`,
    );
  });

  it('never fails, wherever it falls', () => {
    const pieces = fc.constantFrom(
      ...[
        '---\n',
        '\n',
        '\r\n',
        '## A',
        '```yaml\n',
        '```\n',
        'first_image: ',
        'image_urls: ',
        '[',
        ']',
        '- a\n',
      ],
      ...['model: grok_video3\n', 'model: veo_3_1_fast\n', 'x', '{{', '"', '#', '  '],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), fc.nat(), (parts, where) => {
        const text = parts.join('');
        const edit = imageEdit(read(text), where % (text.length + 1), ['a.png'], modelCalled);
        assert.ok(!edit || (edit.span.start <= edit.span.end && edit.span.end <= text.length));
        filesNamedIn(read(text)).forEach(({ span }) => {
          assert.ok(span.start < span.end && span.end <= text.length);
        });
        structureOf(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what a shot file names and holds', () => {
  useLanguage('en');

  it('are files: in fields, in links, and by their paths in notes', () => {
    const text = `---
first_image: "frames/dock.png"
image_urls: [a.png, https://example.com/b.png]
---
As in [the plan](notes/plan.md#dawn) and ![x](<my dock.png>). <!-- take 2: clips/ferry.mp4 --> ../out.webm
[web](https://example.com) [here](#a) https://example.com/c.png
`;
    assert.deepEqual(
      filesNamedIn(read(text)).map(({ path, span }) => [path, text.slice(span.start, span.end)]),
      [
        ['frames/dock.png', 'frames/dock.png'],
        ['a.png', 'a.png'],
        ['notes/plan.md', 'notes/plan.md#dawn'],
        ['my dock.png', 'my dock.png'],
        ['clips/ferry.mp4', 'clips/ferry.mp4'],
        ['../out.webm', '../out.webm'],
      ],
    );
  });

  it('are no files that were commented out, in settings or in notes', () => {
    for (const text of [
      '---\n# first_image: a.png\n---\nx',
      '---\nmodel: veo_3_1_fast # first_image: a.png\n---\nx',
      '---\nimage_urls:\n  # - a.png\n  #- b.png\n---\nx',
      '---\r\n#first_image: a.png\r\n---\r\nx',
      '---\n# first_image: a.png',
      '---\n# [the dock](a.png)\n---\nx',
      '## A\n```yaml\n# first_image: a.png\ntakes: 2 # as a.png\n```\nx',
      '## A\n~~~~yaml\nimage_urls: [\n  # a.png,\n]\n~~~~\nx',
      'x\n<!-- first_image: a.png -->',
      'x\n<!--\n```yaml\nlast_image: "a.png"\n```\n-->',
      'x\n<!--\nimage_urls:\n  - a.png\n  - b.png\n-->',
      'x\n<!--\r\nimage_urls:\r\n- a.png\r\n-->',
      'x <!-- image_urls: [a.png,\n b.png] -->',
      'x <!-- first_image: a.png',
    ]) {
      assert.deepEqual(filesNamedIn(read(text)), [], text);
    }
    const kept = (text: string): string[] => filesNamedIn(read(text)).map(({ path }) => path);
    assert.deepEqual(kept('---\nfirst_image: "a #1.png" # b.png\n---\nx # c.png <!-- d.png -->'), [
      'a #1.png',
      'c.png',
      'd.png',
    ]);
    assert.deepEqual(kept('x\n<!-- first_image: a.png\nsee b.mp4 --> first_image: c.png'), [
      'b.mp4',
      'c.png',
    ]);
    assert.deepEqual(kept('---\nimage_urls: [a.png, # b.png\n  c#d.png]\n---\nx'), ['a.png', 'c#d.png']);
  });

  it('are headings one below the other, and parts that fold', () => {
    const text =
      '---\na: 1\n---\n# Harbor\n## Dawn\nx\n```yaml\n## no\n```\n\n## Dusk\n<!-- a\n## no\n-->\ny\n# Town\n';
    const { headings, folds } = structureOf(text);
    const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
    assert.deepEqual(
      headings.map(
        ({ level, title, whole }) => `${level} ${title} ${lineOf(whole.start)}-${lineOf(whole.end)}`,
      ),
      ['1 Harbor 4-15', '2 Dawn 5-9', '2 Dusk 11-15', '1 Town 16-16'],
    );
    assert.deepEqual(
      folds.map(({ kind, start, end }) => `${kind} ${lineOf(start)}-${lineOf(end)}`),
      [
        'region 1-3',
        'section 4-15',
        'section 5-9',
        'region 7-9',
        'section 11-15',
        'comment 12-14',
        'section 16-16',
      ],
    );
  });

  it('are paths from where it is', () => {
    assert.equal(relativePath('/a/b', '/a/b/c/d.png'), 'c/d.png');
    assert.equal(relativePath('/a/b', '/a/d.png'), '../d.png');
    assert.equal(relativePath('/', '/d.png'), 'd.png');
    assert.equal(relativePath('/a/d.png', '/a/d.png'), '../d.png');
  });

  it('are texts that YAML reads back as they are', () => {
    for (const [text, written] of [
      ['frames/dock.png', 'frames/dock.png'],
      ['16:9', '16:9'],
      ['12', '"12"'],
      ['yes', '"yes"'],
      ['a: b', '"a: b"'],
      ['#x', '"#x"'],
      ['港口.png', '港口.png'],
      ['https://example.com/a.png', 'https://example.com/a.png'],
    ] as const) {
      assert.equal(yamlText(text), written);
    }
  });
});

describe('the defaults of a folder', () => {
  useLanguage('en');

  it('are checked for themselves: what each shot adds is not missed', () => {
    const text = 'model: grok_video3_max\nduration: 11\nfirst_image: "{{x}}.png"\n';
    assert.deepEqual(
      readDefaults(text, modelCalled).issues.map(
        ({ code, span }) => `${code} ${text.slice(span.start, span.end)}`,
      ),
      ['notAllowed 11'],
    );
    assert.deepEqual(readDefaults('takes: 2', modelCalled).issues, []);
  });
});
