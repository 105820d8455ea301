import { create } from '../dom.ts';
import type { ControlContext } from '../controlContext.ts';
import { timeCode } from '../timeCode.ts';

/** The resolution of the slider. */
const PLACES = 10_000;

/** The slider that shows the position and seeks. */
export function seekBar({ player, words }: Pick<ControlContext, 'player' | 'words'>): {
  element: HTMLInputElement;
  draw: () => void;
} {
  const element = create('input', { type: 'range', className: 'seek', min: '0', max: String(PLACES) });
  element.ariaLabel = words.position;
  element.addEventListener('input', () => {
    player.seekTo((element.valueAsNumber / PLACES) * player.duration);
  });
  element.addEventListener('pointerup', () => {
    element.blur();
  });
  const draw = (): void => {
    const part = player.duration > 0 ? player.time / player.duration : 0;
    element.valueAsNumber = part * PLACES;
    element.style.setProperty('--part', String(part));
  };
  player.playback.addEventListener('timeupdate', () => {
    element.ariaValueText = timeCode(player.frame, player.rate);
  });
  return { element, draw };
}
