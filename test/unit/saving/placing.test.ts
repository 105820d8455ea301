import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LocalFolder } from '../../../src/saving/place.ts';
import { RemoteFolder, type RemoteFiles } from '../../../src/saving/remoteFolder.ts';
import { LARGE, useStage } from './stage.ts';

/** A remote machine that nobody reaches. */
const unreachable = new Proxy({} as RemoteFiles, {
  get: () => () => Promise.reject(new Error('no such host')),
});

describe('a clip that is whole but has no place', () => {
  const stage = useStage();

  it('is kept when its link expires, and needs none when there is a place', async () => {
    const work = join(stage().folder, 'work');
    stage().makeTarget = () => new RemoteFolder('remote://host/clips', work, unreachable);
    const { key } = await stage().attemptNew();
    stage().gateway.setFaults({ kind: 'status', status: 410 }, 'media');
    stage().store.update(key, { linkExpiresAt: stage().clock.now() - 1, answeredAt: stage().clock.now() });
    const again = await stage().attempt(key);
    assert.deepEqual([again.file, again.saveProblem], ['failed', 'folder']);
    const asked = stage().gateway.requests.length;
    const { target } = stage();
    stage().makeTarget = () => new LocalFolder(target);
    stage().assertSaved(await stage().attempt(key));
    assert.deepEqual([stage().gateway.requests.length, readdirSync(join(work, 'remote'))], [asked, []]);
  });

  it('goes on in a folder that is spelled in another way', async () => {
    const { gateway, target } = stage();
    gateway.setFaults([{ kind: 'reset', afterShare: 0.5 }], 'media');
    stage().target = `${target}/`;
    const { key } = await stage().attemptNew({ sizeBytes: LARGE });
    await stage().attempt(key);
    const range = gateway.requests.at(-1)?.headers.range ?? '';
    assert.match(range, /^bytes=[1-9]\d*-$/);
  });

  it('goes where a person has chosen meanwhile', async () => {
    const { store, folder } = stage();
    stage().gateway.setFaults([{ kind: 'slow', bytesPerSecond: 100_000 }], 'media');
    stage().makeTarget = wish => new LocalFolder(wish ?? join(folder, 'before'));
    const { key } = await stage().addTask();
    const over = stage().attempt(key);
    await stage().until(key, ({ file }) => file === 'downloading');
    stage().target = join(folder, 'chosen');
    store.update(key, { saveFolder: stage().target, saveName: 'mine' });
    const task = await over;
    stage().assertSaved(task);
    assert.deepEqual(
      [task.filePath, readdirSync(join(folder, 'before'))],
      [join(stage().target, 'mine.mp4'), []],
    );
  });
});
