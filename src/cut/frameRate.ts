/** How many frames a second has, as a fraction in whole numbers: 24/1, or 30000/1001 for what is called 29.97. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Frames in a second, as a decimal. */
export function perSecond({ numerator, denominator }: FrameRate): number {
  return numerator / denominator;
}

export function isSameRate(a: FrameRate, b: FrameRate): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator;
}

/** How many whole frames of one rate there are in so many of another. Exact: nothing is rounded on the way. */
export function wholeFrames(frames: number, from: FrameRate, to: FrameRate): number {
  const whole = BigInt(frames) * BigInt(from.denominator) * BigInt(to.numerator);
  return Number(whole / (BigInt(from.numerator) * BigInt(to.denominator)));
}

/** So many frames as the seconds that they take, a fraction in whole numbers: `1001/24000s`, or `8s`. */
export function secondsText(frames: number, { numerator, denominator }: FrameRate): string {
  const ticks = BigInt(frames) * BigInt(denominator);
  const scale = BigInt(numerator);
  return ticks % scale === 0n ? `${ticks / scale}s` : `${ticks}/${scale}s`;
}

/** A time code that drops no frames: 23.976 is counted as 24, as editing programs do. It starts again after 24 hours. */
export function timecode(frames: number, rate: FrameRate): string {
  const base = Math.round(perSecond(rate));
  const seconds = Math.floor(frames / base);
  return [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60, frames % base]
    .map(part => String(part).padStart(2, '0'))
    .join(':');
}
