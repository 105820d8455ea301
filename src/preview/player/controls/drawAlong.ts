import type { ControlContext } from '../controlContext.ts';

/** Calls `draw` on each animation frame while playing, and whenever the position has changed. */
export function drawAlong({ player }: Pick<ControlContext, 'player'>, draw: () => void): void {
  let isDrawing = false;
  const follow = (): void => {
    draw();
    isDrawing = player.isMoving;
    if (isDrawing) {
      requestAnimationFrame(follow);
    }
  };
  const look = (): void => {
    if (!isDrawing) {
      follow();
    }
  };
  player.addEventListener('move', look);
  for (const event of ['play', 'pause', 'seeking', 'seeked', 'loadedmetadata']) {
    player.playback.addEventListener(event, look);
  }
}
