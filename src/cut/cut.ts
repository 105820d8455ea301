import { wholeFrames, type FrameRate } from './frameRate.ts';
import { reelsOf } from './reels.ts';

/** A clip of a cut. Frames are counted at the clip's own rate. */
export interface CutClip {
  /** Its file: an absolute path, or a URI where only VS Code reaches it. */
  readonly path: string;
  readonly name: string;
  /** The first frame that is used, from 0. */
  readonly sourceStart: number;
  /** How many frames are used, at least 1. */
  readonly duration: number;
  /** How many frames the file has. */
  readonly length: number;
  readonly rate: FrameRate;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly hasAudio: boolean;
  /** The file is not where it was: the clip keeps its place, and is named. */
  readonly isMissing: boolean;
  /** What a person noted about it; may have several lines. */
  readonly note: string | null;
  /** Which take of which shot it is, where it is one. */
  readonly shot: string | null;
  readonly take: number | null;
}

/** Clips one after the other, each with a hard cut to the next. */
export interface Cut {
  readonly name: string;
  /** The rate, and the size in pixels, of what comes out. */
  readonly rate: FrameRate;
  readonly width: number;
  readonly height: number;
  readonly clips: readonly CutClip[];
}

/** Where a clip stands in the cut, in frames of the cut. */
export interface PlacedClip {
  readonly clip: CutClip;
  readonly start: number;
  readonly duration: number;
  /** The reel that its file is called, the same for each part of one file. */
  readonly reel: string;
}

/**
 * Where each clip starts and ends, computed once for all formats. A clip of another rate has as many frames of the cut as it fills, so
 * that no frame is wanted that its file does not have; at least one.
 */
export function layOut({ rate, clips }: Cut): readonly PlacedClip[] {
  const reels = reelsOf(clips.map(({ path }) => path));
  let start = 0;
  return clips.map(clip => {
    const duration = Math.max(1, wholeFrames(clip.duration, clip.rate, rate));
    const placed = { clip, start, duration, reel: reels.get(clip.path) ?? '' };
    start += duration;
    return placed;
  });
}

/** How long a cut is, in its frames. */
export function lengthOf(cut: Cut): number {
  return layOut(cut).reduce((sum, { duration }) => sum + duration, 0);
}

/** The clips whose files are not there, each file once, in the order of the cut. */
export function missingClips({ clips }: Cut): readonly CutClip[] {
  return [...new Map(clips.filter(({ isMissing }) => isMissing).map(clip => [clip.path, clip])).values()];
}
