import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readShotFile, type ShotFile } from '../../../src/making/shotFile.ts';

/** So many texts are tried; `DAILIES_SHAPES` asks for more. */
const RUNS = Number(process.env.DAILIES_SHAPES ?? 20_000);

const FERRY = `---
model: veo_3_1_fast
aspect_ratio: 16:9
first_image: frames/dock.png
takes: 2
vars: { time: [dawn, dusk] }
---
A ferry leaves the harbour at {{time}}.
Slow push-in, 35 mm.
`;

const SHOTS = `---
model: veo_3_1_fast
---
# The harbour

## Dawn
<!-- the first -->

\`\`\`yaml
resolution: 1080p
\`\`\`
A ferry leaves. <!-- slower? --> Gulls.

## Night ##
\`\`\`yaml
model: grok_video3
duration: 12
\`\`\`

Rain.

\`\`\`
## no heading
\`\`\`
`;

/** What is wrong: the kind, what it is about, and the text that it stands at. */
function problems(text: string): string[] {
  return readShotFile(text).problems.map(({ kind, text: about, span }) =>
    [kind, about, JSON.stringify(text.slice(span.start, span.end))].filter(Boolean).join(' '),
  );
}

function only({ shots, problems: found }: ShotFile): ShotFile['shots'][0] {
  assert.deepEqual([found, shots.length], [[], 1]);
  const [shot] = shots;
  assert.ok(shot);
  return shot;
}

describe('a shot file', () => {
  it('is one shot with its variables and takes', () => {
    const shot = only(readShotFile(FERRY));
    assert.deepEqual(
      shot.videos.map(({ variables, take, request }) => [variables.time, take, request.prompt]),
      ['dawn', 'dawn', 'dusk', 'dusk'].map((time, index) => [
        time,
        1 + (index % 2),
        `A ferry leaves the harbour at ${time}.\nSlow push-in, 35 mm.`,
      ]),
    );
    assert.deepEqual(shot.videos[0]?.request, {
      model: 'veo_3_1_fast',
      aspect_ratio: '16:9',
      first_image: 'frames/dock.png',
      prompt: 'A ferry leaves the harbour at dawn.\nSlow push-in, 35 mm.',
    });
    assert.equal(
      FERRY.slice(shot.promptSpan.start, shot.promptSpan.end),
      'A ferry leaves the harbour at {{time}}.\nSlow push-in, 35 mm.',
    );
  });

  it('is several shots, each with what holds for it', () => {
    const { shots, problems: found } = readShotFile(SHOTS);
    assert.deepEqual(found, []);
    assert.deepEqual(
      shots.map(({ heading, videos }) => [heading, videos[0]?.request]),
      [
        ['Dawn', { model: 'veo_3_1_fast', resolution: '1080p', prompt: 'A ferry leaves.  Gulls.' }],
        ['Night', { model: 'grok_video3', duration: 12, prompt: 'Rain.\n\n```\n## no heading\n```' }],
      ],
    );
    const resolution = shots[0]?.fields.get('resolution');
    assert.equal(SHOTS.slice(resolution?.name.start, resolution?.span.end), 'resolution: 1080p');
    assert.equal(SHOTS.slice(shots[1]?.headingSpan.start, shots[1]?.headingSpan.end), '## Night ##');
  });

  it("takes the folder's defaults where it does not say", () => {
    const defaults = readShotFile('---\nmodel: veo_3_1_pro\nresolution: 4K\n---\nx').shots[0]?.fields;
    const { shots } = readShotFile('---\nmodel: veo_3_1_fast\n---\nA ferry.', defaults);
    assert.deepEqual(shots[0]?.videos[0]?.request, {
      model: 'veo_3_1_fast',
      resolution: '4K',
      prompt: 'A ferry.',
    });
  });

  it('fills in a variable with spaces around its name', () => {
    const { videos } = only(readShotFile('---\nvars: { time: dawn }\n---\nAt {{ time }}.'));
    assert.equal(videos[0]?.request.prompt, 'At dawn.');
  });

  it('without any settings is a prompt', () => {
    assert.deepEqual(only(readShotFile('\ufeff  A ferry.\r\n')).videos[0]?.request, { prompt: 'A ferry.' });
  });

  it('takes one image for a list of one', () => {
    const { request } =
      only(readShotFile('---\nimage_urls: https://a.example/b.png\n---\nA ferry.')).videos[0] ?? {};
    assert.deepEqual(request?.image_urls, ['https://a.example/b.png']);
  });

  const wrong: [what: string, text: string, found: string[]][] = [
    ['nothing', '', ['empty ""']],
    ['only notes', '<!-- later -->', ['empty "<!-- later -->"']],
    ['a section without a prompt', '## Dawn\n\n## Dusk\nx', ['empty "## Dawn"']],
    ['a front matter without an end', '---\nmodel: x\nA ferry.', ['unclosed "---"', 'empty "---"']],
    ['settings without an end', '```yaml\nmodel: x', ['unclosed "```yaml"', 'empty "```yaml"']],
    ['a note without an end', 'A ferry. <!-- slower\n\nmore', ['unclosed "<!-- slower"']],
    ['what is no list of fields', '---\n- a\n---\nx', ['notFields "- a"']],
    ['a field twice', '---\ntakes: 1\ntakes: 2\n---\nx', ['duplicate takes "takes"']],
    [
      'a variable without a value',
      'At {{time}}, {{ time of day }}.',
      ['unresolved time "{{time}}"', 'unresolved time of day "{{ time of day }}"'],
    ],
    [
      'a variable that a note is in the midst of',
      'At <!-- x --> {{ti<!-- y -->me}}.',
      ['unresolved time "{{ti<!-- y -->me}}"'],
    ],
    ['a variable of every object', 'At {{constructor}}.', ['unresolved constructor "{{constructor}}"']],
    ['a variable in a field', '---\nfirst_image: "{{x}}.png"\n---\nx', ['unresolved x "\\"{{x}}.png\\""']],
    ['too many takes', '---\ntakes: 21\n---\nx', ['takes "21"']],
    ['half a take', '---\ntakes: 1.5\n---\nx', ['takes "1.5"']],
    [
      'more videos than anyone pays for',
      '---\ntakes: 20\nvars: { a: [1, 2, 3], b: [1, 2] }\n---\n{{a}}{{b}}',
      ['tooMany 120 "vars"'],
    ],
    ['a variable that is no text', '---\nvars: { a: [{}] }\n---\nx', ['vars a "{ a: [{}] }"']],
    [
      'a variable in a value of another',
      '---\nvars: { a: ["x {{b}}"], b: y }\n---\n{{a}}',
      ['nested a "{ a: [\\"x {{b}}\\"], b: y }"'],
    ],
    [
      'settings below a prompt',
      '## Dawn\nA ferry.\n\n```yaml\n# more\ntakes: 3\n```\n~~~ YAML\nmodel: x\n~~~\n## Dusk\n```yaml\ntakes: 2\n```\nx\n```yaml\ncolor: red\n```',
      ['late "```yaml"', 'late "~~~ YAML"'],
    ],
    ['variables that are none', '---\nvars: dawn\n---\nx', ['vars "dawn"']],
    ['a text above the first heading', 'Not mine.\n\n## Dawn\nx', ['preamble "Not mine.\\n\\n"']],
  ];
  for (const [what, text, found] of wrong) {
    it(`is reported: ${what}`, () => {
      assert.deepEqual(problems(text), found);
    });
  }

  it('leaves notes as they are: variables in them, headings in them', () => {
    const { shots, problems: found } = readShotFile('A ferry. <!--\n## Later\n{{x}}\n--> Gulls.');
    assert.deepEqual([found, shots.length, shots[0]?.videos[0]?.request.prompt], [[], 1, 'A ferry.  Gulls.']);
  });

  it('has the headings that Markdown has: a line that begins and ends with signs of code opens no block', () => {
    const headings = (text: string): (string | null)[] =>
      readShotFile(text).shots.map(({ heading }) => heading);
    assert.deepEqual(headings('## A\n```x``` y\n## B\nz'), ['A', 'B']);
    assert.deepEqual(headings('## A\n````\n```\n## no\n````\n## B\nz'), ['A', 'B']);
    assert.deepEqual(headings('## A\n~~~ a`b\n## no\n~~~\n## B\nz'), ['A', 'B']);
    assert.deepEqual(headings('##\t港 口 \t##  \r\nx\r## B ##b\ny\n    ## no\n> ## no\n##no'), [
      '港 口',
      'B ##b',
    ]);
  });

  it('of which settings are sent with the prompt is generated all the same', () => {
    assert.equal(readShotFile('A ferry.\n```yaml\ntakes: 3\n```').shots[0]?.videos.length, 1);
  });

  it('with an error makes nothing, in the shot that has it', () => {
    const { shots } = readShotFile('## Dawn\n{{x}}\n## Dusk\nA ferry.');
    assert.deepEqual(
      shots.map(({ videos }) => videos.length),
      [0, 1],
    );
    assert.deepEqual(readShotFile('---\na: [\n---\nA ferry.').shots[0]?.videos, []);
  });

  it('is understood or reported as wrong, whatever its text', () => {
    const pieces = fc.constantFrom(
      '---\n',
      '\n',
      '\r\n',
      '## ',
      '```yaml\n',
      '```\n',
      '~~~',
      '<!--',
      '-->',
      '{{',
      '}}',
      'x',
      'a: ',
      '- ',
      '[',
      '{',
      ']',
      '}',
      '"',
      "'",
      '&a ',
      '*a',
      '? ',
      ': ',
      '|\n',
      '>\n',
      '!!str ',
      '#',
      'vars: ',
      'takes: ',
      '\t',
      '\ufeff',
      '漢',
      '\ud800',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(pieces, { maxLength: 60 }).map(all => all.join('')),
      fc.array(pieces, { maxLength: 30 }).map(all => `---\n${all.join('')}\n---\nx`),
    );
    fc.assert(
      fc.property(texts, text => {
        const { shots, problems: found } = readShotFile(text);
        for (const { span } of [...found, ...shots.map(({ promptSpan }) => ({ span: promptSpan }))]) {
          assert.ok(
            span.start >= 0 && span.start <= span.end && span.end <= text.length,
            JSON.stringify(span),
          );
        }
        const isEmpty = shots.some(({ videos }) => videos.length === 0);
        assert.ok(!isEmpty || found.length > 0, 'nothing to make, and nothing wrong');
        assert.ok(
          shots.every(({ videos }) =>
            videos.every(
              ({ request }) =>
                !/\{\{[^{}\r\n]{0,100}\}\}/.test(String(request.prompt)) || text.includes('vars'),
            ),
          ),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('takes time that grows with its length: four times the text is not sixteen times the work', () => {
    const kinds = [
      '## a\nb\n',
      '<!-- a -->\n',
      '{{a}} ',
      '```yaml\n',
      '## a\n```yaml\na: b\n```\nc\n',
      '<!--',
      '---\n',
    ];
    for (const kind of kinds) {
      const text = kind.repeat(Math.ceil(400_000 / kind.length));
      // It would not come to its end if it were otherwise.
      assert.ok(readShotFile(text).problems.length >= 0);
    }
  });
});
