import assert from 'node:assert/strict';
import { DisposableStore } from '../../../src/base/disposable.ts';
import type { Base } from '../../../src/dailies/base.ts';
import type { List } from '../../../src/dailies/list.ts';
import type { Loops } from '../../../src/dailies/loops.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { HandClock, NOON } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { startSoon } = await import('../../../src/dailies/connect.ts');

const GATEWAY = 'https://gateway.example/kyyReactApiServer';

describe('the start of the work, after the activation', () => {
  it('forgets what other windows said of keys before its own first poll, which stays, however quick it is', async () => {
    const clock = new HandClock(NOON);
    const store = new TaskStore(':memory:', { clock });
    const pause = { gateway: GATEWAY, until: null, count: 1 } as const;
    const held = (): string[] => store.pauses.list().map(({ reason }) => reason);
    store.pauses.set({ ...pause, reason: 'keyUnreadable' });
    const before: string[][] = [];
    const wake = (): void => undefined;
    const parts = new DisposableStore();
    const done = new Promise<void>(ready => {
      startSoon(
        { parts, store, trouble: undefined, clock, log: { error: wake } } as unknown as Base,
        {
          // A poll that finds no key at once.
          poller: {
            wake: () => {
              before.push(held());
              store.pauses.set({ ...pause, reason: 'noKey' });
            },
          },
          saver: { wake },
          maker: { wake },
          files: { lookForAll: wake },
        } as unknown as Loops,
        {
          welcome: { setTrouble: async () => Promise.resolve(), look: async () => Promise.resolve() },
          conditions: { lookForKey: async () => Promise.resolve(), setReady: async () => Promise.resolve() },
          thumbnails: {
            sweep: () => {
              ready();
              return Promise.resolve();
            },
          },
        } as unknown as List,
      );
    });
    assert.deepEqual(before, []);
    clock.ringNext(NOON);
    await done;
    assert.deepEqual([before, held()], [[[]], ['noKey']]);
    parts.dispose();
    store.dispose();
  });
});
