import assert from 'node:assert/strict';
import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { HOUR, MINUTE, systemClock } from '../../../src/base/clock.ts';
import { ClipChecker } from '../../../src/saving/clipChecker.ts';
import { RemoteFolder, type RemoteFiles } from '../../../src/saving/remoteFolder.ts';
import { Saver } from '../../../src/saving/saver.ts';
import { versionText } from '../../../src/saving/target.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { newsOf } from '../../../src/tasks/news.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task, TaskKey } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { HandClock } from '../builders.ts';
import { compiled } from '../compiled.ts';
import { useStage } from './stage.ts';

const FOLDER = 'remote://host/clips';

/** A remote machine whose files are in a folder here, for a window that is connected to it, or not. */
class Machine implements RemoteFiles {
  private readonly root: string;
  private readonly isConnected: boolean;

  constructor(root: string, isConnected: boolean) {
    this.root = root;
    this.isConnected = isConnected;
  }

  isInReach = (): Promise<boolean> => Promise.resolve(this.isConnected);
  sizeOf = (uri: string): Promise<number | undefined> =>
    Promise.resolve(existsSync(this.at(uri)) ? statSync(this.at(uri)).size : undefined);
  versionOf = (uri: string): Promise<string | undefined> => {
    const found = existsSync(this.at(uri)) ? statSync(this.at(uri)) : undefined;
    return Promise.resolve(found && versionText({ size: found.size, mtime: found.mtimeMs }));
  };
  namesIn = (uri: string): Promise<string[]> => readdir(this.at(uri));
  makeFolder = async (uri: string): Promise<void> => {
    await mkdir(this.at(uri), { recursive: true });
  };
  upload = (path: string, uri: string): Promise<void> => copyFile(path, this.at(uri));
  rename = (from: string, to: string): Promise<void> => {
    linkSync(this.at(from), this.at(to));
    rmSync(this.at(from));
    return Promise.resolve();
  };
  replace = (from: string, to: string): Promise<void> => {
    renameSync(this.at(from), this.at(to));
    return Promise.resolve();
  };
  write = (uri: string, content: string | Uint8Array): Promise<void> => writeFile(this.at(uri), content);
  remove = (uri: string): Promise<void> => {
    rmSync(this.at(uri), { force: true });
    return Promise.resolve();
  };

  at(uri: string): string {
    assert.ok(this.isConnected, 'Nobody writes to a machine that he is not connected to.');
    return join(this.root, decodeURIComponent(new URL(uri).pathname));
  }
}

describe('a clip whose folder this window does not reach', () => {
  let clock: HandClock;
  const stage = useStage({ clock: () => (clock = new HandClock(Date.now())) });
  const root = (): string => join(stage().folder, 'machine');
  const targetIn = (isConnected: boolean): RemoteFolder =>
    new RemoteFolder(FOLDER, join(stage().folder, 'work'), new Machine(root(), isConnected));

  /** Downloads a clip here, as far as this window can. */
  const begin = async (): Promise<TaskKey> => {
    stage().makeTarget = () => targetIn(false);
    const { key } = await stage().addTask();
    stage().store.update(key, {
      file: 'waiting',
      nextSaveAt: clock.now(),
      saveFolder: FOLDER,
      linkExpiresAt: clock.now() + 20 * HOUR,
    });
    await isLeft(key);
    return key;
  };
  const isLeft = async (key: TaskKey): Promise<void> => {
    const isWhole = (): boolean => (stage().partOf(key)?.size ?? 0) === clipBytes('tone').length;
    while (!isWhole() || stage().store.leases.held(clock.now()).length > 0) {
      await setImmediate();
    }
  };
  const told = ({ file, saveProblem, failedSaves, nextSaveAt }: Task): unknown[] => [
    file,
    saveProblem,
    failedSaves,
    (nextSaveAt ?? Infinity) <= clock.now(),
  ];

  it('is downloaded all the same, and stays due without a failure for a window that does', async () => {
    const key = await begin();
    assert.deepEqual(told(stage().taskOf(key)), ['waiting', null, 0, true]);
    assert.equal(newsOf(stage().taskOf(key), clock.now()), undefined);
    const store = new TaskStore(join(stage().folder, 'dailies.db'), { clock });
    const saver = new Saver({
      store,
      clock,
      log: stage().log,
      workFiles: new WorkFiles(store),
      checker: new ClipChecker(compiled('src/saving/checkWorker.ts'), systemClock, stage().log),
      targetOf: () => Promise.resolve(targetIn(true)),
      nameTemplate: () => '{label}',
      writesSidecars: () => false,
      rulesOf: () => ({ allowLoopback: true, largest: 1024 ** 3 }),
    });
    try {
      saver.wake();
      while (store.get(key)?.file !== 'saved') {
        await setImmediate();
      }
      assert.equal(store.get(key)?.filePath, `${FOLDER}/clip.mp4`);
      const [name = ''] = await readdir(join(root(), 'clips'));
      assert.ok((await readFile(join(root(), 'clips', name))).equals(clipBytes('tone')));
      assert.equal((await stage().downloads()).length, 1);
    } finally {
      saver.dispose();
      store.dispose();
    }
  });

  it('is announced when no such window opens for a while, and stays due', async () => {
    const key = await begin();
    clock.jump(6 * MINUTE);
    stage().saver.wake();
    const task = await stage().until(key, ({ file }) => file === 'failed');
    assert.deepEqual(told(task), ['failed', 'outOfReach', 0, true]);
    assert.deepEqual([newsOf(task, clock.now()), (await stage().downloads()).length], ['unsaved', 1]);
  });

  it('is not tried again and again meanwhile, but at once when a person says where else it goes', async () => {
    const key = await begin();
    for (let wakes = 0; wakes < 20; wakes++) {
      stage().saver.wake();
    }
    assert.deepEqual(stage().store.leases.held(clock.now()), []);
    const { LocalFolder } = await import('../../../src/saving/place.ts');
    stage().makeTarget = () => new LocalFolder(stage().target);
    clock.jump(1);
    stage().store.update(key, { saveFolder: stage().target, nextSaveAt: clock.now() });
    stage().assertSaved(await stage().until(key, ({ file }) => file === 'saved'));
  });
});
