import { sleep, type Clock } from '../base/clock.ts';
import { gatewayOf } from '../tasks/gatewayAddress.ts';
import type { Reply } from '../tasks/reply.ts';
import { checkAddress, checkedId, checkedTask, checkGap, WRONG_KEY, type CheckStep } from './checkPlan.ts';
import type { CheckEnd, CheckSeen, Exchange, LinkProbe } from './checkSeen.ts';
import { probeWithoutKey, type Probe } from './probe.ts';
import { readResult } from './wire.ts';

/** What a check of the gateway needs from outside. */
export interface CheckDependencies {
  readonly clock: Clock;
  /** Sends one request to the gateway. Rejects only when aborted. */
  readonly probe: (address: string, key: string, signal: AbortSignal) => Promise<Probe>;
  /** Looks at a clip's link. Rejects only when aborted. */
  readonly probeLink: (link: string, signal: AbortSignal) => Promise<LinkProbe>;
  /** Whether a person has paused all requests. */
  readonly isPaused: () => boolean;
  /** Until when the gateway is left alone for its rate limit, ms since the epoch; `null` where it is not. */
  readonly limitedUntil: () => number | null;
  /** The check waits for the end of a rate limit, so long, ms. */
  readonly onWaiting: (delay: number) => void;
  /** The gateway is rate-limiting: for so long, ms, if it says. */
  readonly onRateLimited: (retryAfter: number | null) => void;
  /** What was seen has grown. */
  readonly onSeen: (seen: CheckSeen) => void;
}

/** How often a gateway may say that it is too much, or never respond, before the check ends. */
const MOST_RATE_LIMITS = 2;
const MOST_FAILURES = 3;

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
      if (dependencies.isPaused()) {
        return { ...seen, stopped: 'paused' };
      }
      const exchange = await send(step, seen, key, dependencies, signal);
      seen = { ...seen, exchanges: [...seen.exchanges, exchange] };
      const limited = exchange.step === 'link' ? undefined : rateLimitOf(exchange.reply);
      if (limited) {
        rateLimits++;
        dependencies.onRateLimited(limited.retryAfter);
      }
      const stopped = endOf(seen, rateLimits);
      if (stopped) {
        return { ...seen, stopped };
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

async function waitOut(
  { clock, limitedUntil, onWaiting }: CheckDependencies,
  signal: AbortSignal,
): Promise<void> {
  for (let until = limitedUntil(); until !== null; until = limitedUntil()) {
    const delay = Math.max(1, until - clock.now());
    onWaiting(delay);
    await sleep(clock, delay, signal);
  }
}

/** Whether more requests would show nothing. */
function endOf({ exchanges }: CheckSeen, rateLimits: number): CheckEnd | undefined {
  if (rateLimits === MOST_RATE_LIMITS) {
    return 'rateLimited';
  }
  const probes = exchanges.flatMap(one => ('probe' in one ? [one.probe] : []));
  const isSilent = probes.length >= MOST_FAILURES && probes.every(one => 'failure' in one);
  return isSilent ? 'unreachable' : undefined;
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
  // A gateway knows whose address it is, and can repeat the right key where the wrong one was sent.
  const response = probeWithoutKey(await probe(checkAddress(step, gateway, tasks), sent, signal), key);
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
