/** What the saver's process is told: to save these clips into a folder, with its list beside them. */
export interface SaveOrder {
  readonly folder: string;
  readonly links: readonly string[];
}

/** What it cost. */
export interface SaveCost {
  /** From waking the saver until the last task is `saved`, ms. */
  readonly ms: number;
  /** The process's CPU time meanwhile, ms. */
  readonly cpuMs: number;
  /** How far the process's memory (RSS) rose above what it had before, at its peak, bytes. */
  readonly growth: number;
  /** The sizes of the files, bytes. */
  readonly sizes: readonly number[];
}
