import type { Desk } from '../desk.ts';

/** Draws where the clip is: with each picture while it moves, and when it has gone somewhere. */
export function drawAlong({ player }: Pick<Desk, 'player'>, draw: () => void): void {
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
