import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { LiveTasks } from '../../../src/store/liveTasks.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task, TaskKey, TaskPatch } from '../../../src/tasks/task.ts';
import type { Intent } from '../../../src/tasks/intent.ts';
import { aTask, anIntent, HandClock, NOON } from '../builders.ts';
import { fakeVscode, useLanguage } from './fakeVscode.ts';

fakeVscode();
const { Names } = await import('../../../src/views/names.ts');
const { ShownIntents } = await import('../../../src/views/shownIntents.ts');

describe('names of tasks in English', () => {
  useLanguage('en');

  it('have the day as it is written there, which none of the names below keeps', () => {
    const createdAt = new Date(NOON).setHours(9, 5) - 24 * HOUR;
    const name = new Names(new HandClock(NOON)).of(aTask({ model: 'veo_3_1_fast', createdAt }));
    assert.match(name, /^Veo 3\.1 Fast · Nov 20, 9:05\sAM$/);
  });
});

describe('names of tasks', () => {
  const six = new Date(NOON).setHours(18, 0);
  const nine = new Date(NOON).setHours(9, 5);
  const veo: TaskPatch = { model: 'veo_3_1_fast', createdAt: nine };

  /** A list, what its rows are called, and what of it was announced. */
  const listOf = (
    facts: readonly TaskPatch[],
  ): { store: TaskStore; keys: TaskKey[]; names: () => string[]; announced: TaskKey[][] } => {
    const clock = new HandClock(six);
    const store = new TaskStore(':memory:', { clock });
    const keys = store.commit(() =>
      facts.map((patch, index) => {
        const { task } = store.add('https://gateway.example', `vgen_${index}`, six);
        store.update(task.key, patch);
        return task.key;
      }),
    );
    const names = new Names(clock);
    const tasks = new LiveTasks(
      store,
      error => {
        throw error;
      },
      names.follow,
    );
    const announced: TaskKey[][] = [];
    tasks.onDidChange(changed => announced.push([...changed]));
    const called = (): string[] =>
      keys.flatMap(key => {
        const task = tasks.get(key);
        return task ? [names.of(task)] : [];
      });
    return { store, keys, names: called, announced };
  };

  it('are the given one, else the first words of the prompt, else the model and when it began, never the ID', () => {
    const names = new Names(new HandClock(six));
    const named = (facts: Partial<Task>): string =>
      names.of(aTask({ trackedAt: six, createdAt: nine, ...facts }));
    assert.deepEqual(
      [
        named({ label: '夜景', model: 'veo_3_1_fast' }),
        named({ request: JSON.stringify({ prompt: '一只猫在雨中慢慢走' }), model: 'veo_3_1_fast' }),
        named({ model: 'veo_3_1_fast' }),
        named({ model: 'grok_video3', request: JSON.stringify({ prompt: '' }) }),
        named({ model: 'grok_video3', createdAt: nine - 24 * HOUR }),
        named({ model: 'grok_video3', createdAt: nine - 366 * 24 * HOUR }),
        named({}),
        named({ model: 'x $(zap)', createdAt: -9e15 }).replace(/ · .*/, ''),
      ],
      [
        '夜景',
        '一只猫在雨中慢慢走',
        'Veo 3.1 Fast · 9:05',
        'Grok Video 3 · 9:05',
        'Grok Video 3 · 11月20日 9:05',
        'Grok Video 3 · 2025年11月20日 9:05',
        '视频 · 9:05',
        'X $ (zap)',
      ],
    );
  });

  it('of videos that are no tasks yet are numbered too, and stay as they are when one has gone', () => {
    const names = new Names(new HandClock(six));
    const shown = new ShownIntents(names.followIntents);
    const nameless = (key: number): Intent => anIntent({ key, id: `id-${key}`, createdAt: six, body: '{}' });
    const called = (): string[] => shown.standIns().map(one => names.of(one));
    assert.deepEqual(shown.update([nameless(3), nameless(4), nameless(7)]), [-3, -4, -7]);
    assert.deepEqual(called(), [
      'Veo 3.1 Fast · 18:00',
      'Veo 3.1 Fast · 18:00 (2)',
      'Veo 3.1 Fast · 18:00 (3)',
    ]);
    assert.deepEqual(shown.update([nameless(4), nameless(7)]), [-3]);
    assert.deepEqual(called(), ['Veo 3.1 Fast · 18:00 (2)', 'Veo 3.1 Fast · 18:00 (3)']);
  });

  it('show the day once it is another one', () => {
    const clock = new HandClock(six);
    const names = new Names(clock);
    const task = aTask({ trackedAt: six, ...veo });
    assert.equal(names.of(task), 'Veo 3.1 Fast · 9:05');
    clock.jump(6 * HOUR);
    assert.equal(names.of(task), 'Veo 3.1 Fast · 11月21日 9:05');
  });

  it('are numbered where they would be the same, in the order in which tasks were added', () => {
    const { names } = listOf([
      veo,
      { ...veo, createdAt: nine + 59_999 - (nine % MINUTE) },
      { ...veo, model: 'grok_video3' },
      { ...veo, label: '夜景' },
      veo,
      { ...veo, createdAt: nine + MINUTE },
    ]);
    assert.deepEqual(names(), [
      'Veo 3.1 Fast · 9:05',
      'Veo 3.1 Fast · 9:05 (2)',
      'Grok Video 3 · 9:05',
      '夜景',
      'Veo 3.1 Fast · 9:05 (3)',
      'Veo 3.1 Fast · 9:06',
    ]);
  });

  it('stay when others go, and whose number changes is announced with what changed it', () => {
    const { store, keys, names, announced } = listOf([veo, veo, {}, veo]);
    const [first = 0, second = 0, third = 0, fourth = 0] = keys;
    store.update(first, { label: '夜景' });
    store.remove([second]);
    assert.deepEqual(names(), ['夜景', '视频 · 18:00', 'Veo 3.1 Fast · 9:05 (3)']);
    assert.deepEqual(announced, [[first], [second]]);
    // The gateway answers in no particular order.
    store.update(third, veo);
    assert.deepEqual(names(), ['夜景', 'Veo 3.1 Fast · 9:05', 'Veo 3.1 Fast · 9:05 (2)']);
    assert.deepEqual(announced.at(-1), [third, fourth]);
    store.update(first, { label: null });
    assert.deepEqual(names(), ['Veo 3.1 Fast · 9:05', 'Veo 3.1 Fast · 9:05 (2)', 'Veo 3.1 Fast · 9:05 (3)']);
  });

  it('cost no more the longer the list is', () => {
    const { store, keys, names, announced } = listOf(Array.from({ length: 5_000 }, () => veo));
    assert.equal(new Set(names()).size, 5_000);
    store.remove(keys.slice(0, 4_999));
    assert.deepEqual(names(), ['Veo 3.1 Fast · 9:05 (5000)']);
    assert.equal(announced.length, 1);
  });
});
