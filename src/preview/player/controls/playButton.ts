import type { ControlContext } from '../controlContext.ts';
import { iconButton, relabel } from './iconButton.ts';

/** The button that plays and pauses, labelled with what it does next. */
export function playButton(context: ControlContext<'playOrPause'>): HTMLButtonElement {
  const { player, words } = context;
  const button = iconButton(context, 'playOrPause', 'play');
  const draw = (): void => {
    const [sign, text] = player.isMoving
      ? (['debug-pause', words.pause] as const)
      : (['play', words.play] as const);
    relabel(context, button, 'playOrPause', sign, text);
  };
  draw();
  for (const event of ['play', 'pause', 'ended']) {
    player.playback.addEventListener(event, draw);
  }
  player.addEventListener('move', draw);
  return button;
}
