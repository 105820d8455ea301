import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { CutWords, FromCut, ToCut } from '../../../src/preview/cutProtocol.ts';
import { cutHtml } from '../../../src/preview/html.ts';
import { PLAYER_AT_FIRST } from '../../../src/preview/protocol.ts';
import type { ClipName } from '../../fixtures/clips/clips.ts';
import { clips } from '../../fixtures/clips/clips.ts';
import { eventually } from '../../vscode/wait.ts';
import { fakeVscode } from '../views/fakeVscode.ts';
import { BrowserPage, usePage } from './browserPage.ts';

fakeVscode();
const { pageWords } = await import('../../../src/preview/words.ts');

/** A frame that was shown: the place of its clip in the cut, and its number there. */
interface ShownFrame {
  readonly clip: number;
  readonly frame: number;
}

class CutPage extends BrowserPage<FromCut, ToCut> {
  async open(...names: readonly (ClipName | 'nothing')[]): Promise<void> {
    await this.load();
    await this.page.evaluate(noteFrames);
    const words: CutWords = {
      ...pageWords(),
      previousClip: 'Previous Shot',
      nextClip: 'Next Shot',
      shots: 'Shots',
      shotOf: '{0} of {1}',
      cannotPlayClip: '"{0}" cannot be played',
    };
    const items = names.map((name, index) => ({
      name: `${name} ${index + 1}`,
      source: `${this.origin}/clips/${name}.mp4`,
      duration: name === 'nothing' ? 1 : clips[name].durationS,
      length: '0:02',
    }));
    const state = {
      name: 'Harbor',
      rate: 24,
      clips: items.map(({ source: file, ...item }, index) => ({ ...item, key: index + 1, file })),
    };
    await this.send({
      type: 'start',
      words,
      memory: { ...PLAYER_AT_FIRST, isLooping: false },
      cut: { name: 'Harbor', clips: items, rate: 24 },
      state,
      plays: true,
    });
  }

  /** The frames that were seen, in order, and how often there was nothing to see. */
  async shown(): Promise<{ frames: readonly ShownFrame[]; blanks: number }> {
    return this.page.evaluate(() => window.shown);
  }

  async untilHeading(text: string): Promise<void> {
    await eventually(async () => {
      assert.equal(await this.page.locator('h1').textContent(), text);
    });
  }

  async isPaused(): Promise<boolean> {
    return (await this.page.getByRole('button', { name: pageWords().play, exact: true }).count()) === 1;
  }
}

declare global {
  interface Window {
    shown: { frames: ShownFrame[]; blanks: number };
  }
}

/** Runs in the page: notes each frame that is seen, and each moment in which there is none after the first. */
function noteFrames(): void {
  const shown: Window['shown'] = { frames: [], blanks: 0 };
  window.shown = shown;
  const known = new WeakSet<HTMLVideoElement>();
  const place = (): number =>
    [...document.querySelectorAll('.shot')].findIndex(one => one.ariaCurrent === 'true');
  const look = (): void => {
    for (const video of document.querySelectorAll('video')) {
      if (!known.has(video)) {
        known.add(video);
        const note = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
          if (video.classList.contains('front') && place() >= 0) {
            shown.frames.push({ clip: place(), frame: Math.round(mediaTime * 24) });
          }
          video.requestVideoFrameCallback(note);
        };
        video.requestVideoFrameCallback(note);
      }
    }
    const front = document.querySelector<HTMLVideoElement>('video.front');
    if (shown.frames.length > 0 && (front?.readyState ?? 0) < 2) {
      shown.blanks++;
    }
    requestAnimationFrame(look);
  };
  look();
  // What waits behind has shown its first frame there already: it is seen when its element comes to the front.
  let before: HTMLVideoElement | undefined;
  let clip = 0;
  new MutationObserver(() => {
    const front = document.querySelector<HTMLVideoElement>('video.front');
    if (front && front !== before && place() >= 0) {
      if (before) {
        shown.frames.push({ clip, frame: Math.min(47, Math.floor(before.currentTime * 24 + 0.01)) });
      }
      [before, clip] = [front, place()];
      shown.frames.push({ clip, frame: Math.round(front.currentTime * 24) });
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
}

describe('the page of a cut', () => {
  const cut = usePage(cutHtml, (page, origin) => new CutPage(page, origin));

  it('plays clip after clip without a gap, and ends', async () => {
    await cut().open('counter', 'counter', 'counter');
    await eventually(async () => {
      const { frames } = await cut().shown();
      assert.ok(
        frames.some(({ clip, frame }) => clip === 2 && frame >= 46) && (await cut().isPaused()),
        JSON.stringify(frames.slice(-4)),
      );
    });
    const { frames, blanks } = await cut().shown();
    assert.equal(blanks, 0);
    const order = [...new Set(frames.map(({ clip }) => clip))];
    assert.deepEqual(order, [0, 1, 2]);
    for (const clip of [0, 1]) {
      const last = frames.findLast(one => one.clip === clip)?.frame ?? 0;
      const first = frames.find(one => one.clip === clip + 1)?.frame ?? Infinity;
      assert.deepEqual([last, first], [47, 0], `${47 - last + first} frames were not seen`);
    }
  });

  it('names the shots, goes from one to the next by keys and clicks, and can be used by everyone', async () => {
    await cut().open('counter', 'tone', 'silent');
    await cut().untilHeading('1 of 3 · counter 1');
    await cut().page.keyboard.press('PageDown');
    await cut().untilHeading('2 of 3 · tone 2');
    await cut().page.keyboard.press('PageDown');
    await cut().untilHeading('3 of 3 · silent 3');
    await cut().page.keyboard.press('PageUp');
    await cut().untilHeading('2 of 3 · tone 2');
    await cut()
      .page.getByRole('navigation', { name: 'Shots' })
      .getByRole('button', { name: /silent/ })
      .click();
    await cut().untilHeading('3 of 3 · silent 3');
    await cut().page.keyboard.press('Home');
    await cut().untilHeading('1 of 3 · counter 1');
    await cut().page.keyboard.press('K');
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await cut().page.evaluate(`${source}; 0`);
    const found = await cut().page.evaluate<axe.AxeResults>('axe.run()');
    assert.ok(found.passes.length > 10);
    assert.deepEqual(
      found.violations
        .filter(one => one.impact === 'serious' || one.impact === 'critical')
        .map(one => [one.id, one.nodes.map(node => node.html)]),
      [],
    );
  });

  it('passes over a clip that cannot be played, and names it', async () => {
    await cut().open('counter', 'nothing', 'tone');
    await cut().untilHeading('1 of 3 · counter 1');
    await cut().page.keyboard.press('PageDown');
    await cut().untilHeading('3 of 3 · tone 3');
    assert.equal((await cut().receive('clipFailed')).index, 1);
    assert.match((await cut().page.locator('.toast').textContent()) ?? '', /nothing 2/);
  });
});
