import { HOUR, MINUTE, SECOND } from '../base/clock.ts';

/** Why a gateway is left alone. */
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** First the one that a person can do most about. `person` is the person's own wish. */
export const PAUSE_REASONS = [
  'person',
  'keyRejected',
  'noKey',
  'keyUnreadable',
  'outOfCredit',
  'unreachable',
  'rateLimited',
] as const;

/** A gateway that is left alone, by all windows; for lack of a key, by those that have none. */
export interface Pause {
  readonly gateway: string;
  readonly reason: PauseReason;
  /** ms since the epoch; `null` until the reason is gone. A moment in the past: counted, but not holding. */
  readonly until: number | null;
  /** How many times in succession it happened. */
  readonly count: number;
  /** Since when, without a response in between, ms since the epoch. */
  readonly since?: number | null;
}

/** How many times in succession it must happen before it is taken seriously; less is chance. */
export const STANDING: Partial<Record<PauseReason, number>> = {
  unreachable: 3,
  keyRejected: 3,
  outOfCredit: 3,
};

/** What a gateway says to everyone until a person acts: it is probed with one request at a time, over all windows. */
export const PROBED = ['keyRejected', 'outOfCredit'] as const satisfies PauseReason[];

/** The pauses that the user is notified of each time one starts: until they act, no task of the gateway is polled. */
export const TOLD = ['keyRejected', 'keyUnreadable', 'outOfCredit'] as const satisfies PauseReason[];
export type ToldPause = (typeof TOLD)[number];

/** Stands for every gateway. */
export const ALL_GATEWAYS = '*';

/** No pause is set for longer; one that seems so was set before the clock was turned back. */
export const LONGEST_PAUSE = HOUR;

/** The pause after a first 429 without `Retry-After`, and the longest one after several, ms. */
const FIRST_RATE_LIMIT_PAUSE = 30 * SECOND;
const LONGEST_RATE_LIMIT_PAUSE = 10 * MINUTE;

/** The longest `Retry-After` that is obeyed, ms; a longer one is a mistake or an attack. */
const LONGEST_RETRY_AFTER = 150 * SECOND;

/**
 * How long to leave a gateway alone after its `count`-th consecutive 429, ms: its `Retry-After` (ms) within limits, else twice as
 * long each time.
 */
export function rateLimitPause(retryAfter: number | null, count: number): number {
  return retryAfter === null
    ? Math.min(FIRST_RATE_LIMIT_PAUSE * 2 ** (count - 1), LONGEST_RATE_LIMIT_PAUSE)
    : Math.min(Math.max(Math.ceil(retryAfter), SECOND), LONGEST_RETRY_AFTER);
}

/** How many times in succession it must happen before it is taken seriously. */
export function countOf(reason: PauseReason): number {
  return STANDING[reason] ?? 1;
}

/** Whether a gateway is left alone at `now`. What must happen several times holds also in the moments in which it is tried again. */
export function isHolding({ reason, until, count }: Pause, now: number): boolean {
  const stands = reason in STANDING && count >= countOf(reason);
  return until === null || stands || (until > now && until <= now + LONGEST_PAUSE);
}

/** Whether a pause concerns a gateway. */
export function concerns(pause: Pick<Pause, 'gateway'>, gateway: string): boolean {
  return pause.gateway === gateway || pause.gateway === ALL_GATEWAYS;
}
