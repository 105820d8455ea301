/** A frame that was presented. */
export interface ShownFrame {
  /** Its position in the clip, s. */
  readonly mediaTime: number;
  /** When it was to be displayed, in the time of `performance.now()`, ms. */
  readonly at: number;
}

/** How a clip makes up for its drift: it changes its speed by a factor, or seeks to the position of the leader. */
export type Correction = { readonly kind: 'speed'; readonly factor: number } | { readonly kind: 'seek' };

/** Frames that were displayed further apart than this can't be compared, ms. */
const MAX_TIME_APART = 250;

/**
 * How many frames are measured before a correction. A frame is displayed up to one screen refresh late (17 or 33 ms), so single
 * frames are unreliable, but their mean is accurate to a few ms. The highest and the lowest are discarded.
 */
const SAMPLES = 8;

/** Smaller drifts are ignored, s: a quarter of a frame. */
const IGNORED_DRIFT = 0.01;

/** For larger drifts, a jump is less noticeable than the time it takes to catch up, s. */
const JUMP_DRIFT = 0.3;

/** How long catching up takes, ms, and the largest change of speed for it, as a share. */
const CATCH_UP_TIME = 400;
const MAX_SPEED_CHANGE = 0.2;

/** How far the follower is ahead of the leader, s, if both play at `rate`; `undefined` if the frames can't be compared. */
export function driftOf(follower: ShownFrame, leader: ShownFrame, rate: number): number | undefined {
  const apart = follower.at - leader.at;
  return Math.abs(apart) > MAX_TIME_APART
    ? undefined
    : follower.mediaTime - leader.mediaTime - (rate * apart) / 1_000;
}

/** Measures the drift of one clip against the leader, and decides how to correct it. */
export class DriftWatch {
  private drifts: number[] = [];
  /** When the clip will have caught up and returns to normal speed, in the time of `performance.now()`, ms. */
  private until: number | undefined;

  /** Discards all measurements, after the clips have been started, paused or sent elsewhere. */
  reset(): void {
    this.drifts = [];
    this.until = undefined;
  }

  /** Adds a measurement. Returns the correction to apply from now on; `undefined` for no change. */
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
    if (size < IGNORED_DRIFT) {
      return undefined;
    }
    if (size > JUMP_DRIFT) {
      return { kind: 'seek' };
    }
    const part = Math.min(size / rate / (CATCH_UP_TIME / 1_000), MAX_SPEED_CHANGE);
    this.until = now + (size / rate / part) * 1_000;
    return { kind: 'speed', factor: 1 - Math.sign(drift) * part };
  }
}

function meanOf(drifts: readonly number[]): number {
  const inner = drifts.toSorted((one, other) => one - other).slice(1, -1);
  return inner.reduce((sum, drift) => sum + drift, 0) / inner.length;
}
