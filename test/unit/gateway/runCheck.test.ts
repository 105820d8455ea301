import assert from 'node:assert/strict';
import { HOUR, SECOND } from '../../../src/base/clock.ts';
import { checkSteps, MOST_REQUESTS, WRONG_KEY } from '../../../src/gateway/checkPlan.ts';
import type { Probe } from '../../../src/gateway/probe.ts';
import { runCheck } from '../../../src/gateway/runCheck.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { aTask, NOON } from '../builders.ts';
import { aCheck, checkDependencies, checkOf, finishedTask, HastyClock } from './gatewayChecks.ts';

const REAL = 'https://gateway.example/kyyReactApiServer';

const DENIED: Probe = {
  status: 404,
  retryAfter: undefined,
  headers: {},
  body: '{"code":404,"message":"Task not found"}',
  took: 20,
  at: NOON,
  tls: null,
};

const LIMITED: Probe = { ...DENIED, status: 429, retryAfter: '40', body: '{"code":429,"msg":"slow down"}' };

/** A list that gives a check all that it can look at. */
function fullList(gateway: string): ReturnType<typeof aTask>[] {
  const done = { gateway, generation: 'completed', videoUrl: 'https://media.example/a.mp4' } as const;
  return [
    aTask({ ...done, key: 1, id: 'vgen_new', completedSeenAt: NOON }),
    aTask({ ...done, key: 2, id: 'mcp_1', endpoint: 'modelCenter', completedSeenAt: NOON - HOUR }),
    aTask({
      ...done,
      key: 3,
      id: 'vgen_old',
      createdAt: NOON - 48 * HOUR,
      completedSeenAt: NOON - 47 * HOUR,
    }),
  ];
}

/** Runs a check that gets the same response to each request, and gives when each was sent, s. */
async function sentAt(response: (count: number) => Probe, isPaused = false): Promise<number[]> {
  const clock = new HastyClock();
  const seen = aCheck(REAL, fullList(REAL));
  let count = 0;
  let until: number | null = isPaused ? NOON + 90 * SECOND : null;
  const { exchanges } = await runCheck(
    seen,
    checkSteps(seen.tasks),
    DEMO_KEY,
    {
      ...checkDependencies(clock),
      probe: () => Promise.resolve(response(count++)),
      probeLink: () => Promise.resolve({ problem: 'unreachable', failure: '', hosts: [] }),
      limitedUntil: () => (until !== null && until > clock.now() ? until : null),
      onRateLimited: retryAfter => {
        until = clock.now() + (retryAfter ?? 0);
      },
    },
    AbortSignal.timeout(60_000),
  );
  return exchanges.map(one => (one.sentAt - NOON) / SECOND);
}

describe('a check of the gateway', () => {
  let gateway: Gateway;

  beforeEach(async () => {
    gateway = await startGateway();
  });

  afterEach(() => gateway.close());

  it('sends at most 12 requests over at least a minute, evenly, whatever the list has', async () => {
    const most = checkSteps(aCheck(REAL, fullList(REAL)).tasks);
    // A video that is made for it is one more, and the finished task is then that one.
    assert.ok(most.length + 1 <= MOST_REQUESTS);
    const times = await sentAt(() => DENIED);
    assert.equal(times.length, most.length);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.ok((times.at(-1) ?? 0) >= 60, times.join());
    assert.ok(Math.max(...gaps) - Math.min(...gaps) < 0.01, gaps.join());
  });

  it('waits out a pause of the gateway, and ends when it is rate-limited twice', async () => {
    assert.equal((await sentAt(() => DENIED, true))[0], 90);
    const times = await sentAt(count => (count === 1 ? LIMITED : DENIED));
    assert.ok((times[2] ?? 0) - (times[1] ?? 0) >= 40, times.join());
    assert.equal((await sentAt(() => LIMITED)).length, 2);
  });

  it('sends the key to the gateway only, a wrong one once, and nothing with it to the video server', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0, linkStyle: 'plain' });
    const { exchanges, stopped } = await checkOf(gateway, [finishedTask(gateway, id)]);
    assert.equal(stopped, null);
    const named = `/kyyReactApiServer/v1/result/${id}`;
    const unknown = '/kyyReactApiServer/v1/result/vgen_00000000000000000000000000000000';
    assert.deepEqual(
      gateway.requests.map(({ origin, path, headers }) => [origin, path, headers.authorization]),
      [
        ['gateway', named, `Bearer ${DEMO_KEY}`],
        ['gateway', unknown, `Bearer ${DEMO_KEY}`],
        ['gateway', unknown, `Bearer ${WRONG_KEY}`],
        ['media', `/clips/${id}/landscape.mp4`, undefined],
        ['gateway', '/kyyReactApiServer/v1/models', `Bearer ${DEMO_KEY}`],
        [
          'gateway',
          '/kyyReactApiServer/v2/model-center/tasks/mcp_00000000000000000000',
          `Bearer ${DEMO_KEY}`,
        ],
        ['gateway', named, `Bearer ${DEMO_KEY}`],
      ],
    );
    assert.ok(gateway.requests.every(({ method }) => method === 'GET'));
    assert.equal(exchanges.length, 7);
    assert.equal(gateway.tasks.length, 1);
  });

  it('keeps what was seen when it is cancelled', async () => {
    const ended = new AbortController();
    const start = aCheck(gateway.baseUrl);
    const dependencies = {
      ...checkDependencies(),
      onSeen: () => {
        ended.abort();
      },
    };
    const seen = await runCheck(start, checkSteps(start.tasks), DEMO_KEY, dependencies, ended.signal);
    assert.deepEqual([seen.stopped, seen.exchanges.length], ['cancelled', 1]);
    assert.equal(gateway.requests.length, 1);
  });
});
