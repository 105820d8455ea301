/** The latest responses of a gateway about its other tasks, which distinguish its own faults from those of one task. */
export interface Others {
  /** When it last responded about one of them, ms since the epoch. */
  readonly answeredAt: number | null;
  /** How many may still be rendering, … */
  readonly underWay: number;
  /** … of how many of those it last denied to know them, … */
  readonly denied: number;
  /** … and about how many it responded before, and has not refused since: they would meet a rejected key too. */
  readonly witnesses: number;
}
