import { create } from '../dom.ts';
import type { Desk } from '../desk.ts';
import { timeCode } from '../timeCode.ts';

/** How fine a place on the bar is. */
const PLACES = 10_000;

/** The bar along the clip: shows where it is, and goes where it is pressed. */
export function seekBar({ player, words }: Pick<Desk, 'player' | 'words'>): {
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
