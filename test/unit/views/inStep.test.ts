import assert from 'node:assert/strict';
import { SECOND } from '../../../src/base/clock.ts';
import { Emitter } from '../../../src/base/events.ts';
import { Ticker } from '../../../src/base/ticker.ts';
import type { TaskKey } from '../../../src/tasks/task.ts';
import { InStep } from '../../../src/views/inStep.ts';
import { HandClock } from '../builders.ts';

describe('what counts tasks outside the list', () => {
  const set = (): {
    clock: HandClock;
    tasks: Emitter<ReadonlySet<TaskKey>>;
    list: Emitter<void>;
    draws: number[];
    pass: (ms: number) => void;
  } => {
    const clock = new HandClock();
    const start = clock.now();
    const tasks = new Emitter<ReadonlySet<TaskKey>>();
    const list = new Emitter<void>();
    const inStep = new InStep(
      { onDidChange: tasks.event },
      { onDidDraw: list.event },
      clock,
      new Ticker(clock),
      error => {
        throw error;
      },
    );
    const draws: number[] = [];
    inStep.onDidChange(() => draws.push(clock.now() - start));
    const pass = (ms: number): void => {
      const until = clock.now() + ms;
      while (clock.ringNext(until));
    };
    return { clock, tasks, list, draws, pass };
  };

  it('is drawn after the list, once for many changes', () => {
    const { tasks, list, draws, pass } = set();
    tasks.fire(new Set([1]));
    tasks.fire(new Set([2]));
    pass(100);
    assert.deepEqual(draws, []);
    list.fire();
    assert.deepEqual(draws, [100]);
    // Scrolled to, say.
    list.fire();
    pass(SECOND);
    assert.deepEqual(draws, [100]);
  });

  it('waits no longer than a moment for a list that draws nothing, and goes on with time', () => {
    const { tasks, draws, pass } = set();
    tasks.fire(new Set([1]));
    pass(SECOND);
    assert.deepEqual(draws, [300]);
    pass(60 * SECOND);
    assert.deepEqual(draws, [300, 60_000]);
  });
});
