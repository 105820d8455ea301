import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { requestTask } from '../../../src/gateway/client.ts';
import { readResult } from '../../../src/gateway/wire.ts';
import { mediaFile } from '../../fixtures/clips/clips.ts';
import { DEMO_KEY, startGateway } from '../../gateway/gateway.ts';
import { ListLog } from '../builders.ts';

const BASE = 'https://gateway.example/kyyReactApiServer';
const PNG = 'https://media.example/1.png';
const MP3 = 'https://media.example/1.mp3';

/** The link that is read out of a completed task's response. */
function linkIn(model: string | null, fields: Readonly<Record<string, unknown>>): string | null {
  const body = JSON.stringify({ id: 'vgen_1a', model, status: 'completed', error: null, ...fields });
  const reply = readResult({ status: 200, body }, BASE, 'vgen_1a');
  assert.ok('response' in reply, body);
  return reply.response.videoUrl;
}

describe('the result of a task that makes no video', () => {
  it('is under any of the names that such results have, and the first of several', () => {
    assert.deepEqual(
      [
        { image_url: PNG },
        { video_url: null, image_url: PNG },
        { video_url: PNG },
        { image_urls: [PNG, `${PNG}?second`] },
        { images: [{ url: PNG }, { url: `${PNG}?second` }] },
        { data: [{ url: PNG }] },
        { result_url: PNG },
        { url: PNG },
      ].map(fields => linkIn('nano-banana', fields)),
      Array<string>(8).fill(PNG),
    );
    assert.deepEqual(
      [{ audio_url: MP3 }, { video_url: MP3 }, { audio: { url: MP3 } }, { sound_url: MP3 }, { url: MP3 }].map(
        fields => linkIn('soundCloning', fields),
      ),
      Array<string>(5).fill(MP3),
    );
  });

  it('is never what went into it or stands for it', () => {
    for (const name of [
      'reference_image_url',
      'first_image',
      'cover_url',
      'thumbnail',
      'last_frame_url',
      'mask_url',
    ]) {
      assert.equal(linkIn('nano-banana', { [name]: PNG }), null, name);
    }
  });

  it('is known for a model that nobody knows where the response speaks of no video, and for none other', () => {
    assert.deepEqual(
      [null, 'flux-pro'].map(model => linkIn(model, { image_url: PNG })),
      [PNG, PNG],
    );
    assert.equal(linkIn('flux-pro', { image_url: PNG, video_url: null }), null);
    assert.equal(linkIn('veo_3_1_fast', { image_url: PNG }), null);
    assert.equal(
      linkIn('veo_3_1_fast', { image_url: PNG, video_url: 'https://media.example/1.mp4' }),
      'https://media.example/1.mp4',
    );
  });

  it('is the file in `result_url`, whatever the model is known to make', () => {
    assert.equal(linkIn('wan2.7-image', { data: { result_url: PNG } }), PNG);
    assert.equal(
      linkIn('KlingO3', { result_url: 'https://media.example/page' }),
      'https://media.example/page',
    );
  });

  for (const [form, value] of [
    ['a data URI', (data: string) => ({ image_url: `data:image/png;base64,${data}` })],
    ['bare base64', (data: string) => ({ data: [{ b64_json: data }] })],
  ] as const) {
    it(`is found inside the response as ${form}`, async () => {
      await using gateway = await startGateway();
      const id = gateway.addTask({ model: 'nano-banana', clip: 'still', queuedS: 0, processingS: 0 });
      const { path } = mediaFile('still');
      const data = readFileSync(path).toString('base64');
      gateway.setFaults({ kind: 'fields', fields: { image_url: null, ...value(data) } }, id);
      const task = { gateway: gateway.baseUrl, id };
      const reply = await requestTask(task, DEMO_KEY, AbortSignal.timeout(30_000), new ListLog());
      assert.match(
        'response' in reply ? (reply.response.videoUrl ?? '') : '',
        new RegExp(`^data:.*${id}#\\d+$`),
      );
    });
  }
});
