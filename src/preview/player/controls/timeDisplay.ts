import { create } from '../dom.ts';
import type { Desk } from '../desk.ts';
import { clockTime, lastFrame, timeCode } from '../timeCode.ts';
import { iconButton } from './iconButton.ts';

/** The time code of the frame that is shown, and how long the clip is; copies the first. */
export function timeDisplay(desk: Desk<'copyTimeCode'>): { element: HTMLButtonElement; draw: () => void } {
  const { player, words } = desk;
  const current = create('span');
  const whole = create('span', { className: 'whole' });
  const element = iconButton(desk, 'copyTimeCode', 'copy');
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

/** Without frames until the frame rate is known. */
function spokenTimes({ time, frame, duration, frameRate }: Desk['player']): [current: string, whole: string] {
  return frameRate === undefined
    ? [clockTime(time), clockTime(duration)]
    : [timeCode(frame, frameRate), timeCode(lastFrame(duration, frameRate) + 1, frameRate)];
}
