import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  checkTemplate,
  clipName,
  DEFAULT_TEMPLATE,
  numbered,
  type NameParts,
} from '../../../src/saving/fileName.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A name by a template, of a clip with all facts unless told otherwise. */
function name(template: string, facts: Partial<NameParts> = {}): string {
  return clipName(template, {
    id: 'vgen_abc123def456',
    label: 'Rain, take 2',
    model: 'veo_3_1_fast',
    prompt: 'A cat in the rain',
    shot: 'The cat',
    take: 3,
    finishedAt: new Date(2026, 10, 21, 9, 5, 7).getTime(),
    ...facts,
  });
}

describe('the name of a clip', () => {
  it('has the day, the label or the model, and the end of the ID', () => {
    assert.deepEqual(
      [
        name(DEFAULT_TEMPLATE),
        name(DEFAULT_TEMPLATE, { label: null }),
        name(DEFAULT_TEMPLATE, { label: ' ', model: null }),
      ],
      ['2026-11-21_Rain, take 2_23def456', '2026-11-21_veo_3_1_fast_23def456', '2026-11-21_clip_23def456'],
    );
  });

  it('follows a template of the person, with every variable', () => {
    assert.deepEqual(
      [
        name('{date} {time} {label} {model} {id} {shortId} {prompt}'),
        name('shot-{prompt|label}', { prompt: null }),
        name('{prompt|label}', { prompt: null, label: null }),
        name('rushes'),
        name('{shot}_take {take}'),
        name('{shot|label}_{take|shortId}', { shot: null, take: null }),
      ],
      [
        '2026-11-21 09-05-07 Rain, take 2 veo_3_1_fast vgen_abc123def456 23def456 A cat in the rain',
        'shot-Rain, take 2',
        'clip',
        'rushes',
        'The cat_take 03',
        'Rain, take 2_23def456',
      ],
    );
  });

  it('is the default one for a template that cannot be used', () => {
    const names = ['', ' ', '{date}_{takes}', '{date', 'date}', '{{date}}', '{}', '{label|}'].map(one =>
      name(one),
    );
    assert.deepEqual([...new Set(names)], ['2026-11-21_Rain, take 2_23def456']);
  });

  it('takes whole words of a prompt, and whole characters of a long word', () => {
    const prompt =
      'A paper boat drifts down a gutter, slowly at first, then carried off by the rain of the night';
    assert.deepEqual(
      [name('{prompt}', { prompt }), name('{prompt}', { prompt: '雨'.repeat(30) })],
      ['A paper boat drifts down a gutter, slowly at first, then carried off by the rain', '雨'.repeat(26)],
    );
  });

  it('keeps Unicode, in one form', () => {
    assert.deepEqual(
      [name('{label}', { label: '雨の中の猫 🐈 👩‍👩‍👧' }), name('{label}', { label: 'cafe\u0301' })],
      ['雨の中の猫 🐈 👩‍👩‍👧', 'caf\u00e9'],
    );
  });

  it('is one path segment that no system objects to', () => {
    assert.deepEqual(
      [
        'a/b\\c:d*e?"<>|\u0000\n',
        '../../etc/passwd',
        '..',
        '. .hidden. ',
        'CON',
        'com¹.take 1',
        'invoice\u202egpm.exe\u2066\u200e',
        'a\ud800b',
        '  two  spaces\t',
      ].map(label => name('{label}', { label })),
      [
        'a-b-c-d-e-',
        '-..-etc-passwd',
        'clip',
        'hidden',
        'CON-',
        'com¹-.take 1',
        'invoice-gpm.exe--',
        'a-b',
        'two spaces',
      ],
    );
    assert.deepEqual(
      [name('../{label}/{date}'), name('nul.{shortId}')],
      ['-Rain, take 2-2026-11-21', 'nul-.23def456'],
    );
  });

  it('shortens what is longest, never what distinguishes clips', () => {
    const long = name('{prompt}_{label}_{model}_{shortId}', {
      prompt: 'rain '.repeat(100),
      label: '猫🐈'.repeat(300),
      model: 'veo',
    });
    assert.match(long, /^(rain )+rain_(猫🐈)+猫?_veo_23def456$/);
    assert.ok(Buffer.byteLength(long) > 200, long);
    assert.equal(name('{shortId}'.padStart(400, 'x')), `${'x'.repeat(231)}23def456`);
  });

  it('holds all that for anything that comes', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 400 });
    const nasty = fc.stringMatching(/^(\{(label|model|prompt|id)\}|[. ]|con|nul|é|가|[^{}]){0,300}$/);
    fc.assert(
      fc.property(
        fc.oneof(anything, nasty),
        fc.oneof(anything, nasty),
        anything,
        anything,
        (template, label, model, prompt) => {
          const made = name(template, { label, model, prompt });
          assert.doesNotMatch(made, /[<>:"/\\|?*\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/u);
          assert.doesNotMatch(made, /^[. ]|[. ]$|^$/);
          assert.doesNotMatch(made, /^(con|prn|aux|nul|(com|lpt)[1-9¹²³]) *(\.|$)/i);
          assert.equal(made, made.normalize('NFC'));
          assert.ok(Buffer.byteLength(numbered(made, 1_000_000, 'mp4').replace(/mp4$/, 'json')) <= 255);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a template for names', () => {
  it('is reported with what is wrong with it', () => {
    assert.deepEqual(
      [
        DEFAULT_TEMPLATE,
        '',
        'rushes',
        '{date}_{takes}',
        '{label|tke}',
        '{date',
        'date}',
        '{}',
        '{label|}',
      ].map(checkTemplate),
      [undefined, undefined, undefined, 'takes', 'tke', '{', '}', '{}', '{label|}'],
    );
  });

  it('has the same default in the settings', () => {
    const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> }[] };
    };
    const [found] = contributes.configuration.flatMap(
      ({ properties }) => properties['dailies.save.fileName'] ?? [],
    );
    assert.equal(found?.default, DEFAULT_TEMPLATE);
  });
});
