/** What runs in the pages of the bench. Nothing here refers to anything outside its function. */

/** How a scroll through the sheet went. */
export interface Scrolling {
  readonly durationMs: number;
  /** That a screen of 60 Hz had time for. */
  readonly frames: number;
  readonly dropped: number;
  /** The most that existed at a time. */
  readonly tiles: number;
}

/**
 * Runs in every page and frame before its own scripts: notes when something is clicked, and when every tile in view has its
 * frame; ms since the epoch. It looks by a timer, as VS Code writes webviews with `document.write`, which takes all listeners away.
 */
export function watchForFrames(): void {
  window.addEventListener(
    'pointerup',
    () => {
      Object.assign(window, { benchClickedAt: Date.now() });
    },
    true,
  );
  const isUsable = (): boolean => {
    const grid = document.querySelector('.grid');
    if (!grid) return false;
    const { bottom } = grid.getBoundingClientRect();
    const inView = [...grid.querySelectorAll('.tile')].filter(
      tile => tile.getBoundingClientRect().top < bottom,
    );
    return inView.length > 0 && inView.every(tile => tile.querySelector('canvas'));
  };
  const timer = setInterval(() => {
    if (isUsable()) {
      Object.assign(window, { benchUsableAt: Date.now() });
      clearInterval(timer);
    }
  }, 5);
}

/** Scrolls from the top to the end by so many pixels a second, or for so long; counts the frames that the page did not make. */
export async function scrollThrough({
  speed,
  durationMs,
}: {
  speed: number;
  durationMs: number | undefined;
}): Promise<Scrolling> {
  const grid = document.querySelector('.grid');
  if (!grid) throw new Error('The page has no grid.');
  const nextFrame = async (): Promise<number> => new Promise(done => requestAnimationFrame(done));
  const way = grid.scrollHeight - grid.clientHeight;
  const duration = durationMs ?? (way / speed) * 1_000;
  grid.scrollTop = 0;
  const begun = await nextFrame();
  let last = begun;
  let frames = 0;
  let dropped = 0;
  let tiles = 0;
  while (last - begun < duration) {
    const now = await nextFrame();
    const passed = Math.max(1, Math.round((now - last) / (1_000 / 60)));
    frames += passed;
    dropped += passed - 1;
    last = now;
    grid.scrollTop = ((now - begun) / 1_000) * speed;
    tiles = Math.max(tiles, grid.querySelectorAll('.tile').length);
  }
  return { durationMs: duration, frames, dropped, tiles };
}
