import assert from 'node:assert/strict';
import { modelCalled } from '../../../src/gateway/models.ts';
import { checkRequest, type VideoRequest } from '../../../src/making/request.ts';
import { readShotFile } from '../../../src/making/shotFile.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { shotExample } = await import('../../../src/commands/shotExample.ts');

describe('the example of a new shot file', () => {
  it('is one video in which nothing is wrong, also in Chinese', () => {
    const { shots, problems } = readShotFile(shotExample());
    const videos = shots.flatMap(shot => shot.videos);
    assert.deepEqual([problems, videos.length], [[], 1]);
    const request: VideoRequest = videos[0]?.request ?? {};
    assert.deepEqual(checkRequest(request, modelCalled(String(request.model)), { allowsFiles: false }), []);
    assert.match(String(request.prompt), /^黎明时分.*。$/);
  });

  it('shows settings that are right as soon as they are used', () => {
    const text = shotExample().replace(/^# (?=[a-z_]+: )/gm, '');
    const { shots, problems } = readShotFile(text);
    const videos = shots.flatMap(shot => shot.videos);
    assert.deepEqual([problems, videos.length], [[], 4]);
    assert.deepEqual(
      checkRequest(videos[0]?.request ?? {}, modelCalled('veo_3_1_fast'), { allowsFiles: true }),
      [],
    );
  });
});
