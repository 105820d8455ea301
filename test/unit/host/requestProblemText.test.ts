import assert from 'node:assert/strict';
import { modelCalled } from '../../../src/gateway/models.ts';
import { checkRequest, type Problem, type VideoRequest } from '../../../src/making/request.ts';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { requestProblemText, valuesText } = await import('../../../src/host/requestProblemText.ts');

function problemsOf(request: VideoRequest): string[] {
  const model = modelCalled(String(request.model));
  return checkRequest(request, model, { allowsFiles: false }).map(problem =>
    requestProblemText(problem, 'Veo'),
  );
}

describe('what is wrong with a request', () => {
  useLanguage('en');

  it('is said in a sentence each', () => {
    assert.deepEqual(problemsOf({}), ['Choose a model.', 'Enter a prompt.']);
    assert.deepEqual(
      problemsOf({
        model: 'veo_3_1_fast',
        prompt: 7,
        resolution: '8K',
        duration: 12,
        seed: 1,
        first_image: 'a.png',
        image_urls: ['http://127.0.0.1/a.png', '', 'ftp://example.com/a', 3, 'https://example.com/5'],
      }),
      [
        'prompt must be text.',
        "resolution can't be 8K. Allowed: 720p, 1080p, 4K.",
        "Veo doesn't accept duration.",
        "Veo doesn't accept seed.",
        "first_image can't be combined with image_urls.",
        'image_urls can have at most 3 images.',
        "image_urls[1]: the gateway can't reach this address: http://127.0.0.1/a.png",
        'image_urls[2] is empty.',
        'image_urls[3] must be an image file or an https link: ftp://example.com/a',
        'image_urls[4] must be text.',
        'first_image is a local file, which has to be uploaded first: a.png',
      ],
    );
  });

  it('that can be sent all the same is said as what may be', () => {
    assert.deepEqual(problemsOf({ model: 'grok_video3_pro', prompt: 'x', aspect_ratio: '1:1' }), [
      'The gateway may not accept 1:1 for aspect_ratio. Always accepted: 16:9.',
    ]);
    assert.deepEqual(problemsOf({ model: 'veo_3_1_fast_stable', prompt: 'x' }), [
      'Veo may not work without first_image.',
    ]);
  });

  it('stays short whatever the value, and never fails', () => {
    const values: unknown[] = [
      'x'.repeat(1_000),
      undefined,
      null,
      1n,
      { a: 1 },
      () => 1,
      [['x'.repeat(999)]],
    ];
    for (const value of values) {
      const problem: Problem = { field: 'duration', kind: 'notAllowed', value, allowed: [10] };
      assert.ok(requestProblemText(problem).length < 200);
    }
  });

  it('gives whole numbers that follow one another as a range', () => {
    assert.equal(valuesText([6, 7, 8, 9, 10]), '6–10');
    assert.equal(valuesText([6, 10, 12]), '6, 10, 12');
    assert.equal(valuesText(['16:9', '9:16']), '16:9, 9:16');
  });
});
