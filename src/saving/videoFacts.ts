/** What an editing program has to know of a clip, read from its tables. */
export interface VideoFacts {
  /** How many frames are shown. */
  readonly frames: number;
  /** Frames in a second, as a fraction in whole numbers. */
  readonly rate: { readonly numerator: number; readonly denominator: number };
  /** Pixels, as it is shown. */
  readonly width: number;
  readonly height: number;
  /** The codec, as its container names it, and what its decoder is set up with: clips that have the same can stand in one track. */
  readonly setup: string;
  /** Whether every frame of the file is shown, each for the same time. */
  readonly isEven: boolean;
  readonly hasAudio: boolean;
}
