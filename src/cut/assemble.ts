import { grouped } from '../base/grouped.ts';
import type { Cut, CutClip } from './cut.ts';
import { isSameRate } from './frameRate.ts';

/** A cut of whole clips: it has the rate and the size that most of them have, or the first of those. */
export function assemble(name: string, clips: readonly CutClip[]): Cut {
  const rate = commonest(
    clips,
    ({ rate: { numerator, denominator } }) => `${numerator}/${denominator}`,
  )?.rate;
  const size = commonest(clips, ({ width, height }) => `${width}x${height}`);
  return {
    name,
    rate: rate ?? { numerator: 24, denominator: 1 },
    width: size?.width ?? 0,
    height: size?.height ?? 0,
    clips,
  };
}

/** The first of those that are most. */
function commonest(clips: readonly CutClip[], keyOf: (clip: CutClip) => string): CutClip | undefined {
  const groups = [...grouped(clips, keyOf).values()];
  return groups.toSorted((a, b) => b.length - a.length)[0]?.[0];
}

/** What of a clip differs from the rest, so that all have to be encoded anew. */
export interface Mismatch {
  readonly clip: CutClip;
  /** `vp8`: nearly no program reads that in an MP4. */
  readonly what: 'size' | 'rate' | 'codec' | 'times' | 'vp8';
}

/**
 * Why the video of a cut cannot be copied as it is; `undefined` where it can: all clips have one size, rate and setup of their codec,
 * and each of their frames is shown as long. `setups`: the codec with its setup, and whether its frames are even, in the order of the clips.
 */
export function mismatchIn(
  cut: Cut,
  setups: readonly { readonly setup: string; readonly isEven: boolean }[],
): Mismatch | undefined {
  const usual = setups[cut.clips.findIndex(clip => isUsual(clip, cut))]?.setup;
  for (const [index, clip] of cut.clips.entries()) {
    const { setup, isEven } = setups[index] ?? { setup: '', isEven: false };
    if (clip.width !== cut.width || clip.height !== cut.height) {
      return { clip, what: 'size' };
    }
    if (!isSameRate(clip.rate, cut.rate)) {
      return { clip, what: 'rate' };
    }
    if (!isEven) {
      return { clip, what: 'times' };
    }
    if (setup !== usual) {
      return { clip, what: 'codec' };
    }
    if (codecOf(setup) === 'VP8') {
      return { clip, what: 'vp8' };
    }
  }
  return undefined;
}

const CODECS: Readonly<Record<string, string>> = {
  V_VP8: 'VP8',
  vp08: 'VP8',
  V_VP9: 'VP9',
  vp09: 'VP9',
  V_AV1: 'AV1',
  av01: 'AV1',
};

/** The codec of a setup, where it is one that not every editing program reads. */
export function codecOf(setup: string): string | undefined {
  return CODECS[setup.split(' ')[0] ?? ''];
}

/** Whether a clip has other proportions than the cut, so that it is shown between black bars. */
export function hasBars({ width, height }: CutClip, cut: Cut): boolean {
  return width * cut.height !== height * cut.width;
}

function isUsual(clip: CutClip, cut: Cut): boolean {
  return clip.width === cut.width && clip.height === cut.height && isSameRate(clip.rate, cut.rate);
}
