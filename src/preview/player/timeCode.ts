/** Of a time that is exactly a frame's beginning, a rounding error may be missing; frames. */
const ROUNDING = 0.01;

/** The number of the frame at a time (s), from 0. */
export function frameAt(time: number, frameRate: number): number {
  return Math.floor(time * frameRate + ROUNDING);
}

/** The number of a clip's last frame. */
export function lastFrame(duration: number, frameRate: number): number {
  return Math.max(0, Math.round(duration * frameRate) - 1);
}

/** A moment in the middle of a frame, s: seeking to it shows this frame and no neighbour. */
export function middleOf(frame: number, frameRate: number): number {
  return (frame + 0.5) / frameRate;
}

/** `HH:MM:SS:FF` of a frame: every second has the frame rate's nearest whole number of frames, and none is dropped. */
export function timeCode(frame: number, frameRate: number): string {
  const perSecond = Math.round(frameRate);
  return `${clockTime(frame / perSecond)}:${twoDigits(frame % perSecond)}`;
}

/** `HH:MM:SS`; `seconds` are rounded down. */
export function clockTime(seconds: number): string {
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
}

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
