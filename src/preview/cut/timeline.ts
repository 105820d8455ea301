/** A clip of a reel. */
export interface ReelClip {
  /** s */
  readonly duration: number;
}

/** Clips one after the other on one line of time, s. */
export class Timeline {
  private readonly clips: readonly ReelClip[];
  private readonly starts: readonly number[];

  constructor(clips: readonly ReelClip[]) {
    this.clips = clips;
    let start = 0;
    this.starts = clips.map(({ duration }) => {
      start += duration;
      return start - duration;
    });
  }

  /** How many clips there are. */
  get length(): number {
    return this.clips.length;
  }

  get duration(): number {
    return this.startOf(this.length - 1) + this.durationOf(this.length - 1);
  }

  startOf(index: number): number {
    return this.starts[index] ?? 0;
  }

  durationOf(index: number): number {
    return this.clips[index]?.duration ?? 0;
  }

  /** The clip at a time, and how far that is in it. */
  at(time: number): { readonly index: number; readonly within: number } {
    const index = Math.max(
      0,
      this.starts.findLastIndex(start => start <= time),
    );
    return { index, within: time - this.startOf(index) };
  }

  /** The clip after another; `undefined` at the end. */
  after(index: number, isLooping: boolean): number | undefined {
    return index + 1 < this.length ? index + 1 : isLooping ? 0 : undefined;
  }
}
