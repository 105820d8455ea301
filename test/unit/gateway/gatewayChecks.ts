import type { Clock } from '../../../src/base/clock.ts';
import { checkedTasks, checkSteps } from '../../../src/gateway/checkPlan.ts';
import type { CheckSeen } from '../../../src/gateway/checkSeen.ts';
import { probe } from '../../../src/gateway/probe.ts';
import { runCheck, type CheckDependencies } from '../../../src/gateway/runCheck.ts';
import { evidenceIn } from '../../../src/making/checkEvidence.ts';
import { probeLink } from '../../../src/saving/linkProbe.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { DEMO_KEY, type Gateway } from '../../gateway/gateway.ts';
import { aTask, NOON } from '../builders.ts';

/** A clock on which nobody waits: what is due later is due now, and then it is later. */
export class HastyClock implements Clock {
  private time = NOON;

  now(): number {
    return this.time;
  }

  setTimer(callback: () => void, delayMs: number): { dispose(): void } {
    const timer = setImmediate(() => {
      this.time += delayMs;
      callback();
    });
    return {
      dispose: () => {
        clearImmediate(timer);
      },
    };
  }
}

/** What a check of a gateway that has these tasks begins with. */
export function aCheck(gateway: string, tasks: readonly Task[] = []): CheckSeen {
  const checked = checkedTasks(tasks, gateway, NOON);
  return {
    gateway,
    startedAt: NOON,
    endedAt: null,
    planned: checkSteps(checked).length,
    exchanges: [],
    tasks: checked,
    evidence: evidenceIn(tasks, [], gateway),
    hasProxy: false,
    stopped: null,
  };
}

/** A finished task of the simulated gateway, as the list has it. */
export function finishedTask(gateway: Gateway, id: string, facts: Partial<Task> = {}): Task {
  const videoUrl = `${gateway.mediaOrigin}/clips/${id}/landscape.mp4`;
  return aTask({
    gateway: gateway.baseUrl,
    id,
    model: 'veo_3_1_fast',
    generation: 'completed',
    completedSeenAt: NOON - 60_000,
    videoUrl,
    ...facts,
  });
}

/** What a check needs, with real requests and a clock on which nobody waits. */
export function checkDependencies(clock: Clock = new HastyClock(), longest?: number): CheckDependencies {
  return {
    clock,
    probe: (address, key, signal) => probe(address, key, clock, signal, longest),
    probeLink: (link, signal) => probeLink(link, { allowLoopback: true, largest: 1e9 }, signal),
    isPaused: () => false,
    limitedUntil: () => null,
    onWaiting: () => undefined,
    onRateLimited: () => undefined,
    onSeen: () => undefined,
  };
}

/** Checks a simulated gateway with tasks of a list, and gives what was seen. `longest`: how long one response may take, ms. */
export async function checkOf(
  gateway: Gateway,
  tasks: readonly Task[] = [],
  key = DEMO_KEY,
  longest?: number,
): Promise<CheckSeen> {
  const start = aCheck(gateway.baseUrl, tasks);
  const dependencies = checkDependencies(new HastyClock(), longest);
  return runCheck(start, checkSteps(start.tasks), key, dependencies, AbortSignal.timeout(60_000));
}
