import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { modelCalled } from '../../../src/gateway/models.ts';
import { Making, type Plan } from '../../../src/making/making.ts';
import { openStore } from '../../../src/store/openStore.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { Intent } from '../../../src/tasks/intent.ts';
import type { Fault } from '../../gateway/faults.ts';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';
import type { Random } from '../lib/random.ts';
import { fastClock, type MakeOrder } from './protocol.ts';

/** What was found in one round, or in all. */
export interface MakeCount {
  intents: number;
  posts: number;
  /** Sent twice, though the first was not answered with "too many requests", and no person had it sent again. */
  twice: number;
  /** Tasks of the gateway that neither the list has, nor an intent that is called unknown accounts for. */
  lost: number;
  unknown: number;
  /** Called refused or not sent, though the gateway made it. */
  unknownWrong: number;
  kills: number;
}

/** One round. */
export interface Round {
  readonly windows: number;
  readonly intents: number;
  readonly random: Random;
}

/** What may come of a request; of ten, three go well. */
const FAULTS: readonly Fault[] = [
  { kind: 'none' },
  { kind: 'none' },
  { kind: 'delay', ms: 20 },
  { kind: 'reset' },
  { kind: 'reset', afterShare: 0.5 },
  { kind: 'truncated' },
  { kind: 'html', status: 502 },
  { kind: 'rateLimited', retryAfter: '2' },
  { kind: 'businessError' },
  { kind: 'delay', ms: 60 },
];

/** Where a fault is drawn more seldom, most batches come to their end. */
const SHARE_FAULTY = 0.3;

const BATCH = 4;
/** A window that died is missed after three minutes of its clock: 0.9 s. */
const SPEED = 200;
/** Kills come at any moment within this time, real ms. */
const KILLED_WITHIN = 1_200;
/** A round that is not over by then hangs, real ms. */
const LONGEST_ROUND = 60_000;

/** Has intents made by several processes, of which some are killed, and counts what became of them. */
export async function makeInWindows({ windows, intents, random }: Round): Promise<MakeCount> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-make-'));
  const gateway = await startGateway();
  const order: MakeOrder = { folder, gateway: gateway.baseUrl, speed: SPEED, start: Date.now() };
  const clock = fastClock(order);
  const { store } = openStore(folder, clock, error => {
    throw error;
  });
  const running = new Set<ChildProcess>();
  try {
    gateway.setFaults(
      Array.from({ length: 20 * intents }, () => faultFrom(random)),
      'create',
    );
    const making = new Making({
      store,
      clock,
      modelOf: modelCalled,
      prices: () => ({}),
      dayLimit: () => ({}),
    });
    for (let from = 0; from < intents; from += BATCH) {
      making.make(planOf(making, gateway, from, Math.min(from + BATCH, intents)), 'person', null);
    }
    const start = (): void => {
      running.add(spawnWindow(order, running));
    };
    for (let window = 0; window < windows; window++) {
      start();
    }
    const kills = killSome(running, start, windows - 1, random);
    const sentAgain = await decideUntilOver(store, making);
    return { ...count(store, gateway, sentAgain), kills: await kills };
  } finally {
    for (const child of running) {
      child.kill('SIGKILL');
    }
    store.dispose();
    await gateway.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function faultFrom(random: Random): Fault {
  const fault = random() < SHARE_FAULTY ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined;
  return fault ?? { kind: 'none' };
}

function planOf(making: Making, { baseUrl }: Gateway, from: number, to: number): Plan {
  const wishes = Array.from({ length: to - from }, (_, index) => ({
    request: { model: 'veo_3_1_fast', prompt: `Take ${from + index}` },
  }));
  const plan = making.plan(baseUrl, wishes);
  if ('kind' in plan) {
    throw new Error(plan.kind);
  }
  return plan;
}

function spawnWindow(order: MakeOrder, running: Set<ChildProcess>): ChildProcess {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'windowProcess.ts'), JSON.stringify(order)],
    {
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  );
  child.stdin.on('error', () => undefined);
  child.once('close', () => running.delete(child));
  return child;
}

/** Kills so many windows without warning, each at a random moment, and starts another for each. */
async function killSome(
  running: ReadonlySet<ChildProcess>,
  start: () => void,
  kills: number,
  random: Random,
): Promise<number> {
  let killed = 0;
  for (let kill = 0; kill < kills; kill++) {
    await delay((random() * KILLED_WITHIN) / kills + 100);
    const [victim] = running;
    if (victim) {
      const over = once(victim, 'close');
      victim.kill('SIGKILL');
      await over;
      killed += 1;
      start();
    }
  }
  return killed;
}

/** Plays the person, who has what was not sent sent, until nothing is left to be sent. Gives the intents that were sent again so. */
async function decideUntilOver(store: TaskStore, making: Making): Promise<ReadonlySet<string>> {
  const again = new Set<string>();
  const end = Date.now() + LONGEST_ROUND;
  for (;;) {
    const open = store.intents.open();
    for (const { id, state, problem } of open) {
      if (state === 'notSent') {
        making.resume([id]);
        if (problem !== 'held') {
          again.add(id);
        }
      }
    }
    if (open.every(({ state }) => state === 'unknown' || state === 'refused')) {
      return again;
    }
    if (Date.now() > end) {
      throw new Error(`Not over after ${LONGEST_ROUND} ms: ${open.map(({ state }) => state).join(', ')}`);
    }
    await delay(20);
  }
}

function count(store: TaskStore, gateway: Gateway, sentAgain: ReadonlySet<string>): Omit<MakeCount, 'kills'> {
  const intents = store.intents.since(0);
  const byPrompt = new Map(intents.map(intent => [promptIn(intent.body), intent]));
  const posts = gateway.requests.filter(({ method }) => method === 'POST');
  const sent = new Map<Intent, number>();
  for (const { body, status } of posts) {
    const intent = byPrompt.get(promptIn(body));
    if (intent && status !== 429) {
      sent.set(intent, (sent.get(intent) ?? 0) + 1);
    }
  }
  const known = new Set(store.list().map(({ id }) => id));
  const made = gateway.tasks.map(task => ({ task, intent: byPrompt.get(task.prompt) }));
  return {
    intents: intents.length,
    posts: posts.length,
    twice: [...sent].filter(([intent, times]) => times > 1 && !sentAgain.has(intent.id)).length,
    lost: made.filter(({ task, intent }) => !known.has(task.id) && intent?.state !== 'unknown').length,
    unknown: intents.filter(({ state }) => state === 'unknown').length,
    unknownWrong: made.filter(({ intent }) => intent?.state === 'refused' || intent?.state === 'notSent')
      .length,
  };
}

function promptIn(body: string): string {
  return (JSON.parse(body) as { prompt: string }).prompt;
}
