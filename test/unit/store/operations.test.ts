import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Operations } from '../../../src/store/operations.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskKey } from '../../../src/tasks/task.ts';
import { HandClock, useFolder } from '../builders.ts';

const GATEWAY = 'https://gateway.example/kyyReactApiServer';
const IDS = Array.from({ length: 200 }, (_, index) => `vgen_${index}`);

describe('verbs on many tasks', () => {
  const folder = useFolder();
  const clock = new HandClock();
  let store: TaskStore;
  let operations: Operations;
  let heard: ReadonlySet<TaskKey>[];

  beforeEach(() => {
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    operations = new Operations(store, clock);
    heard = [];
    store.onDidChange(keys => heard.push(keys));
  });

  afterEach(() => {
    store.dispose();
  });

  /** How many commits there were, and of how many tasks. */
  const commits = (): number[] => heard.splice(0).map(keys => keys.size);

  it('are one commit each', () => {
    const { added } = operations.track(GATEWAY, IDS, null);
    const ofTracking = commits();
    operations.track(GATEWAY, IDS, null);
    const ofKnown = commits();
    store.commit(() => {
      for (const { key } of added) {
        store.update(key, { file: 'failed', saveProblem: 'folder', videoUrl: 'https://m.example/a' });
      }
    });
    commits();
    operations.retryAll(['folder']);
    const ofRetrying = commits();
    operations.together(() => {
      for (const { key } of added) {
        operations.stopSaving(key);
      }
    });
    const ofStopping = commits();
    operations.forget(added.map(({ key }) => key));
    assert.deepEqual(
      [ofTracking, ofKnown, ofRetrying, ofStopping, commits(), store.list().length],
      [[200], [], [200], [200], [200], 0],
    );
  });
});
