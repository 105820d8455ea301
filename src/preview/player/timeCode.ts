/** The frame rate of Veo and Grok, assumed until a file has been read, frames per second. */
export const USUAL_FRAME_RATE = 24;

/** Compensates rounding errors of a time that is exactly the start of a frame, frames. */
const ROUNDING = 0.01;

/** The number of the frame at a time (s), from 0. */
export function frameAt(time: number, frameRate: number): number {
  return Math.floor(time * frameRate + ROUNDING);
}

/** The number of a clip's last frame. */
export function lastFrame(duration: number, frameRate: number): number {
  return Math.max(0, Math.round(duration * frameRate) - 1);
}

/** The middle of a frame, s: seeking there reliably shows this frame and not a neighbour. */
export function middleOf(frame: number, frameRate: number): number {
  return (frame + 0.5) / frameRate;
}

/** The timecode of a frame, `HH:MM:SS:FF`, non-drop, with the frame rate rounded to a whole number. */
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
