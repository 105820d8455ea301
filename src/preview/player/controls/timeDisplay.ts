import { create } from '../dom.ts';
import type { ControlContext } from '../controlContext.ts';
import { clockTime, lastFrame, timeCode } from '../timeCode.ts';
import { iconButton } from './iconButton.ts';

/** Shows the timecode of the current frame and the duration. A click copies the timecode. */
export function timeDisplay(context: ControlContext<'copyTimeCode'>): {
  element: HTMLButtonElement;
  draw: () => void;
} {
  const { player, words } = context;
  const current = create('span');
  const whole = create('span', { className: 'whole' });
  const element = iconButton(context, 'copyTimeCode', 'copy');
  element.className = 'time';
  element.replaceChildren(current, whole);
  const draw = (): void => {
    const [text, end] = spokenTimes(player);
    if (current.textContent !== text || whole.textContent !== ` / ${end}`) {
      current.textContent = text;
      whole.textContent = ` / ${end}`;
      element.ariaLabel = `${text} / ${end}, ${words.copyTimeCode}`;
    }
  };
  player.addEventListener('rate', draw);
  return { element, draw };
}

/** Position and duration as text, without frames until the frame rate is known. */
function spokenTimes({
  time,
  frame,
  duration,
  frameRate,
}: ControlContext['player']): [current: string, whole: string] {
  return frameRate === undefined
    ? [clockTime(time), clockTime(duration)]
    : [timeCode(frame, frameRate), timeCode(lastFrame(duration, frameRate) + 1, frameRate)];
}
