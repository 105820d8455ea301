import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { requestTask } from '../../../src/gateway/client.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { Operations } from '../../../src/store/operations.ts';
import { Poller } from '../../../src/polling/poller.ts';
import type { Task, TaskKey, TaskPatch } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import type { TaskPlan } from '../../gateway/tasks.ts';
import { HandClock, PACE } from '../builders.ts';
import { LARGE, useStage, type Stage } from './stage.ts';

const DAY = 24 * HOUR;

/** A saver and a poller on one store, on a clock that moves by hand. */
class Pair {
  readonly stage: Stage;
  readonly clock: HandClock;
  readonly poller: Poller;
  hasKey = true;

  constructor(stage: Stage, clock: HandClock) {
    this.stage = stage;
    this.clock = clock;
    const { store, log } = stage;
    this.poller = new Poller({
      store,
      clock,
      log,
      forecasts: new Forecasts(kind => store.history.of(kind)),
      random: () => 0.5,
      paceOf: () => PACE,
      savesAutomatically: () => true,
      requestTask: async (task, signal) =>
        this.hasKey ? requestTask(task, DEMO_KEY, signal, log) : undefined,
    });
    store.onDidChange(() => {
      this.poller.wake();
    });
  }

  /** A finished task that was heard of half a minute ago, and whose clip is to be saved now. */
  async add(plan: TaskPlan = {}, facts: TaskPatch = {}): Promise<Task> {
    const now = this.clock.now();
    const askedAt = now - 30 * SECOND;
    return this.stage.addTask(plan, { file: 'waiting', nextSaveAt: now, askedAt, ...facts });
  }

  /** Time goes on by so much here, and for the gateway by so much. */
  jump(here: number, there: number): void {
    this.stage.gateway.advance(there);
    this.clock.jump(here);
  }

  /** Lets up to a day pass until a task is as wished: whenever nobody works, on to the next timer. */
  async pass(key: TaskKey, fits: (task: Task) => boolean): Promise<Task> {
    const { clock, stage } = this;
    const { store } = stage;
    const end = clock.now() + DAY;
    for (;;) {
      assert.ok(clock.now() < end, `still ${stage.taskOf(key).file} after a day`);
      const task = stage.taskOf(key);
      if (fits(task)) {
        return task;
      }
      if (store.leases.held(clock.now()).length > 0) {
        await new Promise<void>(done => {
          const listener = store.onDidChange(() => {
            listener.dispose();
            done();
          });
        });
      } else {
        clock.ringNext(end);
      }
    }
  }

  /** How often the gateway was asked; once of it by the test itself. */
  get questions(): number {
    return this.stage.gateway.requests.filter(({ origin }) => origin === 'gateway').length;
  }
}

function usePair(renewLinks: boolean): () => Pair {
  let clock: HandClock;
  let pair: Pair;
  const stage = useStage({ gateway: { renewLinks }, clock: () => (clock = new HandClock(Date.now())) });
  beforeEach(() => {
    pair = new Pair(stage(), clock);
  });
  afterEach(() => {
    pair.poller.dispose();
  });
  return () => pair;
}

const isSaved = ({ file }: Task): boolean => file === 'saved';
const isFailed = ({ file }: Task): boolean => file === 'failed';

describe('a link that has expired, where the gateway has a fresh one', () => {
  const pair = usePair(true);

  for (const status of [403, 404, 410]) {
    it(`is replaced after the media host said ${status}, and the clip is saved`, async () => {
      const { stage } = pair();
      stage.gateway.setFaults([{ kind: 'status', status }], 'media');
      const { key, videoUrl } = await pair().add();
      const failed = await pair().pass(key, isFailed);
      assert.deepEqual([failed.saveProblemText, stage.names()], [String(status), []]);
      // So that the signature of the fresh link is another.
      pair().jump(0, MINUTE);
      const saved = await pair().pass(key, isSaved);
      stage.assertSaved(saved);
      const statuses = (await stage.downloads()).map(request => request.status);
      assert.deepEqual([saved.videoUrl === videoUrl, statuses, pair().questions], [false, [status, 200], 2]);
    });
  }

  it('is not even tried if the gateway last confirmed it an hour ago', async () => {
    const { key } = await pair().add({}, { nextSaveAt: null });
    pair().jump(25 * HOUR, 25 * HOUR);
    pair().stage.store.update(key, { nextSaveAt: pair().clock.now() });
    pair().stage.assertSaved(await pair().pass(key, isSaved));
    assert.deepEqual(
      [(await pair().stage.downloads()).map(({ status }) => status), pair().questions],
      [[200], 2],
    );
  });

  it('is replaced in the midst of a clip, which goes on where it stopped', async () => {
    const { stage } = pair();
    stage.gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
    const { key } = await pair().add({ sizeBytes: LARGE });
    await pair().pass(key, isFailed);
    const kept = stage.partOf(key)?.size ?? 0;
    pair().jump(25 * HOUR, 25 * HOUR);
    stage.assertSaved(await pair().pass(key, isSaved), clipBytes('tone', LARGE));
    assert.ok(kept > 0);
    assert.deepEqual(await stage.ranges(), [undefined, `bytes=${kept}-`]);
  });

  it('does not hold up what a closed window has left', async () => {
    const { key } = await pair().add({}, { file: 'downloading', nextSaveAt: null });
    pair().jump(2 * HOUR, 0);
    const wokeAt = pair().clock.now();
    pair().stage.store.update(key, { nextSaveAt: wokeAt });
    pair().stage.assertSaved(await pair().pass(key, isSaved));
    assert.ok(pair().clock.now() - wokeAt < MINUTE);
  });

  it('is replaced also after the clip was given up', async () => {
    const { stage, clock } = pair();
    const { key } = await pair().add({}, { linkExpiresAt: clock.now() - DAY });
    stage.gateway.setFaults({ kind: 'expired' }, 'media');
    const lost = await pair().pass(key, ({ file }) => file === 'expired');
    assert.deepEqual([lost.saveProblem, lost.saveProblemText, stage.names()], ['status', '403', []]);
    stage.gateway.clearFaults();
    new Operations(stage.store, clock).refresh(key);
    stage.assertSaved(await pair().pass(key, isSaved));
  });
});

describe('a link that may have expired, where the gateway has no other', () => {
  const pair = usePair(false);

  it('is tried again after a minute while the gateway cannot be reached', async () => {
    const { stage, clock } = pair();
    stage.gateway.setFaults([{ kind: 'expired' }], 'media');
    const { key } = await pair().add();
    stage.gateway.setFaults({ kind: 'reset' });
    const refusedAt = clock.now();
    await pair().pass(key, isFailed);
    const saved = await pair().pass(key, isSaved);
    stage.assertSaved(saved);
    const waited = (clock.now() - refusedAt) / SECOND;
    assert.deepEqual([saved.problem, pair().questions], ['network', 2]);
    assert.ok(waited >= 70 && waited < 130, `${waited} s`);
  });

  it('is tried again after a minute while there is no key to poll with', async () => {
    const { stage, clock } = pair();
    stage.gateway.setFaults([{ kind: 'expired' }], 'media');
    pair().hasKey = false;
    const { key } = await pair().add();
    const refusedAt = clock.now();
    await pair().pass(key, isFailed);
    stage.assertSaved(await pair().pass(key, isSaved));
    const waited = (clock.now() - refusedAt) / SECOND;
    assert.ok(waited >= 70 && waited < 130, `${waited} s`);
  });

  it('is tried though it says that it is over: the clock here may be wrong', async () => {
    const { stage } = pair();
    stage.gateway.setFaults([{ kind: 'status', status: 503 }], 'media');
    const { key } = await pair().add();
    await pair().pass(key, isFailed);
    pair().jump(30 * HOUR, 0);
    const saved = await pair().pass(key, isSaved);
    stage.assertSaved(saved);
    assert.ok((saved.linkExpiresAt ?? 0) < pair().clock.now() - HOUR);
  });

  it('is given up when its life is over, the media host refuses it and the gateway repeats it', async () => {
    const { stage } = pair();
    stage.gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
    const { key } = await pair().add({ sizeBytes: LARGE });
    await pair().pass(key, isFailed);
    pair().jump(30 * HOUR, 30 * HOUR);
    const lost = await pair().pass(key, ({ file }) => file === 'expired');
    assert.deepEqual(
      [lost.saveProblem, lost.saveProblemText, lost.nextSaveAt, lost.part, pair().questions],
      ['status', '403', null, null, 2],
    );
    await stage.untilEmpty();
  });

  it('is not given up while the gateway cannot be reached, for a day after its end', async () => {
    const { stage, clock } = pair();
    const heardAt = clock.now() - DAY;
    const { key } = await pair().add({}, { answeredAt: heardAt, linkExpiresAt: heardAt + HOUR });
    stage.gateway.setFaults({ kind: 'expired' }, 'media');
    stage.gateway.setFaults({ kind: 'reset' });
    const failed = await pair().pass(key, isFailed);
    pair().jump(HOUR, 0);
    const lost = await pair().pass(key, ({ file }) => file === 'expired');
    assert.deepEqual([failed.saveProblemText, lost.saveProblemText, stage.names()], ['403', '403', []]);
  });
});
