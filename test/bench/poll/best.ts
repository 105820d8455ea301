/** Never two questions about one task within this time, s: the gateway's rule. */
const RULE = 30;

/** What weighs as much as one question, s of mean delay. */
const DELAY_PER_REQUEST = 5;

/** Later than this, s, no task of this bench ends. */
const END = 3_600;

/**
 * The best moments to ask for those who know the true distribution, s from a task's creation: dynamic programming
 * backwards over a grid of one second. Written without a look at Dailies' own, which it is the measure of.
 */
export function bestMoments(finishedBy: (seconds: number) => number): number[] {
  const finished = Array.from({ length: END + 1 }, (_, second) => finishedBy(second));
  const share = (second: number): number => finished[second] ?? 1;
  // What is yet to pay, in shares of all tasks, after a question at `t`; and when to ask next.
  const toPay = new Float64Array(END + 1);
  const nextAfter = new Uint16Array(END + 1).fill(END);
  for (let t = END - RULE; t >= 0; t--) {
    let least = Infinity;
    let delay = 0;
    for (let next = t + 1; next <= END; next++) {
      // Those who ended before this second wait all of it, those who end within it half of it on average.
      delay += (share(next - 1) + share(next)) / 2 - share(t);
      const pay = 1 - share(t) + delay / DELAY_PER_REQUEST + (toPay[next] ?? 0);
      // The first question may come at any time: none came before.
      if (pay < least && (t === 0 || next - t >= RULE)) {
        least = pay;
        nextAfter[t] = next;
      }
    }
    toPay[t] = least;
  }
  const moments: number[] = [];
  for (let t = 0; t < END;) {
    t = nextAfter[t] ?? END;
    moments.push(t);
  }
  return moments;
}
