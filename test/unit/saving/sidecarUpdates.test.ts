import assert from 'node:assert/strict';
import { hashBytes, readSidecar, sidecarOf, sidecarText } from '../../../src/saving/sidecar.ts';
import { SidecarUpdates } from '../../../src/saving/sidecarUpdates.ts';
import { Operations } from '../../../src/store/operations.ts';
import { LiveTasks } from '../../../src/store/liveTasks.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask, HandClock, NOON, ListLog } from '../builders.ts';

const GATEWAY = aTask().gateway;

describe('sidecars of saved clips', () => {
  let store: TaskStore;
  let tasks: LiveTasks;
  let files: Map<string, string>;
  let writes: string[];
  let updates: SidecarUpdates;
  let following: Promise<void>[];

  const addSaved = (id: string): Task => {
    const { key } = store.add(GATEWAY, id, NOON).task;
    store.update(key, { generation: 'completed', file: 'saved', filePath: `/clips/${id}.mp4` });
    const task = store.get(key);
    assert.ok(task);
    const check = { fileCheck: 'plays', fileCheckText: null, fileDuration: 8 } as const;
    const clip = { name: `${id}.mp4`, size: 1, check, sha256: hashBytes(Buffer.from('a')) };
    files.set(`/clips/${id}.json`, sidecarText(sidecarOf(task, clip, NOON)));
    return task;
  };
  const settled = async (): Promise<string[]> => {
    await Promise.all(following.splice(0));
    return writes.splice(0);
  };

  beforeEach(() => {
    store = new TaskStore(':memory:', { clock: new HandClock() });
    tasks = new LiveTasks(store, error => {
      throw error;
    });
    files = new Map();
    writes = [];
    following = [];
    updates = new SidecarUpdates(
      tasks,
      {
        read: path => Promise.resolve(files.get(path)),
        replace: (path, content) => {
          writes.push(path);
          files.set(path, content);
          return Promise.resolve();
        },
      },
      new ListLog(),
    );
    tasks.onDidChange(keys => following.push(updates.follow(keys)));
  });

  afterEach(() => {
    updates.dispose();
    tasks.dispose();
    store.dispose();
  });

  it('say what a person decides later, and keep everything else', async () => {
    const { key } = addSaved('vgen_1');
    const before = files.get('/clips/vgen_1.json') ?? '';
    const operations = new Operations(store, new HandClock());
    operations.together(() => {
      operations.judge([key], 'picked');
      operations.annotate(key, 'best light');
      operations.rename(key, 'rain');
      operations.assign([key], { shotFile: null, shot: 'One' });
    });
    const written = await settled();
    const read = readSidecar(files.get('/clips/vgen_1.json') ?? '');
    assert.ok('sidecar' in read);
    const { label, shot, take, verdict, note } = read.sidecar;
    const old = readSidecar(before);
    assert.ok('sidecar' in old);
    assert.deepEqual(
      [written, label, shot, take, verdict, note, { ...read.sidecar, ...old.sidecar }],
      [['/clips/vgen_1.json'], 'rain', 'One', 1, 'picked', 'best light', old.sidecar],
    );
  });

  it('are not written for anything else, nor where there is none, nor over those of other clips', async () => {
    const first = addSaved('vgen_1');
    const second = addSaved('vgen_2');
    const third = addSaved('vgen_3');
    await settled();
    store.update(first.key, { seenAt: NOON, rawAnswer: '{}' });
    files.delete('/clips/vgen_2.json');
    files.set('/clips/vgen_3.json', files.get('/clips/vgen_1.json') ?? '');
    const operations = new Operations(store, new HandClock());
    operations.judge([second.key, third.key], 'rejected');
    assert.deepEqual([await settled(), files.has('/clips/vgen_2.json')], [[], false]);
  });

  it('are written once, however many windows see the change', async () => {
    const { key } = addSaved('vgen_1');
    const other = new SidecarUpdates(
      { get: one => (one === key ? aTask({ ...store.get(key), verdict: null }) : undefined) },
      {
        read: path => Promise.resolve(files.get(path)),
        replace: path => Promise.resolve(void writes.push(path)),
      },
      new ListLog(),
    );
    await other.follow(new Set([key]));
    assert.deepEqual(await settled(), []);
    other.dispose();
  });
});
