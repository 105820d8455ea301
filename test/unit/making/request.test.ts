import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MODELS, type Model } from '../../../src/gateway/models.ts';
import { bodyOf, checkRequest, isError, type VideoRequest } from '../../../src/making/request.ts';
import { readCreateRequest } from '../../gateway/createRules.ts';

const LINK = 'https://images.example.com/dock.png';

function row(id: string): Model {
  const found = MODELS.find(one => one.id === id);
  assert.ok(found);
  return found;
}

/** The problems of a request in short: field, or field[index], and kind. */
function problems(request: VideoRequest, model: Model | undefined = row(String(request.model))): string[] {
  return checkRequest(request, model, { allowsFiles: false }).map(
    one => `${one.field}${one.index === undefined ? '' : `[${one.index}]`}: ${one.kind}`,
  );
}

describe('a request for a video', () => {
  it('is sent with every default said', () => {
    assert.deepEqual(bodyOf({ model: 'veo_3_1_fast', prompt: ' A ferry. \n' }, row('veo_3_1_fast')), {
      model: 'veo_3_1_fast',
      prompt: 'A ferry.',
      resolution: '720p',
      aspect_ratio: '16:9',
    });
    assert.deepEqual(bodyOf({ model: 'grok_video3', prompt: 'A ferry.', duration: 12 }, row('grok_video3')), {
      model: 'grok_video3',
      prompt: 'A ferry.',
      resolution: '720p',
      aspect_ratio: '16:9',
      duration: 12,
    });
  });

  it('leaves out what the model makes in one way only', () => {
    const body = bodyOf({ model: 'grok_video3_pro', prompt: 'A ferry.' }, row('grok_video3_pro'));
    assert.deepEqual(Object.keys(body), ['model', 'prompt', 'aspect_ratio']);
    assert.deepEqual(problems({ model: 'grok_video3_pro', prompt: 'A ferry.', duration: 10 }), [
      'duration: notTaken',
    ]);
  });

  it('is spelled as the table spells it', () => {
    const request = { model: 'veo_3_1_pro', prompt: 'A ferry.', resolution: '4k', image_urls: [` ${LINK} `] };
    assert.deepEqual(problems(request), []);
    const body = bodyOf(request, row('veo_3_1_pro'));
    assert.deepEqual([body.resolution, body.image_urls], ['4K', [LINK]]);
  });

  it('has all its problems reported at once', () => {
    assert.deepEqual(
      problems({
        model: 'veo_3_1_fast',
        prompt: ' ',
        resolution: '8K',
        aspect_ratio: 969,
        duration: 8,
        seed: 7,
        first_image: 'frames/dock.png',
        image_urls: [LINK, 'http://127.0.0.1/a.png', 'data:image/png;base64,AA', 3],
      }),
      [
        'prompt: missing',
        'resolution: notAllowed',
        'aspect_ratio: notAllowed',
        'duration: notTaken',
        'seed: notTaken',
        'first_image: excludes',
        'image_urls: tooMany',
        'image_urls[1]: privateLink',
        'image_urls[2]: noData',
        'image_urls[3]: notText',
        'first_image: localFile',
      ],
    );
  });

  const wrong: [what: string, request: Record<string, unknown>, found: string[]][] = [
    ['a number as digits', { model: 'grok_video3', duration: '10' }, ['duration: notAllowed']],
    [
      'a length between two that are allowed',
      { model: 'grok_video3_max', duration: 11 },
      ['duration: notAllowed'],
    ],
    ['what only some sources allow', { model: 'grok_video3_stable', duration: 6 }, ['duration: disputed']],
    [
      'reference images where there are only frames',
      { model: 'veo_3_1_fast_stable', first_image: LINK, image_urls: [LINK] },
      ['image_urls: notTaken'],
    ],
    [
      'no frame where nobody says that it works without',
      { model: 'veo_3_1_fast_stable' },
      ['first_image: unproven'],
    ],
    ['frames for Grok', { model: 'grok_video3', last_image: LINK }, ['last_image: notTaken']],
    [
      'the name of the list that only Veo has',
      { model: 'grok_video3', input_reference: [LINK] },
      ['input_reference: notTaken'],
    ],
    ['a last frame alone', { model: 'veo_3_1_fast', last_image: LINK }, ['last_image: needs']],
    [
      'both names of the list',
      { model: 'veo_3_1_fast', image_urls: [LINK], input_reference: [LINK] },
      ['image_urls: excludes'],
    ],
    [
      'more images than every source allows',
      { model: 'grok_video3_pro', image_urls: [LINK, LINK] },
      ['image_urls: unproven'],
    ],
    ['one image that is no list', { model: 'veo_3_1_fast', image_urls: LINK }, ['image_urls: notList']],
    [
      'a link with a password',
      { model: 'veo_3_1_fast', first_image: 'https://me:secret@images.example.com/a.png' },
      ['first_image: password'],
    ],
    [
      'a file on a Windows drive',
      { model: 'veo_3_1_fast', first_image: 'C:\\frames\\a.png' },
      ['first_image: localFile'],
    ],
    [
      'a link that is none',
      { model: 'veo_3_1_fast', first_image: 'ftp://images.example.com/a.png' },
      ['first_image: notLink'],
    ],
    [
      'a number JSON does not have',
      { model: 'veo_3_1_fast', resolution: Number.NaN },
      ['resolution: notAllowed', 'resolution: notSendable'],
    ],
  ];
  for (const [what, request, found] of wrong) {
    it(`is reported: ${what}`, () => {
      assert.deepEqual(problems({ prompt: 'A ferry.', ...request }), found);
    });
  }

  it('of a model that the table does not know passes as it is', () => {
    const request = { model: 'veo_9', prompt: 'A ferry.', seed: 7, resolution: '8K', first_image: '' };
    assert.deepEqual(checkRequest(request, undefined, { allowsFiles: false }), []);
    assert.deepEqual(bodyOf(request, undefined), {
      model: 'veo_9',
      prompt: 'A ferry.',
      seed: 7,
      resolution: '8K',
    });
  });

  it('without errors is one that the gateway takes, whatever it is made of', () => {
    // Mostly what fits, so that many of them have no error; `undefined` is as good as left out.
    const mostly = <T, U>(fits: readonly T[], not: readonly U[]): fc.Arbitrary<T | U | undefined> =>
      fc.oneof(
        { weight: 8, arbitrary: fc.constant(undefined) },
        { weight: 8, arbitrary: fc.constantFrom(...fits) },
        { weight: 1, arbitrary: fc.constantFrom(...not) },
      );
    const lists = mostly(
      [[LINK], [LINK, LINK], Array<string>(6).fill(LINK)],
      [['data:image/png;base64,AA'], ['a.png'], ['http://10.0.0.1/a.png'], LINK],
    );
    const requests = fc.record({
      model: fc.constantFrom(...MODELS.map(one => one.id)),
      prompt: fc.oneof({ weight: 8, arbitrary: fc.constant('A ferry.') }, fc.constantFrom(' ', 5)),
      resolution: mostly(['480p', '720P', '1080p', '4k', ''], ['8K', 720]),
      aspect_ratio: mostly(['16:9', '9:16', '1:1', null], ['4:3', 969]),
      duration: mostly([6, 10, 11, 30], [31, '10', 6.5]),
      first_image: mostly([LINK], ['a.png', '']),
      last_image: mostly([LINK, ''], [3]),
      image_urls: lists,
      input_reference: lists,
    });
    let sent = 0;
    fc.assert(
      fc.property(requests, request => {
        const model = row(request.model);
        const found = checkRequest(request, model, { allowsFiles: false });
        if (found.length === 0) {
          sent += 1;
          const answer = readCreateRequest(model.family, JSON.stringify(bodyOf(request, model)));
          assert.ok('prompt' in answer, JSON.stringify(answer));
          assert.deepEqual(bodyOf(bodyOf(request, model), model), bodyOf(request, model));
        }
      }),
      { numRuns: 5000 },
    );
    assert.ok(sent > 100, `only ${sent} requests were fit to be sent`);
  });

  it('of any content is judged without throwing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('model', 'prompt', 'image_urls', 'first_image')),
          fc.anything(),
        ),
        fc.constantFrom(undefined, ...MODELS),
        (request, model) => {
          const found = checkRequest(request, model, { allowsFiles: true });
          if (!found.some(isError)) {
            assert.deepEqual(JSON.parse(JSON.stringify(bodyOf(request, model))), bodyOf(request, model));
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});
