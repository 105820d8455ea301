import assert from 'node:assert/strict';
import { modelCalled } from '../../../src/gateway/models.ts';
import { learnCharges } from '../../../src/making/learnCharges.ts';
import { Making } from '../../../src/making/making.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';
import { HandClock, NOON } from '../builders.ts';

const GATEWAY = 'https://gateway.example/relay';
const wish = { request: { model: 'grok_video3', prompt: 'A ferry.', duration: 12 } };

describe('what tasks were charged', () => {
  let store: TaskStore;
  let making: Making;

  beforeEach(() => {
    const clock = new HandClock();
    store = new TaskStore(':memory:', { clock });
    making = new Making({ store, clock, modelOf: modelCalled, prices: () => ({}), dayLimit: () => ({}) });
    store.onDidChange(keys => {
      learnCharges(store, keys, modelCalled, NOON);
    });
  });

  afterEach(() => {
    store.dispose();
  });

  function charged(id: string, amount: number, facts: TaskPatch = {}): void {
    const body = { model: 'grok_video3', prompt: id, duration: 6, aspect_ratio: '16:9', resolution: '720p' };
    const { task } = store.add(GATEWAY, id, NOON, NOON, { request: JSON.stringify(body) });
    store.update(task.key, { generation: 'completed', amount, ...facts });
  }

  function expected(gateway = GATEWAY): unknown {
    const plan = making.plan(gateway, [wish]);
    assert.ok(!('kind' in plan));
    return plan.videos[0]?.estimate;
  }

  it('is what the next of the kind is expected to cost, by the second', () => {
    charged('video_1', 0.6);
    charged('video_2', 0.6);
    assert.deepEqual(expected(), { amount: 1.2, source: 'learned', samples: 2 });
  });

  it('is known also when the tasks are gone', () => {
    charged('video_1', 0.6);
    store.remove(store.list().map(({ key }) => key));
    assert.deepEqual(expected(), { amount: 1.2, source: 'learned', samples: 1 });
  });

  it("is no other gateway's price, none of a task that failed, and none of one whose request nobody knows", () => {
    charged('video_1', 0.6, { generation: 'failed' });
    charged('video_2', 0.6, { request: null });
    charged('video_3', 0.6, { request: '{"model":' });
    assert.equal(expected(), undefined);
    charged('video_4', 0.6);
    assert.equal(expected('https://other.example'), undefined);
  });
});
