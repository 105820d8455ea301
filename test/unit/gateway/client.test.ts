import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { requestTask } from '../../../src/gateway/client.ts';
import { otherLinks } from '../../../src/gateway/otherLinks.ts';
import type { Reply } from '../../../src/tasks/reply.ts';
import type { Fault } from '../../gateway/faults.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { refusals, shapes, type RefusalName, type ShapeName } from '../../gateway/shapes.ts';
import type { TaskPlan } from '../../gateway/tasks.ts';
import { ListLog } from '../builders.ts';

const log = new ListLog();
const finished: TaskPlan = { ageS: 600 };
const underWay: TaskPlan = { processingS: 3600, ageS: 60 };
const MIB = 1024 ** 2;

describe('a request to the gateway', () => {
  let gateway: Gateway;

  before(async () => {
    gateway = await startGateway();
  });

  after(() => gateway.close());

  async function ask(plan: TaskPlan, fault?: Fault): Promise<Reply> {
    const id = gateway.addTask(plan);
    if (fault) {
      gateway.setFaults(fault, id);
    }
    return requestTask({ gateway: gateway.baseUrl, id }, DEMO_KEY, AbortSignal.timeout(60_000), log);
  }

  function answerOf(reply: Reply): {
    generation: string;
    videoUrl: string | null;
    error: string | null;
    raw: string;
  } {
    assert.ok('response' in reply, JSON.stringify(reply));
    return reply.response;
  }

  it('finds a task where the gateway knows it, and says where that is', async () => {
    const paths = async (plan: TaskPlan, endpoint?: 'result' | 'modelCenter'): Promise<unknown> => {
      const id = gateway.addTask({ ...finished, ...plan });
      const before = gateway.requests.length;
      const query = { gateway: gateway.baseUrl, id, ...(endpoint ? { endpoint } : {}) };
      const reply = await requestTask(query, DEMO_KEY, AbortSignal.timeout(60_000), log);
      const asked = gateway.requests.slice(before).map(({ path }) => /\/v(\d)\//.exec(path)?.[1]);
      return [
        asked.join(' '),
        'response' in reply ? `${reply.endpoint} ${reply.response.generation}` : reply,
      ];
    };
    assert.deepEqual(await paths({}), ['1', 'result completed']);
    assert.deepEqual(await paths({ endpoint: 'modelCenter' }), ['2', 'modelCenter completed']);
    assert.deepEqual(await paths({ id: 'mcp_moved1', endpoint: 'result' }), ['2 1', 'result completed']);
    assert.deepEqual(await paths({ id: '991', endpoint: 'modelCenter' }), ['1 2', 'modelCenter completed']);
    assert.deepEqual(await paths({ id: '992', endpoint: 'modelCenter' }, 'modelCenter'), [
      '2',
      'modelCenter completed',
    ]);
    const nowhere = { kind: 'requestFailed', problem: 'notFound', text: 'Task not found', retryAfter: null };
    assert.deepEqual(await paths({ id: '993', endpoint: 'modelCenter' }, 'result'), ['1', nowhere]);
    assert.deepEqual(await paths({ id: 'vgen_1', endpoint: 'modelCenter' }), ['1', nowhere]);
  });

  it('denies a task only where both of its endpoints do, whatever the second says', async () => {
    const id = 'mcp_lost1';
    const reply = async (): Promise<Reply> =>
      requestTask({ gateway: gateway.baseUrl, id }, DEMO_KEY, AbortSignal.timeout(60_000), log);
    const problem = async (...faults: Fault[]): Promise<unknown> => {
      gateway.setFaults(faults, id);
      const { kind, ...facts } = await reply();
      return 'problem' in facts ? facts.problem : kind;
    };
    assert.equal(await problem(), 'notFound');
    assert.equal(await problem({ kind: 'none' }, { kind: 'rateLimited' }), 'rateLimited');
    assert.equal(await problem({ kind: 'none' }, { kind: 'reset' }), 'network');
    assert.equal(await problem({ kind: 'none' }, { kind: 'html', status: 200 }), 'notFound');
    assert.equal(await problem({ kind: 'rateLimited' }), 'rateLimited');
  });

  it('names Dailies, and keeps no connection of its own', async () => {
    await ask(finished);
    const headers = gateway.requests.at(-1)?.headers;
    assert.match(String(headers?.['user-agent']), /^Dailies\/\S+ /);
  });

  for (const shape of Object.keys(shapes) as ShapeName[]) {
    it(`understands the shape ${shape}`, async () => {
      const fault: Fault = { kind: 'shape', shape };
      assert.equal(answerOf(await ask(underWay, fault)).generation, 'processing');
      const failed = answerOf(await ask({ ...finished, outcome: 'failed', error: 'policy' }, fault));
      assert.match(`${failed.generation}: ${failed.error}`, /^failed: policy/);
      const done = answerOf(await ask(finished, fault));
      assert.equal(done.generation, 'completed');
      assert.equal(otherLinks(done.raw, gateway.baseUrl, 'vgen_1').length, shape === 'twoClips' ? 1 : 0);
      if (shape === 'filtered') {
        assert.deepEqual([done.videoUrl, done.error], [null, 'The prompt was filtered.']);
      } else {
        assert.match(
          String(done.videoUrl),
          shape === 'relative'
            ? /\/kyyReactApiServer\/v1\/videos\/[^/]+\/content$/
            : /\/clips\/.*landscape\.mp4\?/,
        );
      }
    });
  }

  const expected: Record<RefusalName, string> = {
    apisix: 'wrongAddress',
    kong: 'wrongAddress',
    spring: 'wrongAddress',
    fastApi: 'wrongAddress',
    keyInEnvelope: 'keyRejected',
    rateInEnvelope: 'rateLimited',
    serverInEnvelope: 'server',
    credit401: 'outOfCredit',
    credit403: 'outOfCredit',
    foreignTask: 'refused',
    deniedInEnvelope: 'notFound',
  };
  for (const form of Object.keys(refusals) as RefusalName[]) {
    it(`understands the refusal ${form}`, async () => {
      const reply = await ask(finished, { kind: 'refusal', form });
      assert.equal(reply.kind === 'requestFailed' ? reply.problem : reply.kind, expected[form]);
    });
  }

  it('reads a response with 24 MiB of data in it, and keeps little of it', async () => {
    const { generation, videoUrl, raw } = answerOf(
      await ask(finished, { kind: 'oversize', bytes: 24 * MIB }),
    );
    assert.deepEqual([generation, videoUrl !== null, raw.length < 4096], ['completed', true, true]);
    assert.match((JSON.parse(raw) as { padding: string }).padding, /^x+…\[0: 25165824\]$/);
  });

  it('keeps little of a response with 8 MiB of words in it', async () => {
    const fields = { prompt: 'a word '.repeat((8 * MIB) / 7) };
    const { generation, videoUrl, raw } = answerOf(await ask(finished, { kind: 'fields', fields }));
    assert.deepEqual([generation, videoUrl !== null, raw.length < 8192], ['completed', true, true]);
    assert.match((JSON.parse(raw) as { prompt: string }).prompt, /^a word .*… \[\d+\]$/);
  });

  it('calls a response with too much text unexpected, and the gateway not offline', async () => {
    const words = Buffer.from('a word '.repeat(150_000));
    const server = createServer((_request, response) => {
      pipeline(Readable.from(Array.from({ length: 70 }, () => words)), response, () => undefined);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    const reply = await requestTask(
      { gateway: base, id: 'vgen_1' },
      DEMO_KEY,
      AbortSignal.timeout(60_000),
      log,
    );
    server.closeAllConnections();
    server.close();
    assert.deepEqual(reply, {
      kind: 'requestFailed',
      problem: 'unexpected',
      text: '> 8.5 MiB',
      retryAfter: null,
    });
  });

  for (const form of ['dataUri', 'bare'] as const) {
    it(`has a clip that is in the response (${form}) as a short link, and does not keep it`, async () => {
      const { generation, videoUrl, raw } = answerOf(
        await ask({ ...finished, id: `vgen_${form}`, sizeBytes: 3 * MIB }, { kind: 'inlineClip', form }),
      );
      const number = form === 'dataUri' ? 1 : 0;
      assert.deepEqual(
        [generation, videoUrl, raw.length < 4096],
        ['completed', `data:video/mp4,vgen_${form}#${number}`, true],
      );
      assert.doesNotThrow(() => JSON.parse(raw) as unknown);
    });
  }
});
