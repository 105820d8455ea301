import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/base/clock.ts';
import { MINUTE } from '../../src/base/clock.ts';
import type { Log } from '../../src/base/log.ts';
import type { MadeVideo } from '../../src/making/madeVideos.ts';
import type { Intent } from '../../src/tasks/intent.ts';
import type { PollPace } from '../../src/polling/pace.ts';
import type { NewIntent } from '../../src/tasks/intent.ts';
import type { Reply, TaskResponse } from '../../src/tasks/reply.ts';
import type { Task } from '../../src/tasks/task.ts';

/** 2026-11-21 10:00 UTC. */
export const NOON = Date.UTC(2026, 10, 21, 10);

export const PACE: PollPace = { interval: 30_000, watchLimit: 26 * 60 * MINUTE, spacing: 1_000, speed: 1 };

/** A task that was tracked at `NOON` and never answered, except for what is said. */
export function aTask(facts: Partial<Task> = {}): Task {
  return {
    key: 1,
    gateway: 'https://gateway.example/kyyReactApiServer',
    id: 'vgen_abc123def456',
    label: null,
    trackedAt: NOON,
    generation: 'unknown',
    statusWord: null,
    model: null,
    createdAt: null,
    actualDuration: null,
    error: null,
    rawAnswer: null,
    answeredAt: null,
    unfinishedAt: null,
    completedSeenAt: null,
    videoUrl: null,
    linkExpiresAt: null,
    problem: null,
    problemText: null,
    failedAsks: 0,
    deniedSince: null,
    denials: 0,
    askedAt: null,
    nextPollAt: NOON,
    file: 'none',
    filePath: null,
    fileSize: null,
    fileDuration: null,
    fileCheck: null,
    fileCheckText: null,
    saveFolder: null,
    saveName: null,
    saveReplaces: null,
    part: null,
    linkRefusedAt: null,
    saveProblem: null,
    saveProblemText: null,
    failedSaves: 0,
    nextSaveAt: null,
    notifiedAt: null,
    told: null,
    seenAt: null,
    request: null,
    amount: null,
    endpoint: null,
    shotFile: null,
    shot: null,
    take: null,
    verdict: null,
    note: null,
    source: null,
    ...facts,
  };
}

/** A video that a person wants, except for what is said. */
export function aNewIntent(facts: Partial<NewIntent> = {}): NewIntent {
  return {
    batch: 'batch-1',
    gateway: 'https://gateway.example/relay',
    family: 'veo',
    model: 'veo_3_1_fast',
    body: '{}',
    hash: 'hash',
    label: null,
    saveFolder: null,
    file: null,
    section: null,
    take: null,
    source: null,
    estimate: null,
    estimateSource: null,
    madeBy: 'person',
    ...facts,
  };
}

/** A video that was wanted at `NOON` and waits to be sent, except for what is said. */
export function anIntent(facts: Partial<Intent> = {}): Intent {
  return {
    key: 1,
    id: '00000000-0000-4000-8000-000000000001',
    batch: 'batch',
    gateway: 'https://gateway.example/kyyReactApiServer',
    family: 'veo',
    model: 'veo_3_1_fast',
    body: JSON.stringify({ model: 'veo_3_1_fast', prompt: 'a ferry at dawn' }),
    hash: 'hash',
    label: null,
    saveFolder: null,
    file: null,
    section: null,
    take: null,
    source: null,
    estimate: null,
    estimateSource: null,
    madeBy: 'person',
    requestKey: null,
    createdAt: NOON,
    state: 'waiting',
    problem: null,
    problemText: null,
    response: null,
    owner: null,
    until: null,
    sentAt: null,
    settledAt: null,
    taskId: null,
    resolution: null,
    ...facts,
  };
}

/** A video that was made at `NOON` and charged 1, except for what is said. */
export function aMadeVideo(facts: Partial<MadeVideo> = {}): MadeVideo {
  return {
    at: NOON,
    gateway: 'https://gateway.example/kyyReactApiServer',
    id: 'vgen_abc123def456',
    name: null,
    model: 'veo_3_1_fast',
    workspace: null,
    madeBy: 'person',
    outcome: 'delivered',
    amount: 1,
    isCharged: true,
    seconds: 8,
    isPicked: false,
    wait: 120,
    ...facts,
  };
}

export function aResponse(facts: Partial<TaskResponse> = {}): TaskResponse {
  return {
    generation: 'processing',
    statusWord: 'processing',
    model: 'veo_3_1_fast',
    createdAt: null,
    videoUrl: null,
    actualDuration: null,
    amount: null,
    error: null,
    raw: '{}',
    ...facts,
  };
}

export function answered(facts: Partial<TaskResponse> = {}): Reply {
  return { kind: 'response', response: aResponse(facts) };
}

/** A folder of its own that is gone after the test. Call in a `describe`. */
export function useFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-test-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return () => folder;
}

/** A clock that moves only when told; timers ring on the way. */
export class HandClock implements Clock {
  private time: number;
  private readonly timers = new Set<{ at: number; ring: () => void }>();

  constructor(start: number = NOON) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  setTimer(callback: () => void, delayMs: number): { dispose(): void } {
    const timer = { at: this.time + delayMs, ring: callback };
    this.timers.add(timer);
    return { dispose: () => this.timers.delete(timer) };
  }

  /** The machine slept, or someone set its clock: time jumps, and timers, which know nothing of it, ring as far off. */
  jump(ms: number): void {
    this.time += ms;
    for (const timer of this.timers) {
      timer.at += ms;
    }
  }

  /** Moves on to the next timer, if it is due within `until`, and rings it. */
  ringNext(until: number): boolean {
    const [next] = [...this.timers].sort((a, b) => a.at - b.at);
    if (!next || next.at > until) {
      this.time = Math.max(this.time, until);
      return false;
    }
    this.timers.delete(next);
    this.time = Math.max(this.time, next.at);
    next.ring();
    return true;
  }
}

/** Keeps what was logged. */
export class ListLog implements Log {
  readonly lines: string[] = [];
  readonly debug = (message: string): void => void this.lines.push(`debug ${message}`);
  readonly info = (message: string): void => void this.lines.push(`info ${message}`);
  readonly warn = (message: string): void => void this.lines.push(`warn ${message}`);
  readonly error = (message: string): void => void this.lines.push(`error ${message}`);
}
