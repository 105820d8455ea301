import assert from 'node:assert/strict';
import { knownRequestOf, requestOf } from '../../../src/tasks/request.ts';

const SIGNED = 'https://pictures.example/a.png?X-Amz-Signature=abc';

function known(request: unknown, model: string | null = null): ReturnType<typeof knownRequestOf> {
  return knownRequestOf({ request: typeof request === 'string' ? request : JSON.stringify(request), model });
}

describe('the request that a task is made with again', () => {
  it('is the one that was sent, with the signatures of its links', () => {
    const request = { model: 'veo_3_1_fast', prompt: 'A ferry.', image_urls: [SIGNED], seed: 7 };
    assert.deepEqual(known(request), { request, lost: [] });
    assert.deepEqual(requestOf({ request: JSON.stringify(request) }), {
      ...request,
      image_urls: ['https://pictures.example/a.png'],
    });
  });

  it('has the model of the task where it names none', () => {
    assert.deepEqual(known({ prompt: 'A ferry.' }, 'grok_video3'), {
      request: { prompt: 'A ferry.', model: 'grok_video3' },
      lost: [],
    });
  });

  it('names the images that were left out when it was written down', () => {
    const cut = requestOf({
      request: JSON.stringify({
        model: 'grok_video3',
        prompt: 'p',
        image_urls: ['data:image/png;base64,AAAA'],
        first_image: 'data:image/png,AAAA',
        style: 'data:image/png;base64,AAAA',
      }),
    });
    assert.deepEqual(known(cut), {
      request: { model: 'grok_video3', prompt: 'p' },
      lost: ['image_urls', 'first_image', 'style'],
    });
    const whole = { model: 'grok_video3', prompt: 'p', image_urls: ['data:image/png;base64,AAAA'] };
    assert.deepEqual(known(whole), { request: whole, lost: [] });
  });

  it('is not known without prompt and model, whatever an import carries', () => {
    assert.deepEqual(
      [
        known({ prompt: 'p' }),
        known({ model: 'm' }),
        known({ model: 'm', prompt: ' ' }),
        known({ model: 'm', prompt: ['p'] }),
        known({ model: 7, prompt: 'p' }),
        known('null', 'm'),
        known('"p"', 'm'),
        known('[]', 'm'),
        known('{', 'm'),
        knownRequestOf({ request: null, model: 'm' }),
      ],
      Array(10).fill(undefined),
    );
  });
});
