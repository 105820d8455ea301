import assert from 'node:assert/strict';
import type { ThemeIcon } from 'vscode';
import { LiveTasks } from '../../../src/store/liveTasks.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { SHOWN_STATES, shownStateOf, type ShownState } from '../../../src/tasks/shownState.ts';
import { summaryOf } from '../../../src/tasks/summary.ts';
import { TasksByTally, tallyOf } from '../../../src/tasks/tally.ts';
import { FILE_STATES, GENERATIONS, PROBLEM_KINDS, type TaskPatch } from '../../../src/tasks/task.ts';
import { HandClock, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { iconOf } = await import('../../../src/views/taskIcon.ts');
const { PickRows } = await import('../../../src/views/pickRows.ts');
const { statusTooltip } = await import('../../../src/views/statusTooltip.ts');
const { reportOf } = await import('../../../src/views/taskReport.ts');
const { LOOKS, TALLY_LOOKS } = await import('../../../src/views/stateLooks.ts');
const { spoken } = await import('../../../src/views/taskText.ts');

const COMPLETED = { generation: 'completed', nextPollAt: null } as const;
const VIDEO = { ...COMPLETED, videoUrl: 'https://media.example/clip.mp4' } as const;

/** One task for each generation, file and problem, and for what depends on more. */
const STATES: readonly TaskPatch[] = [
  ...GENERATIONS.filter(generation => generation !== 'completed').map(generation => ({ generation })),
  ...PROBLEM_KINDS.map(problem => ({ generation: 'processing', problem }) as const),
  ...FILE_STATES.map(file => ({ ...VIDEO, file })),
  { ...VIDEO, file: 'saved', fileCheck: 'notChecked' },
  { ...VIDEO, file: 'saved', seenAt: NOON },
  COMPLETED,
  { ...COMPLETED, nextPollAt: NOON },
];

/** What stands in one line of the tooltip for several states, under the icon of the first. */
const COUNTED_AS: Partial<Record<ShownState, ShownState>> = {
  unrecognised: 'rendering',
  cancelled: 'failed',
  offline: 'waiting',
  rateLimited: 'waiting',
  wrongAddress: 'waiting',
  notFoundYet: 'waiting',
  checkFailed: 'waiting',
};

describe('the looks of states', () => {
  // What turns would turn about a point next to it in a quick pick.
  const still = (icon: string): string => (icon === 'loading~spin' ? 'sync' : icon);

  it('are known for every state that a task can be in', () => {
    const seen = new Set<ShownState>();
    withEach(task => seen.add(shownStateOf(task)));
    assert.deepEqual([...seen].sort(), [...SHOWN_STATES].sort());
  });

  it('are the same in the list, the quick pick, the status bar and on pages', () => {
    withEach((task, tasks) => {
      const state = shownStateOf(task);
      const { icon, colour, word } = LOOKS[state];
      const row = iconOf(task, NOON);
      const pick = new PickRows({
        tasks,
        pauses: () => [],
        sorting: () => 'newest',
        etaOf: () => undefined,
      })
        .all('', NOON)
        .find(one => one.task === task.key);
      const page = reportOf(task, { now: NOON, eta: undefined, isPaused: false });
      const summary = summaryOf(new TasksByTally([task]), [], NOON);
      const [line = ''] = /^\$\(.*$/m.exec(statusTooltip(summary, NOON, NOON).value) ?? [];
      const picked = pick?.iconPath as ThemeIcon;
      const said = spoken(task, NOON, undefined).split(', ')[0];
      assert.deepEqual(
        {
          row: [row.id, row.color?.id ?? null, said],
          pick: [picked.id, picked.color?.id ?? null, pick?.description?.split(' · ')[0]],
          page: [page.icon, page.colour, page.state],
          bar: still(/^\$\(([^)]+)\)/.exec(line)?.[1] ?? ''),
        },
        {
          row: [icon, colour, word()],
          pick: [still(icon), colour, word()],
          page: [icon, colour, word()],
          bar: still(LOOKS[COUNTED_AS[state] ?? state].icon),
        },
        state,
      );
      const counted = TALLY_LOOKS[tallyOf(task)].words(1);
      assert.ok(line.includes(counted.replace('1 ', '')) || tallyOf(task) === 'notSaved', line);
    });
  });

  it('never look like a choice, a look back or nothing', () => {
    for (const { icon } of Object.values(LOOKS)) {
      assert.doesNotMatch(icon, /^(circle-(large|outline).*|history|clock|blank)$/);
    }
  });

  it('do not repeat for each task what its gateway lacks', () => {
    for (const problem of ['noKey', 'keyRejected', 'keyUnreadable', 'outOfCredit'] as const) {
      withEach(
        task => {
          assert.equal(shownStateOf({ ...task, problem }), 'waiting');
        },
        [{ generation: 'unknown' }, { generation: 'queued' }, { generation: 'processing' }],
      );
    }
  });

  /** Calls with each task, and a list that has only it. */
  function withEach(
    look: (task: NonNullable<ReturnType<TaskStore['get']>>, tasks: LiveTasks) => void,
    states: readonly TaskPatch[] = STATES,
  ): void {
    for (const patch of states) {
      const clock = new HandClock();
      const store = new TaskStore(':memory:', { clock });
      try {
        const { task } = store.add('https://gateway.example', 'vgen_1', NOON);
        store.update(task.key, patch);
        const tasks = new LiveTasks(store, error => {
          throw error;
        });
        const [live] = tasks.all();
        assert.ok(live);
        look(live, tasks);
      } finally {
        store.dispose();
      }
    }
  }
});
