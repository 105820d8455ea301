import assert from 'node:assert/strict';
import { get } from 'node:http';

import type { Fault } from '../../gateway/faults.ts';
import { type Gateway, startGateway } from '../../gateway/gateway.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { type Reply, askResult, finished, send, videoUrl } from './client.ts';

const whole = clipBytes('tone');

async function download(gateway: Gateway, fault: Fault): Promise<Reply> {
  const id = gateway.addTask({ ...finished, clip: 'tone' });
  gateway.setFaults([fault], `media:${id}`);
  return send(await videoUrl(gateway, id));
}

describe('faults on the way of a response', () => {
  it('reset breaks the connection before a single byte, or after a share of the body', async () => {
    await using gateway = await startGateway();
    const early = await download(gateway, { kind: 'reset' });
    const late = await download(gateway, { kind: 'reset', afterShare: 0.25 });
    assert.deepStrictEqual(
      [early.status, early.ending, late.status, late.ending],
      [0, 'ECONNRESET', 200, 'ECONNRESET'],
    );
    assert.ok(late.body.length <= whole.length / 4);
    assert.deepStrictEqual(
      gateway.requests
        .filter(({ origin }) => origin === 'media')
        .map(({ status, bytesSent }) => [status, bytesSent]),
      [
        [undefined, 0],
        [200, Math.floor(whole.length / 4)],
      ],
    );
  });

  it('truncated promises the whole length and ends early', async () => {
    await using gateway = await startGateway();
    const { headers, body, ending } = await download(gateway, { kind: 'truncated', afterShare: 0.75 });
    assert.deepStrictEqual(
      [headers['content-length'], body.equals(whole.subarray(0, Math.floor(whole.length * 0.75))), ending],
      [String(whole.length), true, 'ECONNRESET'],
    );
  });

  it('wrongLength promises more than is sent, or less', async () => {
    await using gateway = await startGateway();
    const more = await download(gateway, { kind: 'wrongLength', by: 10 });
    const less = await download(gateway, { kind: 'wrongLength', by: -10 });
    assert.deepStrictEqual(
      [more.headers['content-length'], more.body.length, more.ending],
      [String(whole.length + 10), whole.length, 'ECONNRESET'],
    );
    assert.deepStrictEqual(
      [less.headers['content-length'], less.body.length],
      [String(whole.length - 10), whole.length - 10],
    );
  });

  it('noLength and slow still bring the whole body', async () => {
    await using gateway = await startGateway();
    const chunked = await download(gateway, { kind: 'noLength' });
    const slow = await download(gateway, { kind: 'slow', bytesPerSecond: whole.length * 10 });
    assert.deepStrictEqual(
      [chunked.headers['content-length'], chunked.body.equals(whole), slow.body.equals(whole)],
      [undefined, true, true],
    );
  });

  it('stall sends a share and then nothing, until the client leaves', async () => {
    await using gateway = await startGateway();
    const id = gateway.addTask({ ...finished, clip: 'tone' });
    const url = await videoUrl(gateway, id);
    gateway.setFaults({ kind: 'stall', afterShare: 0.5 }, 'media');
    const over = gateway.nextExchange(({ origin }) => origin === 'media');
    const half = Math.floor(whole.length / 2);
    await new Promise<void>(resolve => {
      let received = 0;
      const leaving = get(url, { agent: false }, response => {
        response.on('data', (part: Buffer) => {
          received += part.length;
          if (received < half) return;
          leaving.destroy();
          resolve();
        });
        response.on('error', () => undefined); // Leaving is what this client means to do.
      });
    });
    assert.deepStrictEqual([(await over).bytesSent, (await over).isOver], [half, true]);
  });

  it('delay keeps one response back while others go out', async () => {
    const gateway = await startGateway();
    const [slow, quick] = [gateway.addTask(), gateway.addTask()];
    gateway.setFaults({ kind: 'delay', ms: 600_000 }, slow);
    const waiting = askResult(gateway, slow);
    assert.equal((await askResult(gateway, quick)).status, 200);
    await gateway.close();
    assert.equal((await waiting).ending, 'ECONNRESET');
  });

  it('a short delay is followed by the usual response', async () => {
    await using gateway = await startGateway();
    const id = gateway.addTask();
    gateway.setFaults({ kind: 'delay', ms: 1 }, id);
    assert.equal((await askResult(gateway, id)).status, 200);
  });
});
