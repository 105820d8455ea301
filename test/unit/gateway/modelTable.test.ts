import assert from 'node:assert/strict';
import fc from 'fast-check';
import { modelTable } from '../../../src/gateway/modelTable.ts';
import { MODELS, modelCalled, type Model } from '../../../src/gateway/models.ts';
import { bodyOf, checkRequest } from '../../../src/making/request.ts';

/** A model's row in a table with a person's own rows. */
function rowIn(setting: unknown, id: string): Model | undefined {
  const { models, troubles } = modelTable(setting);
  assert.deepEqual(troubles, []);
  return models.find(model => model.id === id);
}

/** What is wrong with a person's rows: `model: field`. */
function troublesOf(setting: unknown): string[] {
  return modelTable(setting).troubles.map(({ model, field }) => `${model}: ${field}`);
}

describe('the model table of a person', () => {
  it('is the one that Dailies brings, where nothing is set', () => {
    for (const setting of [undefined, null, {}, [], 'veo', 5]) {
      assert.deepEqual(modelTable(setting), { models: MODELS, troubles: [] });
    }
  });

  it('has new models that are like one it knows, but for what is said of them', () => {
    const veo = modelCalled('veo_3_1_fast');
    assert.deepEqual(rowIn({ veo_4: { like: 'veo_3_1_fast' } }, 'veo_4'), { ...veo, id: 'veo_4' });
    assert.deepEqual(
      rowIn(
        {
          veo_4: {
            like: 'veo_3_1_fast',
            parameters: { duration: [8, 16], resolution: { values: ['1080p', '4K'], default: '4K' } },
            reference: 5,
            frames: 'none',
            seconds: null,
            billing: 'second',
          },
        },
        'veo_4',
      ),
      {
        id: 'veo_4',
        family: 'veo',
        parameters: {
          resolution: { values: ['1080p', '4K'], default: '4K' },
          aspect_ratio: { values: ['16:9', '9:16'], default: '16:9' },
          duration: { values: [8, 16], default: 8 },
        },
        reference: { most: 5, takesData: false },
        frames: 'none',
        seconds: null,
        billing: 'second',
      },
    );
  });

  it('has new models that are like the first of their family, where nothing else is said', () => {
    assert.deepEqual(rowIn({ grok_video4: { family: 'grok' } }, 'grok_video4'), {
      ...modelCalled('grok_video3'),
      id: 'grok_video4',
    });
  });

  it('takes the place of rows that Dailies brings, where they stand', () => {
    const { models } = modelTable({
      veo_3_1_pro: { parameters: { resolution: ['4K'], aspect_ratio: null } },
    });
    assert.deepEqual(
      models.map(model => model.id),
      MODELS.map(model => model.id),
    );
    const model = models.find(one => one.id === 'veo_3_1_pro');
    assert.deepEqual(model?.parameters, { resolution: { values: ['4K'], default: '4K' } });
    assert.equal(modelCalled('veo_3_1_pro')?.parameters.resolution?.default, '720p', 'the own table changed');
    assert.deepEqual(bodyOf({ model: 'veo_3_1_pro', prompt: 'A ferry.' }, model), {
      model: 'veo_3_1_pro',
      prompt: 'A ferry.',
      resolution: '4K',
    });
    assert.deepEqual(
      checkRequest({ model: 'veo_3_1_pro', prompt: 'A ferry.', resolution: '720p' }, model, {
        allowsFiles: false,
      }).map(one => one.kind),
      ['notAllowed'],
    );
  });

  it('can have a row that is like another of its own, above it', () => {
    const setting = { veo_4: { family: 'veo', reference: 0 }, veo_4_fast: { like: 'veo_4', seconds: 4 } };
    assert.deepEqual(rowIn(setting, 'veo_4_fast'), {
      ...modelCalled('veo_3_1_fast'),
      id: 'veo_4_fast',
      reference: null,
      seconds: 4,
    });
  });

  it('says which field of which row is wrong, and leaves the model as it was', () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      ['veo', ''],
      [null, ''],
      [{ colour: 'red' }, 'colour'],
      [{ like: 'veo_9' }, 'like'],
      [{ like: 5 }, 'like'],
      [{ family: 'sora' }, 'family'],
      [{ frames: true }, 'frames'],
      [{ billing: 'token' }, 'billing'],
      [{ seconds: 0 }, 'seconds'],
      [{ seconds: '8' }, 'seconds'],
      [{ reference: -1 }, 'reference'],
      [{ reference: { most: 2, takesData: 'yes' } }, 'reference'],
      [{ parameters: [] }, 'parameters'],
      [{ parameters: { fps: [24] } }, 'parameters.fps'],
      [{ parameters: { resolution: [] } }, 'parameters.resolution'],
      [{ parameters: { resolution: [' 720p'] } }, 'parameters.resolution'],
      [{ parameters: { aspect_ratio: [969] } }, 'parameters.aspect_ratio'],
      [{ parameters: { duration: ['8'] } }, 'parameters.duration'],
      [{ parameters: { duration: { values: [8], default: 10 } } }, 'parameters.duration'],
    ];
    for (const [row, field] of wrong) {
      const setting = { veo_3_1_fast: row, veo_4: { like: 'veo_3_1_fast' } };
      assert.deepEqual(troublesOf(setting), [`veo_3_1_fast: ${field}`], JSON.stringify(row));
      const [first] = modelTable(setting).models;
      assert.deepEqual(first, MODELS[0]);
    }
    assert.deepEqual(troublesOf({ veo_4: {}, ' ': { family: 'veo' } }), ['veo_4: family', ' : ']);
  });

  it('takes anything without throwing, and is never without the models that Dailies brings', () => {
    const field = fc.oneof(
      fc.anything(),
      fc.constantFrom('veo', 'grok', 'none', 'call', null, ['720p'], [8], 3, { resolution: ['720p'] }),
    );
    const row = fc.oneof(
      fc.anything(),
      fc.record(
        {
          like: field,
          family: field,
          parameters: field,
          reference: field,
          frames: field,
          seconds: field,
          billing: field,
        },
        { requiredKeys: [] },
      ),
    );
    const ids = fc.oneof(fc.string(), fc.constantFrom('veo_3_1_fast', '__proto__', 'constructor', 'veo_4'));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(ids, row)), setting => {
        const { models } = modelTable(setting);
        for (const { id } of MODELS) {
          assert.ok(models.some(model => model.id === id));
        }
        for (const model of models) {
          checkRequest({ model: model.id, prompt: 'A ferry.', duration: 8, image_urls: ['a.png'] }, model, {
            allowsFiles: true,
          });
          assert.doesNotThrow(() => JSON.stringify(bodyOf({ model: model.id, prompt: 'A ferry.' }, model)));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
