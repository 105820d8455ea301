import assert from 'node:assert/strict';
import { join } from 'node:path';
import { SECOND } from '../../../src/base/clock.ts';
import type { CheckSeen } from '../../../src/gateway/checkSeen.ts';
import { probe } from '../../../src/gateway/probe.ts';
import { probeLink } from '../../../src/saving/linkProbe.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { judgeAddress, type GatewayAddress } from '../../../src/tasks/gatewayAddress.ts';
import type { Intent } from '../../../src/tasks/intent.ts';
import { ALL_GATEWAYS } from '../../../src/tasks/pause.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { aNewIntent, useFolder } from '../builders.ts';
import { HastyClock } from '../gateway/gatewayChecks.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { checkGateway, requestsOf } = await import('../../../src/commands/gatewayCheck.ts');

describe('running a check of the gateway', () => {
  const folder = useFolder();
  let gateway: Gateway;
  let clock: HastyClock;
  let store: TaskStore;

  beforeEach(async () => {
    gateway = await startGateway();
    clock = new HastyClock();
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    globalThis.fakePerson.progress = true;
  });

  afterEach(async () => {
    globalThis.fakePerson.progress = undefined;
    store.dispose();
    await gateway.close();
  });

  const run = (made?: Intent, onSeen: (seen: CheckSeen) => void = () => undefined): Promise<CheckSeen> => {
    const dependencies = {
      store,
      clock,
      probe: (address: string, key: string, signal: AbortSignal) => probe(address, key, clock, signal),
      probeLink: (link: string, _gateway: GatewayAddress, signal: AbortSignal) =>
        probeLink(link, { allowLoopback: true, largest: 1e9 }, signal),
    };
    const address = judgeAddress(gateway.baseUrl) as GatewayAddress;
    return checkGateway(address, DEMO_KEY, made, dependencies, onSeen);
  };

  /** A task that is finished, in the list as the poller leaves it. */
  const addFinished = (): string => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0, linkStyle: 'plain' });
    const { key } = store.add(gateway.baseUrl, id, clock.now()).task;
    const videoUrl = `${gateway.mediaOrigin}/clips/${id}/landscape.mp4`;
    store.update(key, { generation: 'completed', completedSeenAt: clock.now(), videoUrl, nextPollAt: null });
    return id;
  };

  it('sends as many requests as it said before, and says how far it is', async () => {
    addFinished();
    const counts: number[] = [];
    const seen = await run(undefined, ({ exchanges }) => {
      counts.push(exchanges.length);
    });
    assert.equal(gateway.requests.length, requestsOf(store, gateway.baseUrl, clock.now(), false));
    assert.deepEqual([...new Set(counts)], [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.equal(seen.stopped, null);
    assert.ok(seen.endedAt !== null);
  });

  it('leaves the gateway alone in all windows when it is rate-limited, and ends at the second time', async () => {
    gateway.setFaults({ kind: 'rateLimited', retryAfter: '40' });
    const seen = await run();
    assert.deepEqual([seen.stopped, seen.exchanges.length], ['rateLimited', 2]);
    const [first = 0, second = 0] = seen.exchanges.map(({ sentAt }) => sentAt);
    assert.ok(second - first >= 40 * SECOND);
    const pause = store.pauses.get(gateway.baseUrl, 'rateLimited');
    assert.ok((pause?.until ?? 0) >= second + 40 * SECOND);
    assert.equal(pause?.count, 2);
  });

  it('looks at the video that was made for it once that is finished, and at nothing of it where none comes', async () => {
    const add = (): Intent => {
      const [intent] = store.intents.add([aNewIntent({ gateway: gateway.baseUrl })], clock.now());
      assert.ok(intent);
      return intent;
    };
    const made = add();
    const claimed = store.intents.claim(clock.now(), 60_000);
    assert.equal(claimed?.id, made.id);
    const id = addFinished();
    const waiting = run(made);
    store.intents.settle(
      made.id,
      { state: 'accepted', problem: null, problemText: null, response: null, taskId: id },
      clock.now(),
    );
    const seen = await waiting;
    assert.deepEqual(
      seen.exchanges.slice(-3).map(({ step }) => step),
      ['finished', 'link', 'finishedAgain'],
    );
    assert.equal(seen.tasks.finished?.id, id);
    assert.equal(seen.exchanges.length + 1, requestsOf(store, gateway.baseUrl, clock.now(), true));

    const lost = add();
    store.intents.drop(lost.id, clock.now());
    const without = await run(lost);
    assert.ok(!without.exchanges.some(({ step }) => step === 'link'));
    assert.equal(without.stopped, null);
  });

  it('counts its requests to the gateway with all others', async () => {
    addFinished();
    const { exchanges } = await run();
    const toGateway = exchanges.filter(({ step }) => step !== 'link').length;
    assert.equal(store.history.requestsInLastHour(clock.now()).get(gateway.baseUrl), toGateway);
  });

  it('sends nothing more once the person pauses polling', async () => {
    const seen = await run(undefined, ({ exchanges }) => {
      if (exchanges.length === 2) {
        store.pauses.set({ gateway: ALL_GATEWAYS, reason: 'person', until: null, count: 1 });
      }
    });
    assert.deepEqual([seen.stopped, seen.exchanges.length], ['paused', 2]);
    assert.equal(gateway.requests.length, 2);
  });

  it('ends after three requests where the gateway never responds', async () => {
    await gateway.close();
    const seen = await run();
    assert.deepEqual([seen.stopped, seen.exchanges.length], ['unreachable', 3]);
  });

  it('is cancelled by the person at any time', async () => {
    globalThis.fakePerson.progress = 'cancelled';
    const seen = await run();
    assert.equal(seen.stopped, 'cancelled');
    assert.ok(seen.exchanges.length < seen.planned);
  });
});
