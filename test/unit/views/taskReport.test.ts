import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { commands, settings } from '../../../src/ids.ts';
import { isIconName } from '../../../src/preview/player/iconNames.ts';
import {
  FILE_STATES,
  GENERATIONS,
  PROBLEM_KINDS,
  SAVE_PROBLEMS,
  type Task,
  type TaskPatch,
} from '../../../src/tasks/task.ts';
import { aTask, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { reportOf } = await import('../../../src/views/taskReport.ts');

const COMPLETED = {
  generation: 'completed',
  completedSeenAt: NOON,
  videoUrl: 'https://media.example/clip.mp4',
  linkExpiresAt: NOON + 20 * HOUR,
  nextPollAt: null,
} as const;

/** Every state that a task without a clip can be in. */
const STATES: readonly Task[] = [
  ...GENERATIONS.map(generation => aTask({ generation, statusWord: 'grading' })),
  ...FILE_STATES.map(file => aTask({ ...COMPLETED, file })),
  ...PROBLEM_KINDS.map(problem => aTask({ problem, problemText: 'why' })),
  ...SAVE_PROBLEMS.map(saveProblem =>
    aTask({ ...COMPLETED, file: 'failed', saveProblem, saveProblemText: '9' }),
  ),
  aTask({ ...COMPLETED, videoUrl: null, linkExpiresAt: null }),
];

function report(patch: TaskPatch | Task, isPaused = false): ReturnType<typeof reportOf> {
  return reportOf({ ...aTask(), ...patch }, { now: NOON, eta: undefined, isPaused });
}

/** The commands that a page offers, those first that the task waits for, and `|`. */
function offered(patch: TaskPatch, isPaused = false): string {
  const { actions, helps } = report(patch, isPaused);
  const names = actions.map(
    ([, command]) => Object.entries(commands).find(([, one]) => one === command)?.[0] ?? command,
  );
  return [...names.slice(0, helps), '|', ...names.slice(helps)].join(' ');
}

describe('the page of a task without a clip', () => {
  it('has an icon that pages can draw, and a state, in each state that there is', () => {
    for (const task of STATES) {
      const { icon, state } = report(task);
      assert.ok(isIconName(icon.split('~')[0] ?? ''), icon);
      assert.notEqual(state, '');
    }
  });

  it('offers no button twice, and the ID and the way out in each state', () => {
    for (const task of STATES) {
      const found = report(task).actions.map(([, command]) => command);
      assert.equal(new Set(found).size, found.length, found.join());
      assert.ok(found.includes(commands.copyId) && found.includes(commands.remove));
    }
  });

  it('offers first what the task waits for, and nothing that cannot help', () => {
    const rest = '| copyId remove';
    const failed: TaskPatch = { generation: 'failed', nextPollAt: null };
    assert.equal(offered(failed), rest);
    assert.equal(offered({ ...failed, rawAnswer: '{}' }), '| copyId showRawResponse remove');
    const request = JSON.stringify({ model: 'veo_3_1_fast', prompt: 'a ferry at dawn' });
    assert.equal(offered({ ...failed, request }), `editAndMake ${rest}`);
    assert.equal(offered({ generation: 'processing' }), '| refresh copyId remove');
    assert.equal(offered({ problem: 'noKey' }), `setKey ${rest}`);
    assert.equal(offered({ generation: 'stalled' }), `refresh ${rest}`);
    assert.equal(offered({ ...COMPLETED, videoUrl: null }), `refresh ${rest}`);
    assert.equal(offered({ ...COMPLETED, file: 'none' }), `saveNow saveAs ${rest}`);
    assert.equal(offered({ ...COMPLETED, file: 'downloading' }), '| stopSaving copyId remove');
    assert.equal(
      offered({ ...COMPLETED, file: 'failed', saveProblem: 'folder' }),
      `chooseFolder retrySave ${rest}`,
    );
    assert.equal(
      offered({ ...COMPLETED, file: 'failed', saveProblem: 'playlist' }),
      `openLink retrySave ${rest}`,
    );
    assert.equal(offered({ ...COMPLETED, file: 'failed', saveProblem: 'status' }), `retrySave ${rest}`);
    assert.equal(offered({ ...COMPLETED, file: 'missing' }), `locate saveNow ${rest}`);
    assert.equal(offered({ ...COMPLETED, file: 'missing', videoUrl: null }), `locate ${rest}`);
    const tooLarge = report({ ...COMPLETED, file: 'failed', saveProblem: 'tooLarge', saveProblemText: '9' });
    assert.deepEqual(tooLarge.actions[0]?.slice(1), [commands.openSettings, settings.saveMaxSize]);
  });

  it('says of an expired link that only a new one helps, and since when it has expired', () => {
    const { actions, time, next } = report({ ...COMPLETED, file: 'expired', linkExpiresAt: NOON - 2 * HOUR });
    assert.deepEqual(actions[0]?.slice(0, 2), ['请求新链接', commands.requestLink]);
    assert.equal(time, '2 小时前');
    assert.match(next, /新链接/);
    const gone = report({ ...COMPLETED, file: 'missing', linkExpiresAt: NOON - HOUR });
    assert.equal(gone.actions[1]?.[0], '请求新链接');
  });

  it('says what comes next, and of paused polling that nothing does', () => {
    assert.match(report({ nextPollAt: NOON + MINUTE }).next, /^下次查询：/);
    assert.equal(report({ problem: 'network', problemText: 'x' }).next, 'Dailies 会自动重试。');
    assert.match(report({ generation: 'stalled', nextPollAt: NOON }).next, /每小时/);
    assert.match(report({ generation: 'stalled', nextPollAt: null }).next, /不再查询/);
    assert.match(report({ ...COMPLETED, file: 'failed', nextSaveAt: NOON + 5 * MINUTE }).next, /5 分钟/);
    assert.equal(report({ nextPollAt: NOON + MINUTE }, true).next, '轮询已暂停。恢复后才会更新。');
    assert.equal(offered({ nextPollAt: NOON + MINUTE }, true), 'resumePolling | copyId remove');
    assert.equal(offered({ generation: 'failed', nextPollAt: null }, true), '| copyId remove');
  });

  it('gives the gateway’s own reason as it came', () => {
    const error = '<b>against</b> the [policy](command:x)';
    assert.equal(report({ generation: 'failed', error }).reason, error);
    assert.equal(report({ ...COMPLETED, videoUrl: null, error }).reason, error);
  });
});
