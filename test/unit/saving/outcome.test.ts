import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { asSaveError, SaveError } from '../../../src/saving/errors.ts';
import { requestFreshLink, failure, mustMakeRoom, wantsFreshLink } from '../../../src/saving/outcome.ts';
import { newsOf } from '../../../src/tasks/news.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';

const DAY = 24 * HOUR;
const broken = new SaveError('unreachable', 'connection reset');
const gone = new SaveError('status', '403');

/** A finished task whose link was heard of at noon and dies a day later. */
function finished(facts: Partial<Task> = {}): Task {
  return aTask({
    generation: 'completed',
    videoUrl: 'https://media.example/a.mp4',
    file: 'failed',
    askedAt: NOON,
    answeredAt: NOON,
    linkExpiresAt: NOON + DAY,
    nextPollAt: null,
    ...facts,
  });
}

/** An attempt that brought nothing. */
const NOTHING = { hasAdvanced: false, isComplete: false };

describe('after a failed attempt', () => {
  it('the pauses grow, and the last one repeats', () => {
    let task = finished();
    const pauses = Array.from({ length: 7 }, () => {
      task = { ...task, ...failure(task, broken, NOTHING, NOON) };
      return ((task.nextSaveAt ?? 0) - NOON) / SECOND;
    });
    assert.deepEqual([pauses, task.failedSaves], [[10, 60, 300, 900, 3600, 3600, 3600], 7]);
  });

  it('that brought the clip nearer, the pauses begin anew', () => {
    const task = finished({ failedSaves: 4 });
    const { failedSaves, nextSaveAt } = failure(task, broken, { ...NOTHING, hasAdvanced: true }, NOON);
    assert.deepEqual([failedSaves, nextSaveAt], [1, NOON + 10 * SECOND]);
  });

  it('the reason is shown', () => {
    const { file, saveProblem, saveProblemText } = failure(finished(), broken, NOTHING, NOON);
    assert.deepEqual([file, saveProblem, saveProblemText], ['failed', 'unreachable', 'connection reset']);
  });

  it('a file that another program may hold is the folder’s fault, which is announced, only when that goes on', () => {
    let task = finished();
    const held = asSaveError(Object.assign(new Error('EBUSY: busy'), { code: 'EBUSY' }));
    const said = [1, 2, 3, 4].map(() => {
      task = { ...task, ...failure(task, held, NOTHING, NOON) };
      return [task.saveProblem, newsOf(task, NOON)];
    });
    assert.deepEqual(said, [
      ['held', undefined],
      ['held', undefined],
      ['folder', 'unsaved'],
      ['folder', 'unsaved'],
    ]);
  });

  it('it is noted when the media host said that nothing is there', () => {
    assert.deepEqual(
      ['403', '404', '410', '401', '429', '500'].map(
        status => failure(finished(), new SaveError('status', status), NOTHING, NOON).linkRefusedAt,
      ),
      [NOON, NOON, NOON, undefined, undefined, undefined],
    );
    assert.equal(failure(finished(), new SaveError('page', '404'), NOTHING, NOON).linkRefusedAt, undefined);
  });

  it('what was downloaded goes only where it takes room that nobody has to give', () => {
    const problems = ['unreachable', 'status', 'page', 'stalled', 'folder', 'tooLarge', 'diskFull'] as const;
    assert.deepEqual(
      problems.filter(problem => mustMakeRoom(new SaveError(problem))),
      ['tooLarge', 'diskFull'],
    );
  });
});

describe('a link counts as expired', () => {
  /** ms after noon; the link is assumed to die after a day. */
  const fileAfter = (ms: number, error: SaveError, facts: Partial<Task> = {}): string => {
    const { file = '', nextSaveAt } = failure(finished(facts), error, NOTHING, NOON + ms);
    assert.equal(nextSaveAt === null, file === 'expired');
    return file;
  };

  it('when its life is over, the media host refuses it, and the gateway has no other', () => {
    assert.equal(fileAfter(DAY, gone, { answeredAt: NOON + DAY }), 'expired');
  });

  const doubts: [string, number, SaveError, Partial<Task>][] = [
    ['its life is not over', DAY - 1, gone, { answeredAt: NOON + DAY }],
    ['nobody knows how long it lives', 100 * DAY, gone, { linkExpiresAt: null, answeredAt: NOON + 99 * DAY }],
    ['the gateway was last heard before its end', DAY, gone, { answeredAt: NOON + DAY - 1 }],
    ['the gateway has never answered', DAY, gone, { answeredAt: null }],
    ['the media host could not be asked', DAY, broken, { answeredAt: NOON + DAY }],
    [
      'the media host has trouble of its own',
      DAY,
      new SaveError('status', '503'),
      { answeredAt: NOON + DAY },
    ],
    ['the disk is full', DAY, new SaveError('diskFull'), { answeredAt: NOON + DAY }],
  ];
  for (const [name, ms, error, facts] of doubts) {
    it(`not while ${name}`, () => {
      assert.equal(fileAfter(ms, error, facts), 'failed');
    });
  }

  it('a day after its end where the media host refuses it and the gateway says nothing', () => {
    assert.deepEqual([fileAfter(2 * DAY - 1, gone), fileAfter(2 * DAY, gone)], ['failed', 'expired']);
  });

  it('a week after its end if nobody could be reached', () => {
    assert.deepEqual([fileAfter(8 * DAY - 1, broken), fileAfter(8 * DAY, broken)], ['failed', 'expired']);
  });
});

describe('a fresh link', () => {
  const HOURS = (count: number): number => NOON + count * HOUR;

  it('is wanted when the last response is an hour old', () => {
    assert.deepEqual(
      [HOURS(1) - 1, HOURS(1)].map(now => wantsFreshLink(finished(), now)),
      [false, true],
    );
  });

  it('is wanted when the media host has refused the link since the last poll', () => {
    assert.deepEqual(
      [NOON + 1, NOON, null].map(linkRefusedAt => wantsFreshLink(finished({ linkRefusedAt }), NOON + MINUTE)),
      [true, false, false],
    );
  });

  it('is not wanted for a refusal that lies ahead, since the clock was turned back', () => {
    assert.equal(wantsFreshLink(finished({ linkRefusedAt: NOON + DAY }), NOON + MINUTE), false);
  });

  it('is not wanted a second time while a poll is due anyway', () => {
    assert.equal(wantsFreshLink(finished({ nextPollAt: HOURS(2) }), HOURS(2)), false);
  });

  it('is requested at once, or half a minute after the last poll; the attempt waits a minute for it', () => {
    assert.deepEqual(
      [requestFreshLink(finished(), HOURS(1)), requestFreshLink(finished(), NOON + 10 * SECOND)],
      [
        { nextPollAt: HOURS(1), nextSaveAt: HOURS(1) + MINUTE },
        { nextPollAt: NOON + 30 * SECOND, nextSaveAt: NOON + 90 * SECOND },
      ],
    );
  });

  it('is waited for also by a download that a closed window has left', () => {
    const left = finished({ file: 'downloading' });
    assert.deepEqual({ ...left, ...requestFreshLink(left, HOURS(1)) }.file, 'waiting');
  });
});
