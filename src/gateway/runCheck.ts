import { sleep, type Clock } from '../base/clock.ts';
import { gatewayOf } from '../tasks/gatewayAddress.ts';
import type { Reply } from '../tasks/reply.ts';
import { checkAddress, checkedId, checkedTask, checkGap, WRONG_KEY, type CheckStep } from './checkPlan.ts';
import type { CheckSeen, Exchange, LinkProbe } from './checkSeen.ts';
import type { Probe } from './probe.ts';
import { readResult } from './wire.ts';

/** What a check of the gateway needs from outside. */
export interface CheckDependencies {
  readonly clock: Clock;
  /** Sends one request to the gateway. Rejects only when aborted. */
  readonly probe: (address: string, key: string, signal: AbortSignal) => Promise<Probe>;
  /** Looks at a clip's link. Rejects only when aborted. */
  readonly probeLink: (link: string, signal: AbortSignal) => Promise<LinkProbe>;
  /** Until when the gateway is left alone for its rate limit, ms since the epoch; `null` where it is not. */
  readonly pausedUntil: () => number | null;
  /** The gateway is rate-limiting: for so long, ms, if it says. */
  readonly onRateLimited: (retryAfter: number | null) => void;
  /** What was seen has grown. */
  readonly onSeen: (seen: CheckSeen) => void;
}

/** How often a gateway may say that it is too much before the check ends. */
const MOST_RATE_LIMITS = 2;

/**
 * Sends the requests of a check one after the other, with the gap between them that the gateway requires, and returns what was seen. A
 * pause of the gateway is waited out. `waitsFirst`: the gap comes before the first one, too. Never rejects: when `signal` is aborted,
 * what was seen until then is what there is.
 */
export async function runCheck(
  before: CheckSeen,
  steps: readonly CheckStep[],
  key: string,
  dependencies: CheckDependencies,
  signal: AbortSignal,
  { waitsFirst = false } = {},
): Promise<CheckSeen> {
  const { clock, onSeen } = dependencies;
  const gap = checkGap(gatewayOf(before), steps.length);
  let seen = before;
  let rateLimits = 0;
  try {
    for (const [index, step] of steps.entries()) {
      if (index > 0 || waitsFirst) {
        await sleep(clock, gap, signal);
      }
      await waitOut(dependencies, signal);
      const exchange = await send(step, seen, key, dependencies, signal);
      seen = { ...seen, exchanges: [...seen.exchanges, exchange] };
      const limited = exchange.step === 'link' ? undefined : rateLimitOf(exchange.reply);
      if (limited) {
        rateLimits++;
        dependencies.onRateLimited(limited.retryAfter);
      }
      if (rateLimits === MOST_RATE_LIMITS) {
        return { ...seen, stopped: 'rateLimited' };
      }
      onSeen(seen);
    }
    return seen;
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
    return { ...seen, stopped: 'cancelled' };
  }
}

async function waitOut({ clock, pausedUntil }: CheckDependencies, signal: AbortSignal): Promise<void> {
  for (let until = pausedUntil(); until !== null; until = pausedUntil()) {
    await sleep(clock, Math.max(1, until - clock.now()), signal);
  }
}

async function send(
  step: CheckStep,
  { gateway, tasks }: CheckSeen,
  key: string,
  { clock, probe, probeLink }: CheckDependencies,
  signal: AbortSignal,
): Promise<Exchange> {
  const sentAt = clock.now();
  if (step === 'link') {
    return { step, sentAt, link: await probeLink(tasks.finished?.videoUrl ?? '', signal) };
  }
  const sent = step === 'wrongKey' ? WRONG_KEY : key;
  const response = await probe(checkAddress(step, gateway, tasks), sent, signal);
  const isInCenter = checkedTask(step, tasks)?.endpoint === 'modelCenter';
  const reply =
    'failure' in response
      ? null
      : readResult(response, gateway, checkedId(step, tasks), { prefersResult: isInCenter });
  return { step, sentAt, probe: response, reply };
}

function rateLimitOf(reply: Reply | null): { readonly retryAfter: number | null } | undefined {
  return reply?.kind === 'requestFailed' && reply.problem === 'rateLimited' ? reply : undefined;
}
