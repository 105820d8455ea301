import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer as createSecureServer, get, globalAgent } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { sendCreate } from '../../../src/gateway/create.ts';
import { readCreateReply, type CreateReply } from '../../../src/gateway/createReply.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../../fixtures/certificate.ts';
import type { Fault } from '../../gateway/faults.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { refusals, type RefusalName } from '../../gateway/shapes.ts';
import { waitUntil } from '../../vscode/wait.ts';
import { ListLog } from '../builders.ts';

const BODY = JSON.stringify({ model: 'veo_3_1_fast', prompt: 'A ferry.' });

describe('a create request', () => {
  const log = new ListLog();
  let gateway: Gateway;

  before(async () => {
    gateway = await startGateway();
  });

  after(() => gateway.close());

  /** What comes of one request, how many were sent, and how many tasks the gateway made of them. */
  async function send(
    fault?: Fault,
    { body = BODY, key = DEMO_KEY, signal = AbortSignal.timeout(60_000) } = {},
  ): Promise<{ reply: CreateReply; sent: number; made: number }> {
    gateway.clearFaults();
    if (fault) {
      gateway.setFaults([fault], 'create');
    }
    const [requests, tasks] = [gateway.requests.length, gateway.tasks.length];
    const reply = await sendCreate({ gateway: gateway.baseUrl, family: 'veo', body }, key, signal, log);
    return { reply, sent: gateway.requests.length - requests, made: gateway.tasks.length - tasks };
  }

  it('makes one task, and gives its id', async () => {
    const { reply, sent, made } = await send();
    const task = gateway.tasks.at(-1);
    assert.deepEqual([sent, made], [1, 1]);
    assert.ok(reply.kind === 'accepted');
    assert.deepEqual([reply.id, reply.model], [task?.id, 'veo_3_1_fast']);
    const request = gateway.requests.at(-1);
    assert.equal(request?.body, BODY);
    assert.match(String(request.headers['user-agent']), /^Dailies\//);
  });

  const outcomes: [what: string, fault: Fault, kind: CreateReply['kind'], problem?: string][] = [
    ['the id in a wrapper', { kind: 'wrapped' }, 'accepted'],
    ['the id as projectId', { kind: 'projectId' }, 'accepted'],
    ['the task failed at once', { kind: 'errorObject' }, 'accepted'],
    ['a late response', { kind: 'delay', ms: 50 }, 'accepted'],
    ['a business error', { kind: 'businessError' }, 'refused', 'refused'],
    ['a rejected key at 200', { kind: 'keyRejected' }, 'refused', 'keyRejected'],
    ['a rejected key at 401', { kind: 'keyRejectedUpstream' }, 'refused', 'keyRejected'],
    ['an empty account', { kind: 'insufficientBalance' }, 'refused', 'outOfCredit'],
    ['an unknown route', { kind: 'noHandler' }, 'refused', 'wrongAddress'],
    [
      'a redirect to another host',
      { kind: 'redirect', to: 'http://127.0.0.1:9/', status: 308 },
      'refused',
      'redirected',
    ],
    ['too many requests', { kind: 'rateLimited', retryAfter: '7' }, 'notSent', 'rateLimited'],
    ['a proxy that wants a password', { kind: 'status', status: 407 }, 'notSent', 'refused'],
    [
      'a response that says "see there"',
      { kind: 'redirect', to: 'http://127.0.0.1:9/', status: 303 },
      'unknown',
      'server',
    ],
    ['a page', { kind: 'html' }, 'unknown', 'notJson'],
    ['a page of a proxy', { kind: 'html', status: 502 }, 'unknown', 'server'],
    ['a server error', { kind: 'status', status: 500 }, 'unknown', 'server'],
    ['a gateway timeout', { kind: 'status', status: 504 }, 'unknown', 'server'],
    ['nothing', { kind: 'emptyBody' }, 'unknown', 'notJson'],
    ['no id', { kind: 'noStatus' }, 'unknown', 'unexpected'],
    ['half a response', { kind: 'brokenJson' }, 'unknown', 'notJson'],
    ['a reset before the response', { kind: 'reset' }, 'unknown', 'network'],
    ['a reset amid the response', { kind: 'reset', afterShare: 0.5 }, 'unknown', 'network'],
    ['a response that ends early', { kind: 'truncated' }, 'unknown', 'network'],
    ['a response that is far too large', { kind: 'oversize', bytes: 3 * 1024 ** 2 }, 'unknown', 'network'],
  ];
  for (const [what, fault, kind, problem] of outcomes) {
    it(`with the response ${what} is ${kind}, and was sent once`, async () => {
      const { reply, sent, made } = await send(fault);
      assert.deepEqual(
        [reply.kind, 'problem' in reply ? reply.problem : undefined, sent],
        [kind, problem, 1],
        JSON.stringify(reply),
      );
      // What is called charged is, and what is called not charged is not.
      assert.ok(kind === 'unknown' || made === (kind === 'accepted' ? 1 : 0), `${made} made`);
      assert.ok(!JSON.stringify(reply).includes(DEMO_KEY));
    });
  }

  it('waits as long as the gateway says after too many', async () => {
    const { reply } = await send({ kind: 'rateLimited', retryAfter: '7' });
    assert.ok(reply.kind === 'notSent');
    assert.equal(reply.retryAfter, 7000);
  });

  it('turned away in any words that are known from the field is never called made', async () => {
    for (const form of Object.keys(refusals) as RefusalName[]) {
      const { reply, made } = await send({ kind: 'refusal', form });
      assert.deepEqual([reply.kind === 'accepted', made], [false, 0], form);
    }
  });

  it('without a response in time may have been made', async () => {
    const late = new AbortController();
    const exchange = send({ kind: 'stall', afterShare: 0 }, { signal: late.signal });
    const before = gateway.tasks.length;
    await waitUntil('a task', () => (gateway.tasks.length > before ? true : undefined));
    late.abort();
    const { reply, made } = await exchange;
    assert.deepEqual([reply.kind, made], ['unknown', 1]);
  });

  it('to where nobody listens was not sent', async () => {
    const server = createServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    for (const address of [
      `http://127.0.0.1:${port}`,
      `https://127.0.0.1:${port}`,
      'http://nowhere.invalid',
    ]) {
      const reply = await sendCreate(
        { gateway: address, family: 'grok', body: BODY },
        DEMO_KEY,
        AbortSignal.timeout(60_000),
        log,
      );
      assert.deepEqual([reply.kind, 'problem' in reply && reply.problem], ['notSent', 'network'], address);
    }
  });

  it('to a host that cannot prove its name was not sent', async () => {
    let requests = 0;
    const server = createSecureServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_request, response) => {
      requests += 1;
      response.end('{}');
    });
    const port = await listen(server);
    try {
      const reply = await sendCreate(
        { gateway: `https://127.0.0.1:${port}`, family: 'veo', body: BODY },
        DEMO_KEY,
        AbortSignal.timeout(60_000),
        log,
      );
      assert.deepEqual([reply.kind, requests], ['notSent', 0], JSON.stringify(reply));
    } finally {
      server.close();
    }
  });

  it('has a connection of its own: one that polls have left may be broken, and nobody would know what came of it', async () => {
    let connections = 0;
    const server = createSecureServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"vgen_1"}');
    });
    server.on('secureConnection', () => {
      connections += 1;
    });
    const port = await listen(server);
    const { options } = globalAgent;
    globalAgent.options = { ...options, rejectUnauthorized: false };
    try {
      const address = `https://127.0.0.1:${port}`;
      const poll = async (): Promise<void> => {
        const [response] = (await once(get(address), 'response')) as [IncomingMessage];
        response.resume();
        await once(response, 'end');
        // Its connection is free a moment later.
        await setImmediate();
      };
      await poll();
      await poll();
      assert.equal(connections, 1, 'polls do not share a connection, so this test shows nothing');
      for (let times = 0; times < 2; times++) {
        const reply = await sendCreate(
          { gateway: address, family: 'veo', body: BODY },
          DEMO_KEY,
          AbortSignal.timeout(60_000),
          log,
        );
        assert.equal(reply.kind, 'accepted', JSON.stringify(reply));
      }
      assert.equal(connections, 3);
    } finally {
      globalAgent.options = options;
      globalAgent.destroy();
      server.close();
    }
  });

  it('to a host that hangs up while the encryption is agreed on was not sent', async () => {
    const server = createServer(socket => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    const port = await listen(server);
    try {
      const reply = await sendCreate(
        { gateway: `https://127.0.0.1:${port}`, family: 'veo', body: BODY },
        DEMO_KEY,
        AbortSignal.timeout(60_000),
        log,
      );
      assert.equal(reply.kind, 'notSent', JSON.stringify(reply));
    } finally {
      server.close();
    }
  });
});

describe('the response to a create request', () => {
  const read = (body: unknown, status = 200): CreateReply =>
    readCreateReply({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });

  it('names its task in each of the documented fields', () => {
    for (const field of ['id', 'task_id', 'taskId', 'projectId']) {
      for (const body of [{ [field]: 'vgen_1' }, { code: 0, msg: null, data: { [field]: 'vgen_1' } }]) {
        const reply = read(body);
        assert.deepEqual(
          [reply.kind, 'id' in reply && reply.id],
          ['accepted', 'vgen_1'],
          JSON.stringify(body),
        );
      }
    }
  });

  it("names the task's id rather than its envelope's", () => {
    const reply = read({ code: 0, id: 'req_9', data: { task_id: 'vgen_1' } });
    assert.deepEqual(['id' in reply && reply.id], ['vgen_1']);
  });

  it('with an id and an error says neither that it was made nor that it was not', () => {
    const reply = read({ code: 500, msg: 'busy', id: 'vgen_1' });
    // Not "unexpected", which says that there is no ID.
    assert.deepEqual([reply.kind, 'problem' in reply && reply.problem], ['unknown', 'refused']);
  });

  it('that names a task and its state was not refused, whatever the HTTP status', () => {
    const task = { id: 'vgen_1', object: 'video', status: 'failed', error: 'insufficient_quota' };
    for (const status of [400, 402, 422, 429, 500, 503]) {
      assert.equal(read(task, status).kind, 'unknown', String(status));
      assert.equal(read({ code: status, data: task }, status).kind, 'unknown', String(status));
    }
    assert.equal(read({ id: 'req_1', error: { message: 'The prompt is empty.' } }, 400).kind, 'refused');
  });

  it('with an id that no address can hold is not believed', () => {
    assert.equal(read({ id: '../../etc' }).kind, 'unknown');
  });

  it('of a server error is clear only where its words are', () => {
    assert.equal(read({ error: { message: 'insufficient_quota' } }, 500).kind, 'refused');
    assert.equal(read({ error: { message: 'Too many requests' } }, 503).kind, 'notSent');
    assert.equal(read({ error: { message: 'upstream error' } }, 503).kind, 'unknown');
    assert.equal(read({ code: 500, msg: '系统异常' }).kind, 'unknown');
  });

  it('that speaks of a time-out or a failure inside says nothing of the request, whatever code or HTTP status it has', () => {
    for (const words of [
      'upstream request timeout',
      'Request timed out',
      'Internal Server Error',
      '请求超时',
      '系统异常',
      '服务器内部错误',
      '网络超时',
    ]) {
      for (const [body, status] of [
        [{ code: -1, msg: words }, 200],
        [{ code: 1, msg: words, data: null }, 200],
        [{ error: { message: words } }, 400],
        [{ message: words }, 422],
      ] as const) {
        assert.equal(read(body, status).kind, 'unknown', `${status} ${JSON.stringify(body)}`);
      }
    }
    // Of its images, it is the request that it speaks of; and what is said clearly stays clear.
    for (const words of ['图片 URL 访问超时', 'image download timed out', 'Timeout: insufficient balance']) {
      assert.equal(read({ code: 1001, msg: words }).kind, 'refused', words);
    }
  });

  it('that is a page of any size is read without throwing', () => {
    assert.equal(read(`<html>${'x'.repeat(600_000)}`, 400).kind, 'refused');
  });
});

async function listen(server: Pick<Server, 'listen' | 'address' | 'once'>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server as Server, 'listening');
  return (server.address() as AddressInfo).port;
}
