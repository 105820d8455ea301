/** A frame that came onto the screen. */
export interface ShownFrame {
  /** Where it is in its clip, s. */
  readonly mediaTime: number;
  /** When it was to be seen, ms of the page's clock. */
  readonly at: number;
}

/** What a clip does about its drift: plays at another speed, as a factor of that of all, or jumps to where the leader is. */
export type Correction = { readonly kind: 'speed'; readonly factor: number } | { readonly kind: 'seek' };

/** A frame that is older says nothing of where its clip is now, ms. */
const OLDEST = 250;

/**
 * How many frames are looked at before anything is done. A frame comes onto the screen up to a refresh after its time, as a
 * rule 17 or 33 ms: single frames tell little, and their mean tells within a few ms. The two that are furthest out do not count.
 */
const SAMPLES = 8;

/** Nothing is done below this, s: a quarter of a frame. */
const SMALL = 0.01;

/** From here on a jump is less seen than the time that it takes to catch up, s. */
const BIG = 0.3;

/** How fast a drift is made good, ms, and by how much of its speed a clip may be quicker or slower for it. */
const CATCH_UP = 400;
const MOST = 0.2;

/** How far a clip is ahead of the one that leads, s, when both play at a rate; `undefined` where that cannot be told. */
export function driftOf(follower: ShownFrame, leader: ShownFrame, rate: number): number | undefined {
  const apart = follower.at - leader.at;
  return Math.abs(apart) > OLDEST
    ? undefined
    : follower.mediaTime - leader.mediaTime - (rate * apart) / 1_000;
}

/** Watches how far one clip is ahead of the one that leads, and says what to do about it. */
export class DriftWatch {
  private drifts: number[] = [];
  /** When the clip has caught up and goes on at the speed of all, ms of the page's clock. */
  private until: number | undefined;

  /** Begins anew: the clips have been started, stopped or sent elsewhere. */
  reset(): void {
    this.drifts = [];
    this.until = undefined;
  }

  /** Takes in a frame; says what to do from now on, `undefined` for no change. */
  judge(follower: ShownFrame, leader: ShownFrame, rate: number): Correction | undefined {
    if (this.until !== undefined) {
      return this.catchUp(follower.at, this.until);
    }
    const drift = driftOf(follower, leader, rate);
    if (drift !== undefined) {
      this.drifts.push(drift);
    }
    if (this.drifts.length < SAMPLES) {
      return undefined;
    }
    const drifted = meanOf(this.drifts);
    this.drifts = [];
    return this.correct(drifted, rate, follower.at);
  }

  private catchUp(now: number, until: number): Correction | undefined {
    if (now < until) {
      return undefined;
    }
    this.until = undefined;
    return { kind: 'speed', factor: 1 };
  }

  private correct(drift: number, rate: number, now: number): Correction | undefined {
    const size = Math.abs(drift);
    if (size < SMALL) {
      return undefined;
    }
    if (size > BIG) {
      return { kind: 'seek' };
    }
    const part = Math.min(size / rate / (CATCH_UP / 1_000), MOST);
    this.until = now + (size / rate / part) * 1_000;
    return { kind: 'speed', factor: 1 - Math.sign(drift) * part };
  }
}

function meanOf(drifts: readonly number[]): number {
  const inner = drifts.toSorted((one, other) => one - other).slice(1, -1);
  return inner.reduce((sum, drift) => sum + drift, 0) / inner.length;
}
