import assert from 'node:assert/strict';
import { SECOND } from '../../../src/base/clock.ts';
import { Ticker } from '../../../src/base/ticker.ts';
import { LiveTasks } from '../../../src/store/liveTasks.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskKey } from '../../../src/tasks/task.ts';
import { ShownList } from '../../../src/views/shownList.ts';
import { HandClock, NOON } from '../builders.ts';

describe('what the screen shows of the list', () => {
  const rethrow = (error: unknown): void => {
    throw error;
  };

  /** A list with a task in it, and what is drawn of it and when, ms from the start. */
  const set = (): {
    store: TaskStore;
    key: TaskKey;
    shown: ShownList;
    drawn: string[];
    pass: (ms: number) => void;
  } => {
    const clock = new HandClock();
    const start = clock.now();
    const store = new TaskStore(':memory:', { clock });
    const { key } = store.add('https://gateway.example', 'vgen_1', NOON).task;
    const shown = new ShownList(
      {
        tasks: new LiveTasks(store, rethrow),
        pauses: () => store.pauses.list(),
        intents: () => store.intents.open(),
        clock,
        ticker: new Ticker(clock),
      },
      rethrow,
    );
    const drawn: string[] = [];
    const note = (what: string): void => {
      drawn.push(`${what} ${shown.get(key)?.generation ?? 'gone'} at ${clock.now() - start}`);
    };
    shown.onDidChange(() => {
      note('list');
    });
    shown.onDidDraw(() => {
      note('counts');
    });
    const pass = (ms: number): void => {
      const until = clock.now() + ms;
      while (clock.ringNext(until));
    };
    return { store, key, shown, drawn, pass };
  };

  it('is a snapshot: the list draws it at once, and all else the same when the list has', () => {
    const { store, key, shown, drawn, pass } = set();
    store.update(key, { generation: 'queued' });
    pass(20);
    store.update(key, { generation: 'processing' });
    shown.drawn();
    assert.deepEqual(drawn, ['list queued at 0', 'counts queued at 20']);
    // The next comes when VS Code takes changes of a list again.
    pass(SECOND);
    shown.drawn();
    assert.deepEqual(drawn.slice(2), ['list processing at 270', 'counts processing at 1020']);
  });

  it('changes at most four times a second, with all that has changed meanwhile', () => {
    const { store, key, shown, drawn, pass } = set();
    shown.onDidChange(() => {
      shown.drawn();
    });
    for (let times = 0; times < 49; times++) {
      store.update(key, { generation: times % 2 === 0 ? 'queued' : 'processing' });
      pass(20);
    }
    assert.deepEqual(
      drawn.map(text => text.split(' at ')[1]),
      ['0', '0', '250', '250', '500', '500', '750', '750'],
    );
    store.remove([key]);
    pass(20);
    assert.equal(drawn.at(-1), 'counts gone at 1000');
  });

  it('waits for the list, and no longer than a second for one that VS Code does not request', () => {
    const { store, key, drawn, pass } = set();
    store.update(key, { generation: 'queued' });
    pass(500);
    store.update(key, { generation: 'processing' });
    pass(400);
    assert.deepEqual(drawn, ['list queued at 0']);
    pass(100);
    assert.deepEqual(drawn.slice(1), ['counts queued at 1000']);
    pass(250);
    assert.deepEqual(drawn.slice(2), ['list processing at 1250']);
  });

  it('has a time of its own, which advances with the ticker', () => {
    const { shown, drawn, pass } = set();
    pass(60 * SECOND);
    assert.deepEqual(drawn, ['list unknown at 60000']);
    assert.equal(shown.now(), NOON + 60 * SECOND);
  });

  it('takes what is to be shown at once without waiting', () => {
    const { store, key, shown, pass } = set();
    store.update(key, { generation: 'queued' });
    pass(10);
    store.update(key, { generation: 'failed' });
    shown.take();
    assert.equal(shown.get(key)?.generation, 'failed');
  });
});
