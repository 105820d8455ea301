import assert from 'node:assert/strict';
import { checkKey, readVerdict, type KeyVerdict } from '../../../src/gateway/keyCheck.ts';
import type { Fault } from '../../gateway/faults.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { ListLog } from '../builders.ts';

describe('checking a key', () => {
  let gateway: Gateway;

  beforeEach(async () => {
    gateway = await startGateway();
  });

  afterEach(() => gateway.close());

  const check = async (key = DEMO_KEY, fault?: Fault, longest?: number): Promise<KeyVerdict> => {
    gateway.setFaults(fault ?? { kind: 'none' });
    return checkKey(gateway.baseUrl, key, AbortSignal.timeout(60_000), new ListLog(), longest);
  };

  it('takes one request, about no task', async () => {
    assert.deepEqual(await check(), { kind: 'accepted' });
    assert.deepEqual(
      gateway.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET /kyyReactApiServer/v1/result/vgen_00000000000000000000000000000000'],
    );
    assert.equal(gateway.tasks.length, 0);
  });

  it('recognizes a rejected key in every form of rejection', async () => {
    assert.deepEqual(await check('outdated-key-not-real'), { kind: 'rejected' });
    const forms: Fault[] = [
      { kind: 'keyRejected' },
      { kind: 'keyRejectedUpstream' },
      { kind: 'refusal', form: 'keyInEnvelope' },
      { kind: 'status', status: 401 },
      { kind: 'status', status: 403 },
    ];
    for (const form of forms) {
      assert.deepEqual(await check(DEMO_KEY, form), { kind: 'rejected' }, JSON.stringify(form));
    }
  });

  it('takes every form of not knowing the task for the word of a gateway that knows the key', async () => {
    const forms: Fault[] = [
      { kind: 'unknownTask' },
      { kind: 'refusal', form: 'deniedInEnvelope' },
      { kind: 'refusal', form: 'foreignTask' },
      { kind: 'refusal', form: 'spring' },
      { kind: 'refusal', form: 'fastApi' },
      { kind: 'status', status: 404 },
      { kind: 'businessError', code: -1, msg: 'Invalid task id' },
    ];
    for (const form of forms) {
      assert.deepEqual(await check(DEMO_KEY, form), { kind: 'accepted' }, JSON.stringify(form));
    }
    const read = (status: number, body: object): string =>
      readVerdict({ status, body: JSON.stringify(body) }, gateway.baseUrl).kind;
    assert.equal(read(400, { error: { code: 'TaskNotFound', message: '' } }), 'accepted');
    assert.equal(read(200, { id: 'vgen_00000000000000000000000000000000', status: 'queued' }), 'accepted');
  });

  it('says what kept it from knowing, and takes neither trouble nor an empty account for a rejection', async () => {
    const forms: [Fault, string][] = [
      [{ kind: 'rateLimited' }, 'rateLimited'],
      [{ kind: 'refusal', form: 'rateInEnvelope' }, 'rateLimited'],
      [{ kind: 'insufficientBalance' }, 'outOfCredit'],
      [{ kind: 'refusal', form: 'credit401' }, 'outOfCredit'],
      [{ kind: 'refusal', form: 'credit403' }, 'outOfCredit'],
      [{ kind: 'refusal', form: 'serverInEnvelope' }, 'server'],
      [{ kind: 'status', status: 503 }, 'server'],
      [{ kind: 'html' }, 'notJson'],
      [{ kind: 'html', status: 404 }, 'wrongAddress'],
      [{ kind: 'html', status: 403 }, 'refused'],
      [{ kind: 'noHandler' }, 'wrongAddress'],
      [{ kind: 'refusal', form: 'kong' }, 'wrongAddress'],
      [{ kind: 'refusal', form: 'apisix' }, 'wrongAddress'],
      [{ kind: 'businessError' }, 'refused'],
      [{ kind: 'noStatus' }, 'unexpected'],
      [{ kind: 'emptyBody' }, 'notJson'],
      [{ kind: 'redirect', to: 'https://elsewhere.example/' }, 'redirected'],
      [{ kind: 'reset' }, 'network'],
    ];
    for (const [fault, problem] of forms) {
      const verdict = await check(DEMO_KEY, fault);
      assert.equal(
        verdict.kind === 'unknown' ? verdict.problem : verdict.kind,
        problem,
        JSON.stringify(fault),
      );
    }
    assert.equal(gateway.requests.length, forms.length);
  });

  it('waits no longer than a person does, and ends when it is cancelled', async () => {
    const verdict = await check(DEMO_KEY, { kind: 'stall', afterShare: 0 }, 200);
    assert.deepEqual(verdict, { kind: 'unknown', problem: 'timeout', text: '' });
    const stop = new AbortController();
    const ended = checkKey(gateway.baseUrl, DEMO_KEY, stop.signal, new ListLog());
    stop.abort();
    await assert.rejects(ended, { name: 'AbortError' });
  });
});
