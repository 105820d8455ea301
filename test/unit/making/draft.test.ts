import assert from 'node:assert/strict';
import { MODELS, modelCalled } from '../../../src/gateway/models.ts';
import {
  areImagesReady,
  imageProblems,
  isChoice,
  modesOf,
  mostImages,
  newDraft,
  parametersOf,
  requestOf,
  type Choice,
} from '../../../src/making/draft.ts';
import { checkRequest, isError } from '../../../src/making/request.ts';

const A = 'https://pictures.example/a.png';
const B = '/home/me/b.png';

function choice(patch: Partial<Choice> = {}): Choice {
  return { model: 'veo_3_1_fast', family: null, mode: 'text', parameters: {}, ...patch };
}

describe('a new video that is put together', () => {
  it('is a request without errors for every model of the table and each of its modes', () => {
    for (const model of MODELS) {
      for (const mode of modesOf(model)) {
        const images = [A, B].slice(0, mostImages(mode, model));
        const draft = { ...newDraft(choice({ model: model.id, mode }), 'A ferry.'), images };
        assert.deepEqual(
          checkRequest(requestOf(draft, model), model, { allowsFiles: true }).filter(isError),
          [],
          `${model.id} ${mode}`,
        );
      }
    }
  });

  it('has every parameter: what was chosen where the model takes it, else the usual value', () => {
    const parameters = { resolution: '4k', aspect_ratio: '1:1', duration: 12, seed: 7 };
    const of = (id: string): unknown =>
      requestOf(newDraft(choice({ model: id, parameters }), 'p'), modelCalled(id));
    assert.deepEqual(
      [of('veo_3_1_fast'), of('grok_video3'), of('grok_video3_pro'), of('veo_9')],
      [
        { model: 'veo_3_1_fast', resolution: '4K', aspect_ratio: '16:9', prompt: 'p' },
        { model: 'grok_video3', duration: 12, aspect_ratio: '1:1', resolution: '720p', prompt: 'p' },
        { model: 'grok_video3_pro', aspect_ratio: '1:1', prompt: 'p' },
        { model: 'veo_9', ...parameters, prompt: 'p' },
      ],
    );
    const grok = modelCalled('grok_video3');
    assert.deepEqual(
      grok && parametersOf(choice({ parameters }), grok).map(({ name, value }) => [name, value]),
      [
        ['resolution', '720p'],
        ['aspect_ratio', '1:1'],
        ['duration', 12],
      ],
    );
  });

  it('has images by its mode, and none left from another', () => {
    const fields = (mode: Choice['mode'], images: string[]): unknown => {
      const {
        model: _,
        prompt: __,
        ...others
      } = requestOf({ ...newDraft(choice({ model: 'veo_9', mode }), 'p'), images }, undefined);
      return others;
    };
    assert.deepEqual(
      [
        fields('text', [A]),
        fields('reference', [A, B]),
        fields('reference', []),
        fields('frames', [A]),
        fields('frames', [A, B]),
      ],
      [{}, { image_urls: [A, B] }, {}, { first_image: A }, { first_image: A, last_image: B }],
    );
  });

  it('goes on only with images that can be sent', () => {
    const draft = (
      mode: Choice['mode'],
      images: string[],
      model = 'veo_3_1_fast',
    ): ReturnType<typeof newDraft> => ({
      ...newDraft(choice({ model, mode })),
      images,
    });
    const veo = modelCalled('veo_3_1_fast');
    const kinds = (...given: Parameters<typeof draft>): string[] =>
      imageProblems(draft(...given), modelCalled(given[2] ?? 'veo_3_1_fast')).map(
        ({ field, kind }) => `${field} ${kind}`,
      );
    assert.deepEqual(
      [
        kinds('reference', [A, B]),
        kinds('reference', [A, A, A, A]),
        kinds('reference', ['http://127.0.0.1/a.png']),
        kinds('frames', [A, B, A]),
        kinds('text', [], 'veo_3_1_fast_stable'),
        kinds('reference', [A, B], 'grok_video3_pro'),
      ],
      [
        [],
        ['image_urls tooMany'],
        ['image_urls privateLink'],
        ['last_image tooMany'],
        ['first_image unproven'],
        ['image_urls unproven'],
      ],
    );
    assert.deepEqual(
      [
        areImagesReady(draft('reference', []), veo),
        areImagesReady(draft('reference', [A]), veo),
        areImagesReady(draft('frames', ['ftp://x/a.png']), veo),
      ],
      [false, true, false],
    );
  });

  it('takes back only a choice that is one', () => {
    assert.deepEqual(
      [
        choice(),
        choice({ family: 'grok', mode: 'frames', parameters: { a: [1] } }),
        null,
        'veo',
        [],
        { ...choice(), model: ' ' },
        { ...choice(), mode: 'all' },
        { ...choice(), family: 'x' },
        { ...choice(), parameters: [] },
        { ...choice(), model: 'x'.repeat(2_000) },
      ].map(isChoice),
      [true, true, false, false, false, false, false, false, false, false],
    );
  });
});
