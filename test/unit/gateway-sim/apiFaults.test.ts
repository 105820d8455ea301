import assert from 'node:assert/strict';

import type { Fault } from '../../gateway/faults.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { type Reply, askResult, finished, jsonOf } from './client.ts';

/** The answers about one completed task without and with a fault. */
async function repliesWith(fault: Fault): Promise<{ usual: Reply; faulty: Reply }> {
  await using gateway = await startGateway();
  const id = gateway.addTask({ ...finished, id: 'vgen_1' });
  const usual = await askResult(gateway, id);
  gateway.setFaults(fault, id);
  return { usual, faulty: await askResult(gateway, id) };
}

async function replyWith(fault: Fault): Promise<Reply> {
  return (await repliesWith(fault)).faulty;
}

async function bodiesWith(
  fault: Fault,
): Promise<{ usual: Record<string, unknown>; faulty: Record<string, unknown> }> {
  const { usual, faulty } = await repliesWith(fault);
  return { usual: jsonOf(usual), faulty: jsonOf(faulty) };
}

describe('faults in what the gateway says', () => {
  it('wrapped puts the whole body under data', async () => {
    const { usual, faulty } = await bodiesWith({ kind: 'wrapped' });
    assert.deepStrictEqual(faulty, { code: 0, msg: null, data: usual });
  });

  it('fields adds fields and replaces others', async () => {
    const fields = { amount: 0.76, video_url: null, result_url: '/relative.mp4' };
    const { usual, faulty } = await bodiesWith({ kind: 'fields', fields });
    assert.deepStrictEqual(faulty, { ...usual, ...fields });
  });

  it('milliseconds gives the time of creation a thousandfold', async () => {
    const { usual, faulty } = await bodiesWith({ kind: 'milliseconds' });
    assert.deepStrictEqual(faulty, { ...usual, created: Number(usual.created) * 1000 });
  });

  it('completedWithoutUrl, unknownStatus, cancelled and errorObject change what became of the task', async () => {
    const told: unknown[] = [];
    for (const fault of [
      { kind: 'completedWithoutUrl' },
      { kind: 'unknownStatus' },
      { kind: 'unknownStatus', word: 'SUCCEEDED' },
      { kind: 'cancelled' },
      { kind: 'errorObject', message: 'No.' },
    ] as const) {
      const { status, video_url: url, error } = jsonOf(await replyWith(fault));
      told.push([status, url === null, error]);
    }
    assert.deepStrictEqual(told, [
      ['completed', true, null],
      ['reviewing', false, null],
      ['SUCCEEDED', false, null],
      ['cancelled', true, null],
      ['failed', true, { code: 'content_policy_violation', message: 'No.' }],
    ]);
  });

  it('oversize makes a good JSON body of more than 1 MiB', async () => {
    const { body } = await replyWith({ kind: 'oversize' });
    assert.ok(body.length > 1024 * 1024);
    assert.equal((JSON.parse(body.toString()) as { status: string }).status, 'completed');
  });

  it('refusals come with the documented status and shape', async () => {
    const told: unknown[] = [];
    for (const fault of [
      { kind: 'keyRejected' },
      { kind: 'keyRejectedUpstream' },
      { kind: 'businessError', code: -1, msg: 'asset not found' },
      { kind: 'insufficientBalance' },
      { kind: 'noHandler' },
      { kind: 'unknownTask' },
      { kind: 'noStatus' },
      { kind: 'status', status: 503 },
    ] as const) {
      const reply = await replyWith(fault);
      told.push([reply.status, jsonOf(reply)]);
    }
    assert.deepStrictEqual(told, [
      [200, { code: '204', msg: '登录验证失败' }],
      [401, { error: { code: 'AuthenticationError', message: 'Invalid API key', type: 'Unauthorized' } }],
      [200, { code: -1, msg: 'asset not found', data: null }],
      [200, { code: 402, msg: '余额不足，请充值', data: null }],
      [404, { message: 'No handler found for GET /kyyReactApiServer/v1/result/vgen_1' }],
      [404, { code: 404, message: 'Task not found' }],
      [200, {}],
      [503, { message: 'HTTP 503' }],
    ]);
  });

  it('rateLimited is a 429, with a Retry-After only if one was given', async () => {
    const told: unknown[] = [];
    for (const fault of [
      { kind: 'rateLimited' },
      { kind: 'rateLimited', retryAfter: '7' },
      { kind: 'rateLimited', retryAfter: 'Fri, 02 Jan 2026 12:01:00 GMT' },
    ] as const) {
      const { status, headers } = await replyWith(fault);
      told.push([status, headers['retry-after']]);
    }
    assert.deepStrictEqual(told, [
      [429, undefined],
      [429, '7'],
      [429, 'Fri, 02 Jan 2026 12:01:00 GMT'],
    ]);
  });

  it('html, emptyBody and brokenJson are not what was requested', async () => {
    const told: unknown[] = [];
    for (const fault of [
      { kind: 'html' },
      { kind: 'html', status: 502 },
      { kind: 'emptyBody' },
      { kind: 'brokenJson' },
    ] as const) {
      const { status, headers, body } = await replyWith(fault);
      told.push([status, headers['content-type'], body.toString().slice(0, 15)]);
    }
    assert.deepStrictEqual(told, [
      [200, 'text/html; charset=utf-8', '<!DOCTYPE html>'],
      [502, 'text/html; charset=utf-8', '<!DOCTYPE html>'],
      [200, undefined, ''],
      [200, 'application/json;charset=UTF-8', '{"id":"vgen_0",'],
    ]);
  });

  it('redirect and redirectLoop send the caller elsewhere, or back to the same address', async () => {
    await using gateway = await startGateway();
    const id = gateway.addTask();
    gateway.setFaults([
      { kind: 'redirect', to: 'https://elsewhere.example/', status: 307 },
      { kind: 'redirectLoop' },
    ]);
    const replies = [await askResult(gateway, id), await askResult(gateway, id)];
    assert.deepStrictEqual(
      replies.map(({ status, headers }) => [status, headers.location]),
      [
        [307, 'https://elsewhere.example/'],
        [302, `${gateway.baseUrl}/v1/result/${id}`],
      ],
    );
  });
});

describe('a script of faults', () => {
  it('is used up one fault a request, and a task’s own script comes before the one for all', async () => {
    await using gateway = await startGateway();
    const [troubled, other] = [gateway.addTask(), gateway.addTask()];
    gateway.setFaults({ kind: 'status', status: 500 });
    gateway.setFaults([{ kind: 'status', status: 503 }, { kind: 'none' }], troubled);
    const statuses: number[] = [];
    for (const id of [other, troubled, troubled, troubled])
      statuses.push((await askResult(gateway, id)).status);
    gateway.clearFaults();
    statuses.push((await askResult(gateway, other)).status);
    assert.deepStrictEqual(statuses, [500, 503, 200, 500, 200]);
  });

  it('is refused if its origin cannot commit the fault', async () => {
    await using gateway = await startGateway();
    assert.throws(() => {
      gateway.setFaults({ kind: 'wrapped' }, 'media');
    }, /wrapped means nothing for media/);
    assert.throws(() => {
      gateway.setFaults([{ kind: 'none' }, { kind: 'rangeIgnored' }]);
    }, /rangeIgnored means nothing for all/);
  });
});
