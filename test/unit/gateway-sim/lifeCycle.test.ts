import assert from 'node:assert/strict';

import { startGateway } from '../../gateway/gateway.ts';
import { askResult, finished, jsonOf } from './client.ts';

const noon = Date.UTC(2026, 0, 2, 12);

describe('the life of a simulated task', () => {
  it('goes through queued, processing and completed on a clock that runs faster than the real one', async () => {
    let realMs = noon;
    await using gateway = await startGateway({ speed: 60, now: () => realMs });
    const id = gateway.addTask({ queuedS: 60, processingS: 120 });
    const seen: unknown[] = [];
    for (const passedS of [0, 0.99, 1, 2.99, 3]) {
      realMs = noon + passedS * 1000;
      seen.push(jsonOf(await askResult(gateway, id)).status);
    }
    assert.deepStrictEqual(seen, ['queued', 'queued', 'processing', 'processing', 'completed']);
  });

  it('follows the simulated clock when that is made to jump', async () => {
    await using gateway = await startGateway({ now: () => noon });
    const id = gateway.addTask({ queuedS: 20, processingS: 160 });
    gateway.advance(180_000);
    assert.deepStrictEqual(
      [gateway.now(), jsonOf(await askResult(gateway, id)).status],
      [noon + 180_000, 'completed'],
    );
  });

  it('returns a task in progress with the documented fields, its time in unix seconds and no URL', async () => {
    await using gateway = await startGateway({ now: () => noon });
    const id = gateway.addTask({ id: 'vgen_1', model: 'veo_3_1_pro', ageS: 30 });
    assert.deepStrictEqual(jsonOf(await askResult(gateway, id)), {
      id: 'vgen_1',
      object: 'video',
      created: noon / 1000 - 30,
      model: 'veo_3_1_pro',
      status: 'processing',
      video_url: null,
      error: null,
    });
  });

  it('returns a completed task with a URL on the media origin and the length of the clip', async () => {
    await using gateway = await startGateway();
    const id = gateway.addTask({ ...finished, clip: 'slowstart' });
    const { status, video_url: url, actualDuration } = jsonOf(await askResult(gateway, id));
    assert.deepStrictEqual(
      [status, new URL(String(url)).origin, actualDuration],
      ['completed', gateway.mediaOrigin, 10],
    );
  });

  it('returns a failed task with its error and a cancelled one without', async () => {
    await using gateway = await startGateway();
    const failed = gateway.addTask({ ...finished, outcome: 'failed', error: 'No.' });
    const cancelled = gateway.addTask({ ...finished, outcome: 'cancelled' });
    const answers = [jsonOf(await askResult(gateway, failed)), jsonOf(await askResult(gateway, cancelled))];
    assert.deepStrictEqual(
      answers.map(({ status, video_url: url, error }) => [status, url, error]),
      [
        ['failed', null, 'No.'],
        ['cancelled', null, null],
      ],
    );
  });

  it('says 404 for an id it never gave out', async () => {
    await using gateway = await startGateway();
    const reply = await askResult(gateway, 'vgen_unheard/of');
    assert.deepStrictEqual([reply.status, jsonOf(reply)], [404, { code: 404, message: 'Task not found' }]);
  });

  it('repeats the same link, unless set to renew it with each response', async () => {
    for (const renewLinks of [false, true]) {
      await using gateway = await startGateway({ now: () => noon, renewLinks });
      const id = gateway.addTask(finished);
      const first = jsonOf(await askResult(gateway, id)).video_url;
      gateway.advance(60_000);
      const second = jsonOf(await askResult(gateway, id)).video_url;
      assert.equal(first !== second, renewLinks);
    }
  });
});
