/** The gateway's idea of time: it starts at the real hour, runs `speed` times as fast, and can be made to jump. */
export class SimulatedClock {
  private readonly realNow: () => number;
  private readonly speed: number;
  private readonly startedAt: number;
  private jumpedMs = 0;

  /** `speed` is simulated seconds for each real second; `realNow` gives real ms since the epoch. */
  constructor(speed: number, realNow: () => number) {
    if (!(speed > 0)) throw new RangeError(`A clock cannot run at speed ${speed}.`);
    this.speed = speed;
    this.realNow = realNow;
    this.startedAt = realNow();
  }

  /** Simulated ms since the epoch. */
  now(): number {
    return this.startedAt + (this.realNow() - this.startedAt) * this.speed + this.jumpedMs;
  }

  /** Jumps forward by simulated ms. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`The clock cannot go back (${ms} ms).`);
    this.jumpedMs += ms;
  }
}
