import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asList, readShotFile } from '../../../src/making/shotFile.ts';
import { isGiven, type VideoRequest } from '../../../src/making/request.ts';
import { writeShot } from '../../../src/making/shotWriter.ts';

/** So many requests are tried; `DAILIES_SHAPES` asks for more. */
const RUNS = Number(process.env.DAILIES_SHAPES ?? 20_000) / 4;

/** The request that is read back; fails where it is not one video. */
function readBack(text: string): VideoRequest {
  const { shots, problems } = readShotFile(text);
  assert.deepEqual([problems, shots.length, shots[0]?.videos.length], [[], 1, 1], text);
  return shots[0]?.videos[0]?.request ?? {};
}

/** A request as it is after writing and reading: with what says something. */
function normal(request: VideoRequest, left: readonly string[]): VideoRequest {
  const fields = Object.entries(request)
    .filter(([name, value]) => name !== 'prompt' && isGiven(value) && !left.includes(name))
    .map(([name, value]): [string, unknown] => [name, asList(name, value)]);
  return { ...Object.fromEntries(fields), prompt: String(request.prompt).replace(/\r\n?/g, '\n').trim() };
}

function roundTrip(request: VideoRequest): [VideoRequest, readonly string[]] {
  const { text, left } = writeShot({ request });
  return [readBack(text), left];
}

const HOSTILE = [
  '{{x}}',
  '{{{{x}}}}',
  '{{braces}}',
  '{{ }}',
  '{{note}}',
  '<!--',
  '-->',
  '<!-- a note -->',
  '## Heading',
  '   ## Heading ##',
  '##',
  '---',
  '...',
  '```',
  '```yaml',
  '~~~ yaml',
  'model: x',
  '{',
  '}}',
  ' ',
  '\t',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '\u2028',
  '\ufeff',
  '\u0000',
  'yes',
  'null',
  '720',
  '16:9',
  '1e3',
  '0x1F',
  '2026-11-28',
  '# no comment',
  'a: b',
  'a #b',
  '"',
  "'",
  '\\',
  '&a',
  '*a',
  '!tag',
  '%',
  '@',
  '海边的猫',
  '🎬',
  '\ud800',
  '[[[[[[[[',
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 8 })
  .map(parts => parts.join(''));

const prompt = text.filter(one => one.trim() !== '');

const fieldName = fc.oneof(
  fc.constantFrom('model', 'resolution', 'first_image', 'image_urls', 'seed', '__proto__', 'null', '<<', '1'),
  text.filter(one => one !== 'prompt'),
);

const value = fc.oneof(
  text,
  fc.array(text, { maxLength: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter(one => !Object.is(one, -0)),
  fc.boolean(),
  fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
);

describe('a request as a shot file', () => {
  it('reads as a person would have written it', () => {
    const request = {
      model: 'veo_3_1_fast',
      prompt: '  A ferry leaves the harbour.\nGulls.\n',
      resolution: '1080p',
      aspect_ratio: '16:9',
      image_urls: ['https://pictures.example/a.png?x=1&y=2', 'frames/the dock.png'],
      seed: 7,
      note: null,
    };
    assert.equal(
      writeShot({ request, label: 'The harbour', family: 'veo' }).text,
      `---
model: veo_3_1_fast
resolution: 1080p
aspect_ratio: 16:9
image_urls:
  - https://pictures.example/a.png?x=1&y=2
  - "frames/the dock.png"
seed: 7
family: veo
---
## The harbour

A ferry leaves the harbour.
Gulls.
`,
    );
  });

  it('keeps a prompt whose signs mean something in a shot file', () => {
    const request = {
      model: 'm',
      prompt: '```yaml\nresolution: 4K\n```\n## Night\nSay {{name}} <!-- softly -->, {{{x}}}.\n---\n~~~yaml',
      style: '{{house}}',
    };
    assert.deepEqual(roundTrip(request), [request, []]);
  });

  it('keeps the words of its name in the heading', () => {
    const headings = ['Night', ' a\nb ', '## Night ##', 'No. #1', '#', 'x ## # y #', '{{x}} <!--', '---'].map(
      label => readShotFile(writeShot({ request: { model: 'm', prompt: 'p' }, label }).text),
    );
    assert.deepEqual(
      headings.map(({ problems, shots }) => [problems.length, shots.map(({ heading }) => heading)]),
      ['Night', 'a b', '## Night', 'No. #1', null, 'x ## # y', '{{x}} <!--', '---'].map(heading => [
        0,
        [heading],
      ]),
    );
  });

  it('names what it cannot hold', () => {
    const request = {
      model: 'm',
      prompt: 'p',
      takes: 3,
      vars: { a: 'b' },
      image_urls: [`data:image/png;base64,${'A'.repeat(20_000)}`],
      when: new Date(0),
      size: Number.NaN,
      seed: 1,
    };
    const { text: written, left } = writeShot({ request });
    assert.deepEqual(
      [left, readBack(written)],
      [['takes', 'vars', 'image_urls', 'when', 'size'], { model: 'm', seed: 1, prompt: 'p' }],
    );
  });

  it('has no prompt where the request has none, and says of another that it is left out', () => {
    assert.deepEqual(
      [undefined, null, '', ' ', 7].map(one => writeShot({ request: { model: 'm', prompt: one } })),
      [[], [], [], [], ['prompt']].map(left => ({ text: '---\nmodel: m\n---\n', left })),
    );
  });

  it('is read back to the same request, whatever stands in it', () => {
    fc.assert(
      fc.property(prompt, fc.array(fc.tuple(fieldName, value), { maxLength: 5 }), (words, fields) => {
        const request = { ...Object.fromEntries(fields), prompt: words };
        const [read, left] = roundTrip(request);
        assert.deepEqual(read, normal(request, left));
      }),
      { numRuns: RUNS },
    );
  });

  it('holds every text of a usual field', () => {
    fc.assert(
      fc.property(
        prompt,
        text.filter(isGiven),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        (words, one, more) => {
          const request = { model: one, first_image: one, image_urls: more, prompt: words };
          assert.deepEqual(roundTrip(request), [normal(request, []), []]);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
