import assert from 'node:assert/strict';
import { MODELS, modelCalled } from '../../../src/gateway/models.ts';
import { readSettings } from '../../../src/making/settingsText.ts';
import type { ReadShots } from '../../../src/shots/issues.ts';
import type { Edit } from '../../../src/shots/textEdits.ts';
import fc from 'fast-check';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { readShots, errorsOf } = await import('../../../src/shots/issues.ts');
const { issueText } = await import('../../../src/shots/issueText.ts');
const { fixesOf } = await import('../../../src/shots/fixes.ts');
const { placeAt } = await import('../../../src/shots/place.ts');

/** So many texts are tried; `DAILIES_SHAPES` asks for more. */
const RUNS = Math.min(20_000, Number(process.env.DAILIES_SHAPES ?? 3_000));

const MODEL_FIXES = { all: MODELS, nameOf: (model: string) => model };

function read(text: string, defaults = ''): ReadShots {
  const fields = readSettings(defaults, { start: 0, end: defaults.length }).fields;
  return readShots(text, fields, modelCalled);
}

/** Each issue as a person sees it: how bad, which words it marks, and what it says. */
function told(text: string, defaults = ''): string[] {
  return read(text, defaults).issues.map(issue => {
    const marked = text.slice(issue.span.start, issue.span.end);
    return `${issue.severity} [${marked}] ${issueText(issue, model => model)}`;
  });
}

function apply(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((all, edit) => all.slice(0, edit.span.start) + edit.text + all.slice(edit.span.end), text);
}

function fixes(text: string, code: string, defaults = ''): string[] {
  const found = read(text, defaults);
  const issue = found.issues.find(one => one.code === code);
  assert.ok(issue, found.issues.map(one => one.code).join());
  return fixesOf(found, issue, MODEL_FIXES).map(({ title, edits }) => `${title} → ${apply(text, edits)}`);
}

describe('what is wrong in a shot file', () => {
  useLanguage('en');

  it('is marked where it is written: values, items, names that must not be there', () => {
    assert.deepEqual(
      told(`---
model: grok_video3_max
duration: 11   # seconds
aspect_ratio: 3:2
seed: 4
image_urls: [https://example.com/a.png, 'http://localhost/b.png']
---
A ferry.
`),
      [
        "error [11] duration can't be 11. Allowed: 6, 10, 12, 16, 20, 30.",
        "error [3:2] aspect_ratio can't be 3:2. Allowed: 16:9, 9:16, 1:1.",
        "error [seed] grok_video3_max doesn't accept seed.",
        "error ['http://localhost/b.png'] image_urls[2]: the gateway can't reach this address: http://localhost/b.png",
      ],
    );
  });

  it('in what all shots share is reported once, and in what one has in that one', () => {
    const text = `---
model: veo_3_1_fast
resolution: 480p
---
## Dawn
A ferry.
## Dusk
\`\`\`yaml
resolution: 4K
\`\`\`
A tram.
## Night
\`\`\`yaml
duration: 8
\`\`\`
`;
    assert.deepEqual(told(text), [
      "error [480p] resolution can't be 480p. Allowed: 720p, 1080p, 4K.",
      'error [## Night] Enter a prompt.',
      "error [duration] veo_3_1_fast doesn't accept duration.",
    ]);
    assert.deepEqual(
      [0, 1, 2].map(shot => errorsOf(read(text), shot).length),
      [1, 0, 3],
    );
  });

  it('in what all shots share, and wrong for one only, is reported in that one, and fixed there', () => {
    const front =
      '---\nmodel: veo_3_1_fast\nresolution: 1080p\nfirst_image: https://example.com/a.png\n---\n';
    const text = `${front}## A\nx\n## B\n\`\`\`yaml\nmodel: grok_video3\n\`\`\`\ny`;
    assert.deepEqual(told(text), [
      "error [grok_video3] resolution can't be 1080p. Allowed: 480p, 720p. (from the top of the file)",
      "error [grok_video3] grok_video3 doesn't accept first_image. (from the top of the file)",
    ]);
    assert.equal(
      fixes(text, 'notAllowed')[0],
      `Set resolution: 720p → ${front}## A\nx\n## B\n\`\`\`yaml\nmodel: grok_video3\nresolution: 720p\n\`\`\`\ny`,
    );
    const mended = `${front}## A\nx\n## B\n\`\`\`yaml\nmodel: grok_video3\nresolution: 720p\nfirst_image: \n\`\`\`\ny`;
    assert.deepEqual(told(mended), []);
  });

  it('is reported all at once: a variable without a value hides nothing else', () => {
    assert.deepEqual(
      told('---\nmodel: veo_3_1_fast\nresolution: 8K\nfirst_image: "{{x}}.png"\n---\nAt {{time}}.'),
      [
        "error [8K] resolution can't be 8K. Allowed: 720p, 1080p, 4K.",
        'error ["{{x}}.png"] The variable x has no value.',
        'error [{{time}}] The variable time has no value.',
      ],
    );
  });

  it('in the values of a variable is found', () => {
    const text = '---\nmodel: veo_3_1_fast\nresolution: "{{r}}"\nvars: { r: [720p, 9000p] }\n---\nx';
    assert.deepEqual(told(text), [`error ["{{r}}"] resolution can't be 9000p. Allowed: 720p, 1080p, 4K.`]);
  });

  it('of the folder’s defaults is shown at the top, with where it comes from', () => {
    assert.deepEqual(told('A ferry at {{time}}.', 'model: veo_3_1_fast\nduration: 12\ntakes: 0\n'), [
      'error [A ferry at {{time}}.] takes must be a whole number from 1 to 20. (from shots.yaml)',
      "error [A ferry at {{time}}.] veo_3_1_fast doesn't accept duration. (from shots.yaml)",
      'error [{{time}}] The variable time has no value.',
    ]);
    assert.deepEqual(told('A ferry.', 'model: veo_3_1_fast\n'), []);
  });

  it('in the folder’s defaults is an error of each shot: something else would be generated than is meant', () => {
    const { fields, problems } = readSettings('model: veo_3_1_fast\ntakes: 1\ntakes: 2\n', {
      start: 0,
      end: 39,
    });
    const found = readShots('## A\nx\n## B\ny', fields, modelCalled, problems);
    assert.deepEqual(
      found.issues.map(issue => [
        issueText(issue, model => model),
        issue.shots,
        fixesOf(found, issue, MODEL_FIXES),
      ]),
      [['takes is set twice. (from shots.yaml)', [0, 1], []]],
    );
    assert.equal(errorsOf(found, 1).length, 1);
  });

  it('of models that nobody knows is that nothing is checked, or that it cannot be sent', () => {
    assert.deepEqual(told('---\nmodel: veo_9\nseed: 1\n---\nx'), [
      "information [veo_9] veo_9 isn't a known model, so its settings aren't checked.",
    ]);
    assert.deepEqual(told('---\nmodel: kling\n---\nx'), [
      "error [kling] kling isn't a known model. Set family to veo or grok to use it anyway.",
    ]);
    assert.deepEqual(told('---\nmodel: kling\nfamily: grok\n---\nx'), [
      "information [kling] kling isn't a known model, so its settings aren't checked.",
    ]);
    assert.deepEqual(told('---\nmodel: veo_3_1_fast\nfamily: sora\nprompt: y\n---\nx'), [
      'error [family] family must be veo, grok.',
      'warning [prompt] The prompt is the text below the settings; this field is ignored.',
    ]);
  });

  it('lacks a model: that is said once, at the top', () => {
    assert.deepEqual(told('---\ntakes: 2\n---\n## A\nx\n## B\ny'), ['error [---] Choose a model.']);
    assert.deepEqual(told('A ferry.'), ['error [A ferry.] Choose a model.']);
    assert.deepEqual(told(''), ['error [] Enter a prompt.', 'error [] Choose a model.']);
  });
});

describe('a quick fix', () => {
  useLanguage('en');

  const FRONT = '---\nmodel: grok_video3_max\n';

  it('takes the nearest value that is allowed, and leaves comments as they are', () => {
    assert.deepEqual(fixes(`${FRONT}duration: 11 # s\n---\nx`, 'notAllowed'), [
      `Change to 12 → ${FRONT}duration: 12 # s\n---\nx`,
      `Change to 10 → ${FRONT}duration: 10 # s\n---\nx`,
      `Change to 16 → ${FRONT}duration: 16 # s\n---\nx`,
    ]);
    assert.deepEqual(
      fixes(`${FRONT}duration: "10"\n---\nx`, 'notAllowed')[0],
      `Change to 10 → ${FRONT}duration: 10\n---\nx`,
    );
    assert.deepEqual(
      fixes(`${FRONT}aspect_ratio: 4:3\n---\nx`, 'notAllowed')[0],
      `Change to 16:9 → ${FRONT}aspect_ratio: 16:9\n---\nx`,
    );
    assert.deepEqual(
      fixes(`${FRONT}resolution: 1080p\n---\nx`, 'notAllowed')[0],
      `Change to 720p → ${FRONT}resolution: 720p\n---\nx`,
    );
  });

  it('removes what the model does not take, with its lines, or gives it its right name', () => {
    assert.deepEqual(fixes(`${FRONT}first_image:\n  a.png # the dock\n# next\n---\nx`, 'notTaken'), [
      `Remove first_image → ${FRONT}# next\n---\nx`,
    ]);
    const grok = '---\nmodel: grok_video3\ninput_reference: [https://images.example.com/a.png]\n---\nx';
    assert.deepEqual(
      fixes(grok, 'notTaken').map(fix => fix.split(' → ')[0]),
      ['Rename to image_urls', 'Remove input_reference'],
    );
    assert.deepEqual(fixes(`${FRONT}aspect_raito: 1:1\r\n---\nx`, 'notTaken'), [
      `Rename to aspect_ratio → ${FRONT}aspect_ratio: 1:1\r\n---\nx`,
      `Remove aspect_raito → ${FRONT}---\nx`,
    ]);
    const veo = '---\nmodel: veo_3_1_fast\nfirst_image: a.png\nimage_urls: [b.png]\n---\nx';
    assert.deepEqual(
      fixes(veo, 'excludes').map(one => one.split(' → ')[0]),
      ['Remove first_image', 'Remove image_urls'],
    );
  });

  it('chooses a model, in a file with settings and in one without', () => {
    assert.equal(
      fixes('A ferry.', 'missing')[0],
      'Use veo_3_1_fast → ---\nmodel: veo_3_1_fast\n---\nA ferry.',
    );
    assert.equal(
      fixes('---\nmodel:\n---\nx', 'missing')[0],
      'Use veo_3_1_fast → ---\nmodel: veo_3_1_fast\n---\nx',
    );
    assert.equal(
      fixes('\ufeffA ferry.\r\n', 'missing')[0],
      'Use veo_3_1_fast → \ufeff---\r\nmodel: veo_3_1_fast\r\n---\r\nA ferry.\r\n',
    );
    assert.equal(
      fixes('---\nmodel: veo_3_1_fsat\n---\nx', 'unknownModel')[0],
      'Change to veo_3_1_fast → ---\nmodel: veo_3_1_fast\n---\nx',
    );
  });

  it('adds a variable without a value, so that nothing is sent that nobody wrote', () => {
    const added = (front: string): string | undefined =>
      fixes(`---\n${front}---\n{{time}}`, 'unresolved').at(-1);
    assert.equal(
      added('model: x\n'),
      'Add the variable time → ---\nmodel: x\nvars: { time: [] }\n---\n{{time}}',
    );
    assert.equal(
      added('vars: { a: [1] } # all\n'),
      'Add the variable time → ---\nvars: { a: [1], time: [] } # all\n---\n{{time}}',
    );
    assert.equal(added('vars: {}\n'), 'Add the variable time → ---\nvars: { time: [] }\n---\n{{time}}');
    assert.equal(
      added('vars:\n  a: [1]\n'),
      'Add the variable time → ---\nvars:\n  time: []\n  a: [1]\n---\n{{time}}',
    );
    assert.equal(added('vars:\n'), 'Add the variable time → ---\nvars: { time: [] }\n---\n{{time}}');
    assert.equal(
      fixes('---\nvars: { time: [dawn] }\n---\n{{tiem}}', 'unresolved')[0],
      'Change to {{time}} → ---\nvars: { time: [dawn] }\n---\n{{time}}',
    );
  });

  it('sets in the file what the folder’s defaults get wrong', () => {
    assert.equal(
      fixes('A ferry.', 'notAllowed', 'model: veo_3_1_fast\nresolution: 8K')[0],
      'Set resolution: 4K → ---\nresolution: 4K\n---\nA ferry.',
    );
  });

  it('ends what has no end, puts takes within their bounds, and takes out what is there twice', () => {
    assert.equal(
      fixes('---\nmodel: x\n\nA ferry.', 'unclosed')[0],
      'Add the missing end → ---\nmodel: x\n---\n\nA ferry.',
    );
    assert.equal(
      fixes('---\nmodel: x\n---\nA <!-- b\nc', 'unclosed')[0],
      'Add the missing end → ---\nmodel: x\n---\nA <!-- b -->\nc',
    );
    assert.equal(
      fixes('---\nmodel: x\ntakes: 40\n---\nx', 'takes')[0],
      'Change to 20 → ---\nmodel: x\ntakes: 20\n---\nx',
    );
    assert.equal(
      fixes('---\ntakes: 1\ntakes: 2\n---\nx', 'duplicate')[0],
      'Remove takes → ---\ntakes: 1\n---\nx',
    );
  });
});

describe('what stands at a place in a shot file', () => {
  useLanguage('en');

  /** `|` is where the person is. */
  function at(marked: string): string {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const place = placeAt(text, offset, read(text).file);
    if (!place) {
      return 'nothing';
    }
    const word = text.slice(place.span.start, place.span.end);
    return place.kind === 'value'
      ? `${place.field}${place.isItem ? ' item' : ''} ${place.lead === '' ? '' : '_'}[${word}]`
      : `${place.kind} [${word}]`;
  }

  for (const [text, expected] of [
    ['|', 'empty []'],
    ['sho|', 'empty [sho]'],
    ['---\n|\n---\n', 'name []'],
    ['---\nmod|\n', 'name [mod]'],
    ['---\nmo|del: x\n---\n', 'name [model]'],
    ['---\nmodel:|\n---\n', 'model _[]'],
    ['---\nmodel:ve|o\n---\n', 'model _[veo]'],
    ['---\nimage_urls:\n  -|\n---\n', 'image_urls item _[]'],
    ['---\nmodel: |\n---\n', 'model []'],
    ['---\nmodel: veo|_3 # fast\n---\n', 'model [veo_3]'],
    ['---\nmodel: veo # fa|st\n---\n', 'nothing'],
    ['---\naspect_ratio: 16:|9\n---\n', 'aspect_ratio [16:9]'],
    ['---\nimage_urls: [a.png, b|.png]\n---\n', 'image_urls item [b.png]'],
    ['---\nimage_urls: [|\n---\n', 'image_urls item []'],
    ['---\nimage_urls:\n  - a.png\n  - b|.png\n---\n', 'image_urls item [b.png]'],
    ['---\nimage_urls:\n- |\n---\n', 'image_urls item []'],
    ['---\nmodel: x\n---\nAt {{ti|me}}.', 'variable [time]'],
    ['---\nmodel: x\n---\nAt {{|', 'variable []'],
    ['---\nfirst_image: "{{|"\n---\n', 'variable []'],
    ['---\nmodel: x\n---\nA fer|ry: nice', 'nothing'],
    ['---\nmodel: x\n---\n<!-- {{ti|me}} -->', 'nothing'],
    ['---\nmodel: x\n|---\nA', 'nothing'],
    ['## A\n```yaml\ndura|\n```\nx', 'name [dura]'],
    ['## A\n```yaml\nduration: |\n```\nx', 'duration []'],
    ['---\r\nmodel: |\r\n---\r\n', 'model []'],
    ['\ufeff---\nmodel: |\n---\n', 'model []'],
    ['---\nvars: { time: [da|wn] }\n---\n', 'vars [{ time: [dawn] }]'],
  ] as const) {
    it(`${JSON.stringify(text)} is ${expected}`, () => {
      assert.equal(at(text), expected);
    });
  }
});

describe('any text at all', () => {
  useLanguage('en');

  const pieces = fc.constantFrom(
    ...[
      '---\n',
      '\n',
      '\r\n',
      '\r',
      '## ',
      '```yaml\n',
      '```\n',
      '<!--',
      '-->',
      '{{',
      '}}',
      'x',
      'time',
      ' ',
    ],
    ...[
      'model: ',
      'veo_3_1_fast',
      'duration',
      'takes: ',
      'vars: ',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      ',',
      '#',
    ],
    ...['first_image: a.png\n', 'image_urls: ', '16:9', '7', '\ufeff', '镜头', '&a ', '*a', '|\n', '😀'],
  );

  it('is read, explained and mended without a failure, and a fix leaves fewer or other issues', () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }),
        fc.nat(),
        fc.boolean(),
        (parts, where, hasDefaults) => {
          const text = parts.join('');
          const defaults = hasDefaults ? 'model: veo_3_1_fast\nduration: 9\nvars: { a: [1] }\ntakes: 0' : '';
          const found = read(text, defaults);
          placeAt(text, where % (text.length + 1), found.file);
          for (const issue of found.issues) {
            assert.ok(
              issue.span.start >= 0 && issue.span.end <= text.length && issue.span.start <= issue.span.end,
            );
            assert.ok(issueText(issue, model => model).length < 600);
            for (const { edits } of fixesOf(found, issue, MODEL_FIXES)) {
              for (const { span } of edits) {
                assert.ok(span.start >= 0 && span.end <= text.length && span.start <= span.end);
              }
              assert.notEqual(apply(text, edits), text);
            }
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('a long shot file', () => {
  useLanguage('en');

  it('of 5,000 lines is read with all that is wrong in it as fast as a person types', () => {
    const shot = (index: number): string =>
      `## Shot ${index}\n\`\`\`yaml\nresolution: ${index % 7 === 0 ? '8K' : '1080p'}\n\`\`\`\nA ferry leaves at {{time}}.\nSlow.\n\n`;
    const text = `---\nmodel: veo_3_1_fast\nvars: { time: [dawn, dusk] }\n---\n${Array.from({ length: 700 }, (_, index) => shot(index)).join('')}`;
    read(text);
    const times = Array.from({ length: 9 }, (_, index) => {
      const started = performance.now();
      const { issues } = read(`${text}${'x'.repeat(index)}`);
      assert.equal(issues.length, 100);
      return performance.now() - started;
    });
    // A bound that only a different order of work would miss; the bench has the figure.
    assert.ok(Math.min(...times) < 200, times.join());
  });
});
