import type { Desk } from '../desk.ts';
import { iconButton, relabel } from './iconButton.ts';

/** Plays and pauses; says which of both comes next. */
export function playButton(desk: Desk<'playOrPause'>): HTMLButtonElement {
  const { player, words } = desk;
  const button = iconButton(desk, 'playOrPause', 'play');
  const draw = (): void => {
    const [sign, text] = player.isMoving
      ? (['debug-pause', words.pause] as const)
      : (['play', words.play] as const);
    relabel(desk, button, 'playOrPause', sign, text);
  };
  draw();
  for (const event of ['play', 'pause', 'ended']) {
    player.playback.addEventListener(event, draw);
  }
  player.addEventListener('move', draw);
  return button;
}
