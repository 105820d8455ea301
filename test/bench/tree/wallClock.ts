/**
 * A clock of ms since the epoch that two processes of one machine share, finer than `Date.now()`: the ticks of
 * `Date.now()` tell how far the process's own fine clock is off. Sent to a page as source text: refers to nothing outside.
 */
export function makeWallClock(): () => number {
  let offset = Number.POSITIVE_INFINITY;
  for (let tick = 0; tick < 5; tick++) {
    const before = Date.now();
    let now = before;
    let fine = performance.now();
    while (now === before) {
      fine = performance.now();
      now = Date.now();
    }
    // The tick was between two looks: the smallest offset was looked at soonest after it.
    offset = Math.min(offset, now - fine);
  }
  return () => performance.now() + offset;
}
