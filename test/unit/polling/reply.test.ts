import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { applyReply } from '../../../src/polling/reply.ts';
import type { Reply } from '../../../src/tasks/reply.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aResponse, answered, aTask, NOON, PACE } from '../builders.ts';

const LINK = 'https://media.example/clip.mp4';

/** A task after a number of replies, one a minute. */
function after(task: Task, ...replies: Reply[]): Task {
  let now = NOON;
  return replies.reduce((current, reply) => {
    now += MINUTE;
    return { ...current, ...applyReply(current, reply, PACE, true, now) };
  }, task);
}

function denied(): Reply {
  return { kind: 'requestFailed', problem: 'notFound', text: 'no such task', retryAfter: null };
}

describe('what a reply changes', () => {
  it('completion with a link makes the clip wait to be saved, its link dated from the last unfinished response', () => {
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
      response: aResponse({ generation: 'failed', statusWord: 'failed', error: 'policy' }),
    });
    assert.deepEqual([task.generation, task.error], ['failed', 'policy']);
  });

  it('a failed check is never a failure of the task', () => {
    const task = after(
      aTask({ generation: 'processing' }),
      { kind: 'requestFailed', problem: 'server', text: 'HTTP 502', retryAfter: null },
      { kind: 'keyRejected', text: 'no' },
    );
    assert.deepEqual([task.generation, task.problem, task.failedAsks], ['processing', 'keyRejected', 2]);
  });

  it('a response ends the problems before it', () => {
    const task = after(aTask(), denied(), answered());
    assert.deepEqual([task.problem, task.failedAsks, task.denials, task.deniedSince], [null, 0, 0, null]);
  });

  it('a finished task stays finished when an old response comes late', () => {
    const task = after(aTask({ generation: 'completed', videoUrl: LINK, file: 'saved' }), answered());
    assert.deepEqual([task.generation, task.videoUrl], ['completed', LINK]);
  });

  it('an id counts as not found only after three denials over ten minutes', () => {
    const soon = after(aTask(), denied(), denied(), denied(), denied());
    const late = after(aTask({ denials: 2, deniedSince: NOON - 10 * MINUTE }), denied());
    assert.deepEqual([soon.generation, late.generation], ['unknown', 'notFound']);
  });

  it('a task without a final response is stalled after the watch limit, and still never failed', () => {
    const old = aTask({ trackedAt: NOON - 27 * HOUR, generation: 'processing' });
    assert.deepEqual(
      [
        after(old, answered()).generation,
        after(old, denied()).generation,
        after({ ...old, failedAsks: 4 }, denied()).generation,
        after(old, answered({ generation: 'completed', statusWord: 'completed', videoUrl: LINK })).generation,
      ],
      ['stalled', 'processing', 'stalled', 'completed'],
    );
  });
});
