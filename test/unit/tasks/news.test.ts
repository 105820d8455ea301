import assert from 'node:assert/strict';
import { HOUR } from '../../../src/base/clock.ts';
import { newsOf, topicOf, toldBy } from '../../../src/tasks/news.ts';
import { writePart } from '../../../src/tasks/part.ts';
import { isAtRisk } from '../../../src/tasks/risk.ts';
import { type Task } from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';

const LINK = { videoUrl: 'https://media.example/clip.mp4', linkExpiresAt: NOON + 24 * HOUR } as const;
const PART = { path: '/clips/part', rate: 0, link: '', validator: null, placing: null } as const;
const DYING = { ...LINK, linkExpiresAt: NOON + 5 * HOUR } as const;

function completed(facts: Partial<Task>): Task {
  return aTask({ generation: 'completed', nextPollAt: null, ...facts });
}

/** The news of each task, or nothing. */
function newsOfAll(tasks: Record<string, Task>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, newsOf(task, NOON) ?? 'nothing']),
  );
}

describe('news of a task', () => {
  it('is how it ended, and nothing while it goes on', () => {
    assert.deepEqual(
      newsOfAll({
        rendering: aTask({ generation: 'processing' }),
        'not answered': aTask({ problem: 'network', failedAsks: 9 }),
        stalled: aTask({ generation: 'stalled' }),
        'not found': aTask({ generation: 'notFound' }),
        failed: aTask({ generation: 'failed' }),
        cancelled: aTask({ generation: 'cancelled' }),
        'waiting for its link': completed({ nextPollAt: NOON + 1 }),
        'without a link for good': completed({}),
        'about to be saved': completed({ ...LINK, file: 'waiting' }),
        saved: completed({ ...LINK, file: 'saved' }),
        'saved and looked at': completed({ ...LINK, file: 'saved', seenAt: NOON }),
        'not there any more': completed({ ...LINK, file: 'missing' }),
        'left to the person': completed({ ...LINK, file: 'none' }),
        'not saved for good': completed({ ...LINK, file: 'expired' }),
      }),
      {
        rendering: 'nothing',
        'not answered': 'nothing',
        stalled: 'stalled',
        'not found': 'notFound',
        failed: 'failed',
        cancelled: 'cancelled',
        'waiting for its link': 'nothing',
        'without a link for good': 'noVideo',
        'about to be saved': 'nothing',
        saved: 'ready',
        'saved and looked at': 'nothing',
        'not there any more': 'nothing',
        'left to the person': 'finished',
        'not saved for good': 'expired',
      },
    );
  });

  it('is an unsaved clip only when a person should know', () => {
    const failing = { ...LINK, file: 'failed' } as const;
    assert.deepEqual(
      newsOfAll({
        'line broke': completed({ ...failing, saveProblem: 'unreachable', failedSaves: 2 }),
        'line broke thrice': completed({ ...failing, saveProblem: 'unreachable', failedSaves: 3 }),
        'disk full': completed({ ...failing, saveProblem: 'diskFull', failedSaves: 1 }),
        'line broke, link dies': completed({
          ...DYING,
          file: 'failed',
          saveProblem: 'unreachable',
          failedSaves: 1,
        }),
        'only its place wanting, link dies': completed({
          ...DYING,
          file: 'failed',
          saveProblem: 'held',
          part: writePart({ ...PART, size: 7, total: 7 }),
        }),
        'half of it here, link dies': completed({
          ...DYING,
          file: 'failed',
          saveProblem: 'unreachable',
          part: writePart({ ...PART, size: 3, total: 7 }),
        }),
        'left to the person, link dies': completed({ ...DYING, file: 'none' }),
        'being saved, link dies': completed({ ...DYING, file: 'downloading' }),
        'about to be saved, link dies': completed({ ...DYING, file: 'waiting', problem: 'noKey' }),
      }),
      {
        'line broke': 'nothing',
        'line broke thrice': 'unsaved',
        'disk full': 'unsaved',
        'line broke, link dies': 'unsaved',
        'only its place wanting, link dies': 'nothing',
        'half of it here, link dies': 'unsaved',
        'left to the person, link dies': 'unsaved',
        'being saved, link dies': 'unsaved',
        'about to be saved, link dies': 'unsaved',
      },
    );
  });

  it('takes a clip for endangered by the life of its link: when a quarter of it is left, six hours at the most', () => {
    const HOURS_LEFT = { '1 h link': [1, 0.24, 0.26], day: [24, 5.9, 6.1], '6 d': [144, 5.9, 6.1] } as const;
    for (const [link, [life, late, early]] of Object.entries(HOURS_LEFT)) {
      const of = (left: number): boolean =>
        isAtRisk(
          completed({
            file: 'downloading',
            completedSeenAt: NOON - (life - left) * HOUR,
            linkExpiresAt: NOON + left * HOUR,
          }),
          NOON,
        );
      assert.deepEqual([of(late), of(early), of(-1)], [true, false, true], link);
    }
  });

  it('is not announced twice, and what comes after it is', () => {
    const stuck = { ...LINK, file: 'failed', saveProblem: 'diskFull' } as const;
    assert.deepEqual(
      newsOfAll({
        'ready, told': completed({ file: 'saved', told: 'ended' }),
        'stalled, told, then not found': aTask({ generation: 'notFound', told: 'silent' }),
        'stalled, told, then saved': completed({ file: 'saved', told: 'silent' }),
        'stuck, told': completed({ ...stuck, told: 'unsaved' }),
        'stuck, then saved': completed({ file: 'saved', told: 'unsaved' }),
        'left to the person, told, then link dies': completed({ ...DYING, file: 'none', told: 'ended' }),
        'stuck, told, then left to the person': completed({ ...LINK, file: 'none', told: 'unsaved' }),
        'without a link, told': completed({ told: 'noVideo' }),
        'without a link, told elsewhere': completed({ told: 'ended' }),
        'without a link, told, then saved': completed({ file: 'saved', told: 'noVideo' }),
        'without a link, told, then stuck': completed({ ...stuck, told: 'noVideo' }),
        'without a link, told, then left to the person': completed({ ...LINK, told: 'noVideo' }),
      }),
      {
        'ready, told': 'nothing',
        'stalled, told, then not found': 'nothing',
        'stalled, told, then saved': 'ready',
        'stuck, told': 'nothing',
        'stuck, then saved': 'ready',
        'left to the person, told, then link dies': 'unsaved',
        'stuck, told, then left to the person': 'nothing',
        'without a link, told': 'nothing',
        'without a link, told elsewhere': 'nothing',
        'without a link, told, then saved': 'ready',
        'without a link, told, then stuck': 'unsaved',
        'without a link, told, then left to the person': 'finished',
      },
    );
  });

  it('belongs to a topic with a setting, and is written down in few words', () => {
    const all = [
      'ready',
      'finished',
      'noVideo',
      'failed',
      'cancelled',
      'stalled',
      'notFound',
      'unsaved',
      'expired',
    ] as const;
    assert.deepEqual(
      all.map(news => `${news}: ${topicOf(news)}, ${toldBy(news)}`),
      [
        'ready: ready, ended',
        'finished: ready, ended',
        'noVideo: failed, noVideo',
        'failed: failed, ended',
        'cancelled: failed, ended',
        'stalled: failed, silent',
        'notFound: failed, silent',
        'unsaved: atRisk, unsaved',
        'expired: atRisk, ended',
      ],
    );
  });
});
