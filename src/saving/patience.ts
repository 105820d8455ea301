import { HOUR, MINUTE, SECOND, type Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** How long nothing at all may come, ms. */
const STALL = MINUTE;

/** What comes more slowly than this, bytes a minute, for so long, ms, stands still too: a few MB would take days. */
const CRAWL = { least: 16 * 1024, for: 5 * MINUTE } as const;

/** What comes more slowly than this, bytes a minute, yields its slot to a waiting clip: 64 KiB a second. */
const SLOW = 60 * 64 * 1024;

/**
 * How long an attempt may be slow while others wait, ms. One that must begin anew next time has longer: what came is lost
 * with it.
 */
const SLOW_TURN = { resumable: MINUTE, other: 10 * MINUTE } as const;

/** How long any attempt keeps its slot while others wait, if the next one can continue it, ms. */
const TURN = HOUR;

/** How a transfer has gone so far. Times are ms since the epoch. */
export interface Course {
  readonly beganAt: number;
  /** When bytes came last. */
  readonly cameAt: number;
  /** Since when each minute has brought less than a slow and less than a crawling one must not; `null`: the last did not. */
  readonly slowSince: number | null;
  readonly crawlsSince: number | null;
  /** Whether the next attempt could continue where this one ends. */
  readonly isResumable: boolean;
}

/**
 * What becomes of a transfer: it continues, has `stalled`, or must `yield` its slot. It is never cut for the time that it
 * takes while nobody waits, and one that brings 64 KiB a second and could not be continued is not cut at all.
 */
export function judge(course: Course, isAwaited: () => boolean, now: number): 'goOn' | 'stalled' | 'yield' {
  const { beganAt, cameAt, slowSince, crawlsSince, isResumable } = course;
  if (now - cameAt >= STALL || now - (crawlsSince ?? now) >= CRAWL.for) {
    return 'stalled';
  }
  const isSlow = now - (slowSince ?? now) >= (isResumable ? SLOW_TURN.resumable : SLOW_TURN.other);
  const hadTurn = isResumable && now - beganAt >= TURN;
  return (isSlow || hadTurn) && isAwaited() ? 'yield' : 'goOn';
}

/** Follows a transfer, and says when there is no more patience with it. */
export class Patience implements Disposable {
  private readonly clock: Clock;
  private readonly isAwaited: () => boolean;
  private readonly onOver: (verdict: 'stalled' | 'yield') => void;
  private readonly beganAt: number;
  private cameAt: number;
  private minuteAt: number;
  /** What this minute has brought, bytes. */
  private brought = 0;
  private slowSince: number | null = null;
  private crawlsSince: number | null = null;
  private timer: Disposable;
  /** Whether the next attempt could continue where this one ends. */
  isResumable = true;

  /** `isAwaited`: whether a clip is waiting for a slot. */
  constructor(clock: Clock, isAwaited: () => boolean, onOver: (verdict: 'stalled' | 'yield') => void) {
    this.clock = clock;
    this.isAwaited = isAwaited;
    this.onOver = onOver;
    this.beganAt = this.cameAt = this.minuteAt = clock.now();
    this.timer = this.setTimer();
  }

  /** So many bytes came. */
  took(count: number): void {
    this.cameAt = this.clock.now();
    this.brought += count;
  }

  dispose(): void {
    this.timer.dispose();
  }

  /** Not a new timer for each arrival: thousands come in a second. */
  private setTimer(): Disposable {
    const next = Math.min(this.cameAt + STALL, this.minuteAt + MINUTE);
    return this.clock.setTimer(
      () => {
        this.look();
      },
      Math.max(SECOND, next - this.clock.now()),
    );
  }

  private look(): void {
    const now = this.clock.now();
    if (now - this.minuteAt >= MINUTE) {
      this.slowSince = this.brought < SLOW ? (this.slowSince ?? this.minuteAt) : null;
      this.crawlsSince = this.brought < CRAWL.least ? (this.crawlsSince ?? this.minuteAt) : null;
      this.brought = 0;
      this.minuteAt = now;
    }
    const { beganAt, cameAt, slowSince, crawlsSince, isResumable } = this;
    const verdict = judge({ beganAt, cameAt, slowSince, crawlsSince, isResumable }, this.isAwaited, now);
    if (verdict === 'goOn') {
      this.timer = this.setTimer();
    } else {
      this.onOver(verdict);
    }
  }
}
