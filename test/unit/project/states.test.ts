import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { commands, settings } from '../../../src/ids.ts';
import { SaveError } from '../../../src/saving/errors.ts';
import { failure } from '../../../src/saving/outcome.ts';
import { Forecasts } from '../../../src/polling/forecast.ts';
import { newsOf } from '../../../src/tasks/news.ts';
import { PAUSE_REASONS } from '../../../src/tasks/pause.ts';
import { applyReply } from '../../../src/polling/reply.ts';
import { nextPollAt } from '../../../src/polling/schedule.ts';
import { TaskStore } from '../../../src/store/store.ts';
import {
  FILE_STATES,
  GENERATIONS,
  PROBLEM_KINDS,
  SAVE_PROBLEMS,
  type FileState,
  type Generation,
  type Task,
} from '../../../src/tasks/task.ts';
import { INTENT_STATES, type IntentState } from '../../../src/tasks/intent.ts';
import { aTask, anIntent, HandClock, NOON, PACE } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { actionsOf } = await import('../../../src/views/taskActions.ts');
const { intentActionsOf } = await import('../../../src/views/intentActions.ts');

interface Row {
  readonly what: string;
  readonly state: string;
  readonly leftBy: string;
  readonly told: string;
  readonly action: string;
}

/** The rows of the table in CONTRIBUTING.md. */
function tableRows(): Row[] {
  const text = readFileSync(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| (\w+) \| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(
    ([, what = '', state = '', leftBy = '', told = '', action = '']) => ({
      what,
      state,
      leftBy,
      told,
      action: action.replaceAll('`', ''),
    }),
  );
}

/** A task in a state of its generation, or of its file after completion. */
function taskIn({ what, state }: Row): Task {
  const clip = {
    generation: 'completed',
    completedSeenAt: NOON,
    videoUrl: 'https://media.example/clip.mp4',
    linkExpiresAt: NOON + 24 * HOUR,
    nextPollAt: null,
    saveProblem: state === 'failed' ? 'folder' : null,
  } as const;
  return what === 'generation'
    ? aTask({ generation: state as Generation, ...(state === 'completed' ? clip : {}) })
    : aTask({ ...clip, file: state as FileState });
}

describe('the table of states', () => {
  const rows = tableRows();
  const of = (...kinds: string[]): Row[] => rows.filter(({ what }) => kinds.includes(what));

  it('has a row for each state, problem and pause that the code knows, and no other', () => {
    const lists = {
      intent: INTENT_STATES,
      generation: GENERATIONS,
      file: FILE_STATES,
      problem: PROBLEM_KINDS,
      save: SAVE_PROBLEMS,
      pause: PAUSE_REASONS,
    };
    for (const [what, list] of Object.entries(lists)) {
      assert.deepEqual(
        of(what)
          .map(({ state }) => state)
          .sort(),
        [...list].sort(),
        what,
      );
    }
    assert.equal(rows.length, Object.values(lists).flat().length);
  });

  it('names actions that there are, for each state that does not end automatically, and offers them on the row', () => {
    const names: readonly string[] = [...Object.keys(commands), ...Object.values(settings)];
    assert.deepEqual(
      rows.filter(({ action }) => action !== '—' && !names.includes(action)),
      [],
    );
    assert.deepEqual(
      rows.filter(({ action, leftBy }) => action === '—' && leftBy.includes('a person decides')),
      [],
    );
    for (const row of of('generation', 'file').filter(({ action }) => action !== '—')) {
      const offered: string[] = actionsOf(taskIn(row)).map(({ command }) => command);
      assert.ok(
        offered.includes(commands[row.action as keyof typeof commands]),
        `${row.state}: ${row.action}`,
      );
    }
  });

  it('offers on its row what helps a video that is no task yet', () => {
    for (const { state, action } of of('intent').filter(row => row.action !== '—')) {
      const offered: string[] = intentActionsOf(anIntent({ state: state as IntentState }));
      assert.ok(offered.includes(commands[action as keyof typeof commands]), `${state}: ${action}`);
    }
  });

  it('says which states are announced in a notification', () => {
    for (const row of of('generation', 'file').filter(({ told }) => !told.includes('notification when'))) {
      const isNews = newsOf(taskIn(row), NOON) !== undefined;
      const isSaid = row.told.includes('notification') || row.state === 'completed';
      assert.equal(isNews, isSaid, `${row.what} ${row.state}`);
    }
    for (const row of of('file').filter(({ told }) => told.includes('notification when'))) {
      assert.equal(
        newsOf({ ...taskIn(row), linkExpiresAt: NOON + MINUTE }, NOON + MINUTE),
        'unsaved',
        row.state,
      );
    }
    const store = new TaskStore(':memory:', { clock: new HandClock() });
    for (const reason of PAUSE_REASONS) {
      store.pauses.set({ gateway: 'https://gateway.example', reason, until: NOON, count: 3 });
    }
    assert.deepEqual(
      store.pauses.untold().map(({ reason }) => reason),
      of('pause')
        .filter(({ told }) => told.includes('notification'))
        .map(({ state }) => state)
        .sort(),
    );
    store.dispose();
  });

  it('is right that every problem of a task under way is followed by another request', () => {
    const forecast = new Forecasts(() => []).of(aTask());
    for (const problem of PROBLEM_KINDS) {
      const task = aTask({ generation: 'processing', answeredAt: NOON, failedAsks: 40 });
      const patch = applyReply(
        task,
        { kind: 'requestFailed', problem, text: '', retryAfter: null },
        PACE,
        true,
        NOON,
      );
      const next = nextPollAt({ ...task, ...patch }, forecast, PACE, NOON, 0.5);
      assert.ok(next !== null && next <= NOON + HOUR, problem);
    }
  });

  it('is right that every problem of saving is followed by another attempt, as long as the link may live', () => {
    for (const problem of SAVE_PROBLEMS) {
      const task = aTask({
        generation: 'completed',
        file: 'downloading',
        linkExpiresAt: NOON + 24 * HOUR,
        failedSaves: 40,
      });
      const { file, nextSaveAt } = failure(
        task,
        new SaveError(problem, '404'),
        { hasAdvanced: false, isComplete: false },
        NOON,
      );
      assert.ok(file === 'failed' && nextSaveAt && nextSaveAt <= NOON + HOUR, problem);
    }
  });
});
