import assert from 'node:assert/strict';
import { takeIn, type FoundClip, type TakenIn } from '../../../src/saving/foundClips.ts';
import { sidecarOf } from '../../../src/saving/sidecar.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task, TaskPatch } from '../../../src/tasks/task.ts';
import { aTask, HandClock, NOON } from '../builders.ts';

const SAVED_AT = NOON + 1_000;

function aFind(filePath: string, facts: Partial<Task> = {}): FoundClip {
  const task = aTask({ model: 'veo_3_1_fast', createdAt: NOON - 90_000, completedSeenAt: NOON, ...facts });
  const check = { fileCheck: 'plays', fileCheckText: null, fileDuration: 8 } as const;
  const clip = { name: 'rain.mp4', size: 1234, check, sha256: 'ab'.repeat(32) };
  return { sidecar: sidecarOf(task, clip, SAVED_AT), filePath, isProven: true };
}

describe('taking found clips in', () => {
  let store: TaskStore;
  const now = NOON + 1_000_000;

  beforeEach(() => {
    store = new TaskStore(':memory:', { clock: new HandClock() });
  });

  afterEach(() => {
    store.dispose();
  });

  const find = (clips: readonly FoundClip[], ...lost: string[]): TakenIn =>
    takeIn(clips, store, new Set(lost), now);

  /** A task that is in the list; what became of it after the clip was found. */
  const after = (facts: TaskPatch, ...lost: string[]): Task | undefined => {
    const { gateway, id } = aTask();
    const { key } = store.add(gateway, id, NOON).task;
    store.update(key, facts);
    find([aFind('/new/rain.mp4', { label: 'found' })], ...lost);
    const task = store.get(key);
    store.remove([key]);
    return task;
  };

  it('adds tasks that are not in the list, finished, saved, and with nothing left to do or announce', () => {
    const request = '{"prompt":"A cat in the rain"}';
    const result = find([
      aFind('/clips/rain.mp4', { label: 'rain', request }),
      aFind('/clips/sun.mp4', { id: 'vgen_2', createdAt: null, completedSeenAt: null }),
      aFind('/clips/ahead.mp4', { id: 'vgen_3', createdAt: now + 1 }),
    ]);
    assert.deepEqual(result, { found: 3, known: 0 });
    const [ahead, sun, rain] = store.list();
    assert.deepEqual(
      { ...rain },
      aTask({
        ...rain,
        trackedAt: NOON - 90_000,
        generation: 'completed',
        model: 'veo_3_1_fast',
        label: 'rain',
        request,
        createdAt: NOON - 90_000,
        completedSeenAt: NOON,
        nextPollAt: null,
        file: 'saved',
        filePath: '/clips/rain.mp4',
        fileSize: 1234,
        fileDuration: 8,
        told: 'ended',
        notifiedAt: now,
      }),
    );
    assert.deepEqual([ahead?.trackedAt, sun?.trackedAt, sun?.completedSeenAt], [now, SAVED_AT, SAVED_AT]);
  });

  it('gives a task in the list its file back, and keeps what is known of it here', () => {
    const states = [
      {},
      {
        generation: 'completed',
        file: 'failed',
        saveProblem: 'status',
        saveProblemText: '403',
        failedSaves: 3,
      },
      { generation: 'completed', file: 'expired', label: 'mine', completedSeenAt: NOON - 5 },
      { generation: 'completed', file: 'missing', filePath: '/old/rain.mp4' },
      { generation: 'stalled' },
    ] as const;
    assert.deepEqual(
      states.map(state => {
        const task = after({ nextSaveAt: NOON, ...state });
        return task
          ? [
              task.generation,
              task.file,
              task.filePath,
              task.label,
              task.completedSeenAt,
              task.failedSaves,
              task.nextPollAt ?? task.nextSaveAt ?? task.saveProblem,
            ]
          : [];
      }),
      [
        ['completed', 'saved', '/new/rain.mp4', 'found', NOON, 0, null],
        ['completed', 'saved', '/new/rain.mp4', 'found', NOON, 0, null],
        ['completed', 'saved', '/new/rain.mp4', 'mine', NOON - 5, 0, null],
        ['completed', 'saved', '/new/rain.mp4', 'found', NOON, 0, null],
        ['completed', 'saved', '/new/rain.mp4', 'found', NOON, 0, null],
      ],
    );
  });

  it('brings back the shot of a clip and what a person thought of it, except where the list knows better', () => {
    const take = { shotFile: 'a.shot.md', shot: 'One', take: 2, verdict: 'picked', note: 'best' } as const;
    const source = JSON.stringify({ gateway: aTask().gateway, id: 'vgen_0', at: 1.5 });
    find([aFind('/clips/rain.mp4', { ...take, source, id: 'vgen_new' })]);
    const { key } = store.add(aTask().gateway, 'vgen_own', NOON).task;
    store.update(key, { shot: 'Other', take: 1, verdict: 'rejected' });
    find([aFind('/clips/sun.mp4', { ...take, source, id: 'vgen_own' })]);
    const takes = ['vgen_new', 'vgen_own'].map(id => {
      const task = store.find(aTask().gateway, id) ?? aTask();
      return [task.shotFile, task.shot, task.take, task.verdict, task.note, task.source];
    });
    assert.deepEqual(takes, [
      ['a.shot.md', 'One', 2, 'picked', 'best', source],
      [null, 'Other', 1, 'rejected', 'best', source],
    ]);
  });

  it('leaves a task alone that has its file, is being saved, or ended without one', () => {
    const saved = { generation: 'completed', file: 'saved', filePath: '/old/rain.mp4' } as const;
    const states = [
      saved,
      { generation: 'completed', file: 'downloading' },
      { generation: 'failed' },
      { generation: 'cancelled' },
    ] as const;
    assert.deepEqual(
      states.map(state => {
        const task = after(state);
        return [task?.generation, task?.file, task?.filePath, task?.label];
      }),
      [
        ['completed', 'saved', '/old/rain.mp4', null],
        ['completed', 'downloading', null, null],
        ['failed', 'none', null, null],
        ['cancelled', 'none', null, null],
      ],
    );
    assert.equal(after(saved, '/old/rain.mp4')?.filePath, '/new/rain.mp4');
  });

  it('ends nothing that is under way unless the clip is proven', () => {
    const { gateway, id } = aTask();
    const afterUnproven = (facts: TaskPatch): unknown[] => {
      const { key } = store.add(gateway, id, NOON).task;
      store.update(key, facts);
      const { isProven, ...unproven } = aFind('/new/rain.mp4', { label: 'found' });
      find([unproven]);
      find([{ ...unproven, isProven: false }]);
      const task = store.get(key);
      store.remove([key]);
      return [task?.generation, task?.file, task?.nextPollAt, task?.nextSaveAt];
    };
    assert.deepEqual(
      [
        {},
        { generation: 'processing' },
        { generation: 'stalled' },
        { generation: 'completed', file: 'waiting', nextPollAt: null, nextSaveAt: NOON },
        // Nothing is under way for it.
        { generation: 'completed', file: 'missing', filePath: '/old/rain.mp4', nextPollAt: null },
      ].map(facts => afterUnproven(facts as TaskPatch)),
      [
        ['unknown', 'none', NOON, null],
        ['processing', 'none', NOON, null],
        ['stalled', 'none', NOON, null],
        ['completed', 'waiting', null, NOON],
        ['completed', 'saved', null, null],
      ],
    );
  });

  it('takes the first of several clips of one task', () => {
    assert.deepEqual(find([aFind('/clips/rain.mp4'), aFind('/clips/rain (2).mp4')]), { found: 1, known: 1 });
    assert.deepEqual(
      store.list().map(task => task.filePath),
      ['/clips/rain.mp4'],
    );
  });
});
