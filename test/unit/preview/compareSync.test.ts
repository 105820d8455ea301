import assert from 'node:assert/strict';
import { driftOf } from '../../../src/preview/compare/drift.ts';
import { waitUntil } from '../../vscode/wait.ts';
import { fakeVscode } from '../views/fakeVscode.ts';
import { useComparePage, type ComparePage } from './comparePage.ts';
import { MEMORY } from './playerPage.ts';

fakeVscode();
const { compareWords } = await import('../../../src/preview/compareWords.ts');

/** s; all clips here have 24 frames a second. */
const FRAME = 1 / 24;

/** A frame that the browser has put on the screen. */
interface Frame {
  readonly clip: number;
  readonly mediaTime: number;
  /** When it was to be seen, ms. */
  readonly at: number;
}

/** How many refreshes make half a second, about: what is wrong for so long can be seen. */
const A_WHILE = 12;

/*
 * Three clips of the same kind play, and every frame that comes onto the screen is noted. A refresh of the screen chooses the
 * frames of all videos for one moment, however late a slow machine is with it: where it brings a new frame of each, these tell
 * how far the clips are apart. With a drift of a part of a frame, that part of the refreshes shows neighbouring frames, and the
 * others show the same: the mean is the drift. So where most show the same, it is typically less than half a frame, and its
 * greatest mean over a while is the most that it was. A single frame may come late for want of a free core; a drift stays.
 *
 * The clips may be further apart when they begin, until the page has seen it: what is measured begins a second (24 frames) later.
 * None of them has sound, for that of a machine without a loudspeaker runs by its own, uneven clock.
 */
describe('compared clips', () => {
  const current = useComparePage();

  async function play(): Promise<ComparePage> {
    const page = current();
    await page.open();
    await page.send({
      type: 'start',
      words: compareWords(),
      memory: { ...MEMORY, isLooping: true, showsDetails: false },
    });
    await page.show('count', 'count', 'count');
    await page.page.evaluate(noteFrames);
    return page;
  }

  /** Notes frames anew until there are enough: gives those after the first second. */
  async function frames(page: ComparePage): Promise<readonly Frame[]> {
    await page.page.evaluate('frames.length = 0');
    const all = await waitUntil(
      'a hundred frames of each clip',
      async () => {
        const noted = await page.page.evaluate<Frame[]>('frames');
        return noted.length > 3 * 100 ? noted : undefined;
      },
      undefined,
      60_000,
    );
    return all.slice(3 * 24);
  }

  /** That typically all show the same frame, and that they were nowhere a frame apart for a while. */
  async function assertTogether(page: ComparePage, rate: number): Promise<void> {
    const noted = await frames(page);
    const refreshes = [...Map.groupBy(noted, frame => Math.round(frame.at)).values()];
    const together = refreshes.filter(refresh => refresh.length === 3).map(spread);
    assert.ok(
      together.length > 2 * A_WHILE,
      `${together.length} of ${refreshes.length} refreshes have all clips`,
    );
    assert.equal(median(together) < FRAME / 2, true, `the clips are apart by ${together.join()} s`);
    const most = Math.max(...meansOver(together, A_WHILE));
    assert.ok(most < FRAME, `for a while the clips are ${most} s apart, by ${together.join()} s`);
    assertTypical(noted, rate);
  }

  function assertTypical(noted: readonly Frame[], rate: number): void {
    const typical = median(driftsIn(noted, rate).map(Math.abs));
    assert.ok(typical < FRAME, `the clips are typically ${typical} s apart`);
  }

  it('are less than a frame apart after they have begun, after five seeks, and at double speed', async () => {
    const page = await play();
    await assertTogether(page, 1);
    for (const key of ['ArrowRight', 'ArrowRight', 'Home', 'ArrowRight', 'ArrowLeft']) {
      await page.page.keyboard.press(key);
    }
    await assertTogether(page, 1);
    await page.page.getByRole('combobox').selectOption('2');
    await assertTogether(page, 2);
  });

  it('come together again, by another speed when one is a little off, and by a jump when it is far off', async () => {
    const page = await play();
    for (const [seconds, isJump] of [
      [-0.15, false],
      [2, true],
    ] as const) {
      await page.page.keyboard.press('Home');
      await frames(page);
      await page.page.evaluate(`(() => {
        window.speeds = new Set();
        const video = document.querySelectorAll('video')[1];
        video.addEventListener('ratechange', () => speeds.add(video.playbackRate));
        video.currentTime += ${seconds};
      })()`);
      // More than three seconds: most of them after the clip has caught up.
      assertTypical(await frames(page), 1);
      const speeds = await page.page.evaluate<number[]>('[...speeds]');
      assert.equal(isJump || speeds.some(speed => speed > 1), true, `only the speeds ${speeds.join()}`);
    }
  });
});

/** How far the second and the third clip are from the first whenever they have a new frame, s. */
function driftsIn(noted: readonly Frame[], rate: number): number[] {
  let leader: Frame | undefined;
  const drifts: number[] = [];
  for (const frame of noted) {
    leader = frame.clip === 0 ? frame : leader;
    const drift = leader && frame.clip !== 0 ? driftOf(frame, leader, rate) : undefined;
    if (drift !== undefined) {
      drifts.push(drift);
    }
  }
  return drifts;
}

function spread(frames: readonly Frame[]): number {
  const times = frames.map(frame => frame.mediaTime);
  return Math.max(...times) - Math.min(...times);
}

/** The means of so many neighbouring values each. */
function meansOver(values: readonly number[], count: number): number[] {
  return values.slice(count - 1).map((_value, index) => {
    const some = values.slice(index, index + count);
    return some.reduce((sum, value) => sum + value, 0) / count;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Infinity;
}

/** Runs in the page: notes every frame in `frames`. Refers to nothing outside. */
function noteFrames(): void {
  const frames: Frame[] = [];
  Object.assign(window, { frames });
  for (const [clip, video] of document.querySelectorAll('video').entries()) {
    const note: VideoFrameRequestCallback = (_now, { mediaTime, expectedDisplayTime: at }) => {
      frames.push({ clip, mediaTime, at });
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  }
}
