import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';

import { addDemoTasks } from '../../gateway/demo.ts';
import { DEMO_KEY, startGateway } from '../../gateway/gateway.ts';
import { askResult, create, finished, jsonOf, send, videoUrl } from './client.ts';

const noon = Date.UTC(2026, 0, 2, 12);

describe('the record of requests', () => {
  it('holds what was sent to either origin, in order, with times and responses', async () => {
    await using gateway = await startGateway({ now: () => noon, speed: 10 });
    const id = gateway.addTask(finished);
    gateway.advance(5000);
    const url = await videoUrl(gateway, id);
    await send(url, { headers: { range: 'bytes=0-99' } });
    await create(gateway, 'veo', { model: 'veo_3_1_fast', prompt: '猫' });
    const { pathname, search } = new URL(url);
    assert.deepStrictEqual(
      gateway.requests.map(({ at, realAt, origin, method, path, body, status }) => [
        at,
        realAt,
        origin,
        method,
        path,
        body,
        status,
      ]),
      [
        [noon + 5000, noon, 'gateway', 'GET', `/kyyReactApiServer/v1/result/${id}`, '', 200],
        [noon + 5000, noon, 'media', 'GET', pathname + search, '', 206],
        [
          noon + 5000,
          noon,
          'gateway',
          'POST',
          '/kyyReactApiServer/v1/veo/videos',
          '{"model":"veo_3_1_fast","prompt":"猫"}',
          200,
        ],
      ],
    );
    assert.equal(gateway.requests[1]?.bytesSent, 100);
  });

  it('shows that the key went to the gateway and nowhere else', async () => {
    await using gateway = await startGateway();
    await send(await videoUrl(gateway, gateway.addTask(finished)));
    assert.deepStrictEqual(
      gateway.requests.map(({ origin, headers }) => [origin, headers.authorization]),
      [
        ['gateway', `Bearer ${DEMO_KEY}`],
        ['media', undefined],
      ],
    );
  });

  it('gives a waiting test the next exchange that fits', async () => {
    await using gateway = await startGateway();
    const [first, second] = [gateway.addTask(), gateway.addTask()];
    const waited = gateway.nextExchange(({ path }) => path.endsWith(second));
    await askResult(gateway, first);
    await askResult(gateway, second);
    assert.equal((await waited).path, `/kyyReactApiServer/v1/result/${second}`);
  });
});

describe('closing the simulated gateway', () => {
  it('ends idle and busy connections, and nobody listens any more', async () => {
    const gateway = await startGateway();
    const id = gateway.addTask();
    gateway.setFaults({ kind: 'stall', afterShare: 0.5 });
    const idle = connect(Number(new URL(gateway.baseUrl).port), '127.0.0.1');
    const idleMedia = connect(Number(new URL(gateway.mediaOrigin).port), '127.0.0.1');
    await Promise.all([once(idle, 'connect'), once(idleMedia, 'connect')]);
    const busy = connect(Number(new URL(gateway.baseUrl).port), '127.0.0.1');
    busy.write(
      `GET /kyyReactApiServer/v1/result/${id} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${DEMO_KEY}\r\n\r\n`,
    );
    await once(busy, 'data');
    const ends = [idle, idleMedia, busy].map(socket =>
      once(
        socket.resume().on('error', () => undefined),
        'close',
      ),
    );
    await Promise.all([gateway.close(), ...ends]);
    const after = [await send(gateway.baseUrl), await send(gateway.mediaOrigin)];
    assert.deepStrictEqual(
      after.map(({ ending }) => ending),
      ['ECONNREFUSED', 'ECONNREFUSED'],
    );
  });

  it('may be done twice', async () => {
    const gateway = await startGateway();
    await Promise.all([gateway.close(), gateway.close()]);
    await gateway.close();
  });
});

describe('starting the simulated gateway', () => {
  it('fails when a port is taken, and leaves nothing behind', async () => {
    await using gateway = await startGateway();
    const port = Number(new URL(gateway.baseUrl).port);
    await assert.rejects(startGateway({ port }), { code: 'EADDRINUSE' });
    await assert.rejects(startGateway({ mediaPort: port }), { code: 'EADDRINUSE' });
  });
});

describe('the demo', () => {
  it('has tasks in every state, which all come to their end', async () => {
    await using gateway = await startGateway({ now: () => noon });
    const tasks = addDemoTasks(gateway);
    const statuses = async (): Promise<unknown[]> => {
      const replies = await Promise.all(tasks.map(({ id }) => askResult(gateway, id)));
      return replies.map(reply => jsonOf(reply).status);
    };
    assert.deepStrictEqual(await statuses(), [
      'completed',
      'processing',
      'queued',
      'processing',
      'queued',
      'failed',
    ]);
    gateway.advance(900_000);
    assert.deepStrictEqual(await statuses(), [...Array<string>(5).fill('completed'), 'failed']);
  });
});
