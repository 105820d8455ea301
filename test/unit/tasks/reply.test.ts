import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { applyReply } from '../../../src/tasks/reply.ts';
import { nextPollAt, paceFor, rateLimitPause } from '../../../src/tasks/schedule.ts';
import type { Reply, Task } from '../../../src/tasks/task.ts';
import { anAnswer, answered, aTask, NOON, PACE } from '../builders.ts';

const LINK = 'https://media.example/clip.mp4';

/** A task after a number of replies, one a minute. */
function after(task: Task, ...replies: Reply[]): Task {
  let now = NOON;
  return replies.reduce((current, reply) => {
    now += MINUTE;
    return { ...current, ...applyReply(current, reply, PACE, now) };
  }, task);
}

function denied(): Reply {
  return { kind: 'couldNotAsk', problem: 'notFound', text: 'no such task', retryAfter: null };
}

describe('what a reply changes', () => {
  it('completion with a link makes the clip wait to be saved, its link dated from the last unfinished answer', () => {
    const task = after(
      aTask(),
      answered(),
      answered(),
      answered({ generation: 'completed', statusWord: 'completed', videoUrl: LINK }),
    );
    assert.deepEqual(
      [task.generation, task.file, task.nextSaveAt, task.completedSeenAt, task.linkExpiresAt],
      ['completed', 'waiting', NOON + 3 * MINUTE, NOON + 3 * MINUTE, NOON + 2 * MINUTE + 24 * HOUR],
    );
  });

  it('completion without a link leaves no file to wait for', () => {
    const task = after(aTask(), answered({ generation: 'completed', statusWord: 'completed' }));
    assert.deepEqual([task.generation, task.file, task.nextSaveAt], ['completed', 'none', null]);
  });

  it('a fresh link for a saved clip does not fetch it again', () => {
    const saved = aTask({ generation: 'completed', file: 'saved', filePath: '/clips/a.mp4', videoUrl: LINK });
    const task = after(
      saved,
      answered({ generation: 'completed', statusWord: 'completed', videoUrl: `${LINK}?new` }),
    );
    assert.deepEqual([task.file, task.videoUrl, task.nextSaveAt], ['saved', `${LINK}?new`, null]);
  });

  it('a failure keeps the gateway’s reason', () => {
    const task = after(aTask(), {
      kind: 'taskFailure',
      answer: anAnswer({ generation: 'failed', statusWord: 'failed', error: 'policy' }),
    });
    assert.deepEqual([task.generation, task.error], ['failed', 'policy']);
  });

  it('what could not be asked is never a failure of the task', () => {
    const task = after(
      aTask({ generation: 'processing' }),
      { kind: 'couldNotAsk', problem: 'server', text: 'HTTP 502', retryAfter: null },
      { kind: 'keyRejected', text: 'no' },
    );
    assert.deepEqual([task.generation, task.problem, task.failedAsks], ['processing', 'keyRejected', 1]);
  });

  it('an answer ends the problems before it', () => {
    const task = after(aTask(), denied(), answered());
    assert.deepEqual([task.problem, task.failedAsks, task.denials, task.deniedSince], [null, 0, 0, null]);
  });

  it('a finished task stays finished when an old answer comes late', () => {
    const task = after(aTask({ generation: 'completed', videoUrl: LINK, file: 'saved' }), answered());
    assert.deepEqual([task.generation, task.videoUrl], ['completed', LINK]);
  });

  it('an id counts as not found only after three denials over ten minutes', () => {
    const soon = after(aTask(), denied(), denied(), denied(), denied());
    const late = after(aTask({ denials: 2, deniedSince: NOON - 10 * MINUTE }), denied());
    assert.deepEqual([soon.generation, late.generation], ['unknown', 'notFound']);
  });

  it('a task without a final answer is stalled after the watch limit, and still never failed', () => {
    const old = aTask({ trackedAt: NOON - 27 * HOUR, generation: 'processing' });
    assert.deepEqual(
      [
        after(old, answered()).generation,
        after(old, denied()).generation,
        after(old, answered({ generation: 'completed', statusWord: 'completed', videoUrl: LINK })).generation,
      ],
      ['stalled', 'stalled', 'completed'],
    );
  });
});

describe('when to ask next', () => {
  const next = (facts: Partial<Task>, random = 0): number | null => {
    const at = nextPollAt(aTask(facts), PACE, NOON, random);
    return at === null ? null : (at - NOON) / 1000;
  };

  it('is the pace for a task under way, and jitter only delays', () => {
    assert.deepEqual(
      [next({ generation: 'processing' }), next({ generation: 'processing' }, 0.999)],
      [30, 32.997],
    );
  });

  it('is never for a task that ended', () => {
    assert.deepEqual(
      [
        next({ generation: 'failed' }),
        next({ generation: 'notFound' }),
        next({ generation: 'completed', videoUrl: LINK }),
      ],
      [null, null, null],
    );
  });

  it('goes on for ten minutes where the link is missing', () => {
    const completed = { generation: 'completed', videoUrl: null } as const;
    assert.deepEqual(
      [
        next({ ...completed, completedSeenAt: NOON - 9 * MINUTE }),
        next({ ...completed, completedSeenAt: NOON - 10 * MINUTE }),
      ],
      [30, null],
    );
  });

  it('backs off while the gateway cannot be asked, to ten minutes at the most', () => {
    assert.deepEqual(
      [1, 2, 3, 5, 6, 20].map(failedAsks => next({ failedAsks })),
      [30, 60, 120, 480, 600, 600],
    );
  });

  it('is rare for a stalled task', () => {
    assert.equal(next({ generation: 'stalled' }), 3600);
  });

  it('follows the setting within what the gateway allows', () => {
    const gateway = (shortestInterval: number): Parameters<typeof paceFor>[0] => ({
      base: '',
      origin: '',
      isLoopback: false,
      shortestInterval,
    });
    assert.deepEqual(
      [
        ...[1, 30, 45, 300, 9999, Number.NaN].map(wish => paceFor(gateway(30_000), wish).interval),
        ...[0, 1, 30].map(wish => paceFor(gateway(1_000), wish).interval),
      ],
      [30_000, 30_000, 45_000, 300_000, 300_000, 30_000, 1_000, 1_000, 30_000],
    );
  });
});

describe('the pause after a 429', () => {
  it('obeys Retry-After up to 150 s, and doubles from 30 s to 10 minutes without', () => {
    assert.deepEqual(
      [
        rateLimitPause(7_000, 1),
        rateLimitPause(999_000, 1),
        rateLimitPause(0, 1),
        ...[1, 2, 5, 6].map(count => rateLimitPause(null, count)),
      ],
      [7_000, 150_000, 1_000, 30_000, 60_000, 480_000, 600_000],
    );
  });
});
