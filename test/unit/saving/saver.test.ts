import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { LocalFolder } from '../../../src/saving/place.ts';
import { Saver } from '../../../src/saving/saver.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { TaskStore } from '../../../src/tasks/store.ts';
import type { Task, TaskPatch } from '../../../src/tasks/task.ts';
import { clips } from '../../fixtures/clips/clips.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { ListLog, useFolder } from '../builders.ts';

/** bytes */
const LARGEST = 2 * 1024 ** 3;

describe('the saver', () => {
  const folder = useFolder();
  let gateway: Gateway;
  let store: TaskStore;
  let saver: Saver;
  let log: ListLog;
  let target: string;
  let workFiles: WorkFiles;
  let allowLoopback: boolean;

  beforeEach(async () => {
    gateway = await startGateway();
    log = new ListLog();
    target = join(folder(), 'clips');
    allowLoopback = true;
    workFiles = new WorkFiles(folder());
    store = new TaskStore(join(folder(), 'dailies.db'), { clock: systemClock });
    saver = new Saver({
      store,
      clock: systemClock,
      log,
      workFiles,
      targetOf: () => Promise.resolve(new LocalFolder(target)),
      nameTemplate: () => '',
      writesSidecars: () => false,
      rulesOf: () => ({ allowLoopback, largest: LARGEST }),
    });
    store.onDidChange(() => {
      saver.wake();
    });
  });

  afterEach(async () => {
    saver.dispose();
    store.dispose();
    await gateway.close();
  });

  /** A finished task whose clip is to be saved now; resolves when the attempt is over. */
  const save = async (facts: TaskPatch = {}): Promise<Task> => {
    const id = gateway.addTask({ model: 'veo_3_1_fast', queuedS: 0, processingS: 0, clip: 'tone' });
    const answer = await fetch(`${gateway.baseUrl}/v1/result/${id}`, {
      headers: { Authorization: `Bearer ${DEMO_KEY}` },
    });
    const { video_url: videoUrl } = (await answer.json()) as { video_url: string };
    const { key } = store.add(gateway.baseUrl, id, Date.now()).task;
    const over = new Promise<Task>(done => {
      store.onDidChange(() => {
        const task = store.get(key);
        if (task && ['saved', 'failed', 'expired'].includes(task.file)) {
          done(task);
        }
      });
    });
    store.update(key, {
      generation: 'completed',
      model: 'veo_3_1_fast',
      completedSeenAt: new Date(2026, 10, 21, 12).getTime(),
      videoUrl,
      answeredAt: Date.now(),
      askedAt: Date.now(),
      linkExpiresAt: Date.now() + 60_000,
      file: 'waiting',
      nextSaveAt: Date.now(),
      ...facts,
    });
    return over;
  };

  it('saves a clip byte for byte under a readable name, with no key sent to the media host', async () => {
    const task = await save({ label: '雨中的猫: take 1?' });
    const [name] = readdirSync(target);
    assert.match(name ?? '', /^2026-11-21_雨中的猫- take 1-_[a-z0-9]{8}\.mp4$/i);
    assert.deepEqual(
      [
        task.file,
        task.filePath,
        task.nextSaveAt,
        readFileSync(join(target, name ?? '')).equals(readFileSync(clips.tone.path)),
        readdirSync(target).length,
        gateway.requests
          .filter(request => request.origin === 'media')
          .map(request => request.headers.authorization),
      ],
      ['saved', join(target, name ?? ''), null, true, 1, [undefined]],
    );
  });

  it('never overwrites what is there', async () => {
    mkdirSync(target);
    const first = await save();
    writeFileSync(first.filePath ?? '', 'mine');
    const { id, gateway: address } = first;
    store.remove([first.key]);
    const again = store.add(address, id, Date.now()).task;
    const over = new Promise<Task>(done => {
      store.onDidChange(() => {
        const task = store.get(again.key);
        if (task?.file === 'saved') {
          done(task);
        }
      });
    });
    store.update(again.key, {
      model: first.model,
      completedSeenAt: first.completedSeenAt,
      videoUrl: first.videoUrl,
      file: 'waiting',
      nextSaveAt: Date.now(),
    });
    const task = await over;
    assert.deepEqual(
      [readFileSync(first.filePath ?? '', 'utf8'), task.filePath],
      ['mine', first.filePath?.replace('.mp4', ' (2).mp4')],
    );
  });

  it('gives up only when the host says that the link is dead and its life is over', async () => {
    gateway.setFaults({ kind: 'expired' }, 'media');
    const task = await save({ linkExpiresAt: Date.now() - 1 });
    assert.deepEqual([task.file, task.nextSaveAt], ['expired', null]);
  });

  it('saves on a later attempt what failed before', async () => {
    gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
    const { key } = await save();
    const over = new Promise<Task>(done => {
      store.onDidChange(() => {
        const task = store.get(key);
        if (task?.file === 'saved') {
          done(task);
        }
      });
    });
    store.update(key, { nextSaveAt: Date.now() });
    const task = await over;
    assert.deepEqual([task.saveProblem, task.failedSaves, readdirSync(target).length], [null, 0, 1]);
  });

  it('clears away what nobody goes on with, and leaves the parts of other lists', async () => {
    mkdirSync(target);
    const [own, other] = [workFiles.newPath(target), new WorkFiles('another list').newPath(target)];
    writeFileSync(own, 'half');
    writeFileSync(other, 'of another list');
    await save();
    assert.deepEqual(
      readdirSync(target).filter(name => name.endsWith('.part')),
      [basename(other)],
    );
  });

  it('does not follow a link into this machine for a gateway elsewhere', async () => {
    allowLoopback = false;
    const task = await save();
    assert.deepEqual(
      [task.file, task.saveProblem, gateway.requests.filter(request => request.origin === 'media')],
      ['failed', 'refusedLink', []],
    );
  });

  it('says so when the folder cannot be made', async () => {
    writeFileSync(join(folder(), 'file'), '');
    target = join(folder(), 'file', 'below');
    const task = await save();
    assert.deepEqual([task.file, task.saveProblem], ['failed', 'folder']);
  });
});
