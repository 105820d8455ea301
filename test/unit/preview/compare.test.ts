import assert from 'node:assert/strict';
import type { PageContext } from '../../../src/preview/pageContext.ts';
import type { Fact } from '../../../src/preview/protocol.ts';
import { eventually } from '../../vscode/wait.ts';
import { fakeVscode } from '../views/fakeVscode.ts';
import { toMs } from './browserPage.ts';
import { useComparePage, type ComparePage } from './comparePage.ts';
import { MEMORY } from './playerPage.ts';

fakeVscode();
const { compareWords } = await import('../../../src/preview/compareWords.ts');
const words = compareWords();

describe('the page of compared clips', () => {
  const current = useComparePage();

  async function open(...names: Parameters<ComparePage['show']>): Promise<ComparePage> {
    const page = current();
    await page.open();
    await page.send({ type: 'start', words, memory: { ...MEMORY, isLooping: true } });
    await page.show(...names);
    await untilPlaying(page);
    return page;
  }

  /** Opens the page with two clips whose frames show their numbers, on the first frame: one is 2 s long, the other 10 s. */
  async function openPaused(): Promise<ComparePage> {
    const page = await open('counter', 'count');
    // Told with frames once the file has been read.
    await page.page.locator('.time').getByText('00:00:10:00').waitFor();
    await page.page.keyboard.press('k');
    await page.page.keyboard.press('Home');
    await untilNumbers(page, [0, 0]);
    return page;
  }

  it('goes through all clips by one time, and shorter ones stay on their last frame', async () => {
    const page = await openPaused();
    assert.match(await page.page.locator('.time').innerText(), /^00:00:00:00 \/ 00:00:10:00$/);
    await page.page.keyboard.press('.');
    await untilNumbers(page, [1, 1]);
    await page.page.keyboard.press('ArrowRight');
    await untilNumbers(page, [25, 25]);
    await page.page.keyboard.press('ArrowRight');
    await untilNumbers(page, [47, 49]);
    await page.page.keyboard.press('End');
    await untilNumbers(page, [47, 239]);
    await page.page.keyboard.press('ArrowLeft');
    await untilNumbers(page, [47, 215]);
    for (let second = 0; second < 8; second++) {
      await page.page.keyboard.press('ArrowLeft');
    }
    await untilNumbers(page, [23, 23]);
  });

  it('plays on to the end of the longest, and all begin again together', async () => {
    const page = await openPaused();
    await page.page.keyboard.press('End');
    await page.page.keyboard.press('ArrowLeft');
    await untilNumbers(page, [47, 215]);
    await page.page.keyboard.press(' ');
    await eventually(async () => {
      const [short = 0, long = 0] = await page.videos('currentTime');
      assert.ok(short > 0.2 && short < 1.8 && long > 0.2 && long < 1.8, `${short} ${long}`);
    });
    await page.page.keyboard.press('Shift+L');
    await page.page.keyboard.press('End');
    await page.page.keyboard.press('ArrowLeft');
    await untilNumbers(page, [47, 215]);
    await page.page.keyboard.press(' ');
    await untilNumbers(page, [47, 239]);
    await page.page.getByRole('button', { name: words.play, exact: true }).waitFor();
    await page.page.keyboard.press('Shift+L');
    await page.page.keyboard.press(' ');
    await untilPlaying(page);
  });

  it('plays the audio of one clip at a time, and keeps the volume', async () => {
    const page = await open('tone', 'landscape', 'portrait');
    assert.deepEqual(await page.videos('muted'), [false, true, true]);
    await page.page.keyboard.press('3');
    assert.deepEqual(await page.videos('muted'), [true, true, false]);
    await page.page.getByRole('button', { name: words.listenToSecond }).click();
    assert.deepEqual(await page.videos('muted'), [true, false, true]);
    await page.page.locator('.clip').first().locator('h2').click();
    assert.deepEqual(await page.videos('muted'), [false, true, true]);
    for (const key of ['ArrowDown', 'm']) {
      await page.page.keyboard.press(key);
    }
    assert.deepEqual(await page.videos('muted'), [true, true, true]);
    await eventually(() => {
      assert.deepEqual(page.received.findLast(message => message.type === 'remember')?.memory, {
        ...MEMORY,
        isLooping: true,
        volume: 0.9,
        isMuted: true,
      });
    });
  });

  it('is picked from by the star of a clip or by keys, which are for the active one', async () => {
    const page = await open('tone', 'landscape');
    const clip = (key: number, name: 'tone' | 'landscape', words: string): ReturnType<typeof page.clip> =>
      page.clip(key, name, { words: `task saved ${words}`, facts: [['Seed', String(key)]] });
    await page.send({
      type: 'show',
      clips: [clip(1, 'tone', 'picked rejectable'), clip(2, 'landscape', 'pickable rejected')],
      plays: false,
    });
    const stars = page.page.locator('.clip').getByRole('button', { name: words.pick, exact: true });
    const pressed = async (): Promise<(string | null)[]> =>
      stars.evaluateAll(all => all.map(one => one.ariaPressed));
    await eventually(async () => {
      assert.deepEqual(await pressed(), ['true', 'false']);
    });
    assert.deepEqual(await page.page.locator('.clip').evaluateAll(all => all.map(one => one.ariaLabel)), [
      `1: 1 tone, ${words.picked}`,
      `2: 2 landscape, ${words.rejected}`,
    ]);
    assert.equal(
      await page.page.locator('.differences thead').getByRole('img', { name: words.picked }).count(),
      1,
    );
    await stars.nth(1).click();
    await page.page.keyboard.press('p');
    await page.page.keyboard.press('2');
    await page.page.keyboard.press('r');
    await page.page.keyboard.press('n');
    await eventually(() => {
      assert.deepEqual(
        page.received.flatMap(one => (one.type === 'take' ? [[one.verb, one.key]] : [])),
        [
          ['pick', 2],
          ['unpick', 1],
          ['unreject', 2],
          ['note', 2],
        ],
      );
    });
  });

  it('marks in the table what differs in prompts, word by word', async () => {
    const page = await open('tone', 'landscape');
    const clip = (key: number, name: 'tone' | 'landscape', prompt: string): ReturnType<typeof page.clip> =>
      page.clip(key, name, { facts: [[words.prompt, prompt]] });
    await page.send({
      type: 'show',
      clips: [
        clip(1, 'tone', 'A ferry leaves at dawn'),
        clip(2, 'landscape', 'A ferry leaves at dusk, slowly'),
      ],
      plays: false,
    });
    const row = page.page.locator('.differences tr', { hasText: words.prompt });
    await eventually(async () => {
      assert.deepEqual(
        [
          await row.getByRole('deletion').allInnerTexts(),
          await row.getByRole('insertion').allInnerTexts(),
          await row.locator('td').allInnerTexts(),
        ],
        [['dawn'], ['dusk, slowly'], ['A ferry leaves at dawn', 'A ferry leaves at dusk, slowly']],
      );
    });
  });

  it('has its audio, and stays together, where the editor has no AAC', async () => {
    await current().page.addInitScript(() => {
      HTMLMediaElement.prototype.canPlayType = type => (type.includes('mp4a') ? '' : 'probably');
    });
    const page = await open('tone', 'landscape');
    await eventually(async () => {
      const sources = await page.videos('src');
      assert.deepEqual([sources.length, sources.every(source => source.startsWith('blob:'))], [2, true]);
    });
    assert.deepEqual(await page.videos('muted'), [false, true]);
    await untilPlaying(page);
    await page.page.evaluate("document.querySelectorAll('video')[1].currentTime += 3");
    await eventually(async () => {
      const [one = 0, other = 3] = await page.videos('currentTime');
      assert.ok(Math.abs(one - other) < 0.2, `${one} ${other}`);
    });
  });

  it('shows one clip alone, whichever is picked, and all again', async () => {
    await current().page.setViewportSize({ width: 700, height: 900 });
    const page = await open('tone', 'portrait');
    // The last of what takes room below the clips.
    await page.page.getByRole('rowheader', { name: words.resolution }).waitFor();
    const widths = async (): Promise<number[]> =>
      page.page
        .locator('.clip')
        .evaluateAll(clips =>
          clips.map(clip => (clip.matches('.solo > :not(.active)') ? 0 : clip.clientWidth)),
        );
    const before = await widths();
    await page.page.keyboard.press('s');
    const [alone = 0, hidden] = await widths();
    assert.ok(alone > (before[0] ?? 0));
    assert.equal(hidden, 0);
    await page.page.keyboard.press('2');
    assert.equal((await widths())[0], 0);
    assert.deepEqual(await page.videos('muted'), [true, false]);
    await page.page.locator('.clip.active .stage').dblclick();
    assert.deepEqual(await widths(), before);
  });

  it('swaps clips by keys, buttons and dragging, while they play on, and has them so after a reload', async () => {
    const page = await open('tone', 'portrait', 'silent');
    const names = async (): Promise<string[]> => page.page.locator('.clip h2').allInnerTexts();
    await page.page.keyboard.press('x');
    assert.deepEqual(await names(), ['2 portrait', '1 tone', '3 silent']);
    await page.page.locator('.clip').first().getByRole('button', { name: words.moveOn }).click();
    assert.deepEqual(await names(), ['1 tone', '2 portrait', '3 silent']);
    await page.page.locator('.clip').first().locator('h2').dragTo(page.page.locator('.clip').last());
    assert.deepEqual(await names(), ['3 silent', '2 portrait', '1 tone']);
    assert.deepEqual(await page.page.locator('thead th').allInnerTexts(), [
      words.parameter,
      '1 3 silent',
      '2 2 portrait',
      '3 1 tone',
    ]);
    // At the end of the longest all begin again.
    await untilPlaying(page);
    await page.page.reload();
    await page.send({ type: 'start', words, memory: MEMORY });
    await page.send({
      type: 'show',
      clips: [page.clip(1, 'tone'), page.clip(2, 'portrait'), page.clip(3, 'silent')],
      plays: false,
    });
    await page.page.locator('.clip h2').nth(2).waitFor();
    assert.deepEqual(await names(), ['3 silent', '2 portrait', '1 tone']);
  });

  it('leaves the focus on the button that has moved a clip to the end, which then does nothing', async () => {
    const page = await open('tone', 'portrait', 'silent');
    const names = async (): Promise<string[]> => page.page.locator('.clip h2').allInnerTexts();
    const moveOn = page.page
      .locator('.clip', { hasText: '1 tone' })
      .getByRole('button', { name: words.moveOn });
    await moveOn.focus();
    for (let press = 0; press < 3; press++) {
      await page.page.keyboard.press('Enter');
    }
    assert.deepEqual(await names(), ['2 portrait', '3 silent', '1 tone']);
    assert.equal(await moveOn.isDisabled(), true);
    assert.equal(await moveOn.evaluate(one => one === document.activeElement), true);
  });

  it('keeps where it is sent, before it is there', async () => {
    const page = await open('counter', 'count');
    await page.page.locator('.time').getByText('00:00:10:00').waitFor();
    const { time } = (await page.pressAtOnce('k', 'End')) as { time: number };
    assert.ok(time > 9.9, `${time} s`);
  });

  it('comes back where it stood and with the clip that was active, however often it is loaded before its clips are there', async () => {
    const page = await openPaused();
    await page.page.keyboard.press('2');
    await page.page.keyboard.press('End');
    await untilNumbers(page, [47, 239]);
    const saved = await page.kept();
    const none = { content: { kind: 'none', why: 'Not there yet' } } as const;
    const without = [page.clip(1, '', none), page.clip(2, '', none)];
    const loading = [page.clip(1, 'counter'), page.clip(2, 'count')];
    await page.page.route('**/clips/*', () => undefined);
    for (const clips of [without, loading]) {
      await page.page.reload();
      await page.send({ type: 'start', words, memory: MEMORY });
      await page.send({ type: 'show', clips, plays: false });
      await page.page.locator('.clip h2').nth(1).waitFor();
      await page.framesPass();
      // Told again, as it is when something is new.
      await page.send({ type: 'show', clips, plays: false });
      await page.framesPass();
      assert.deepEqual(toMs(await page.kept()), toMs(saved));
    }
    await page.page.unroute('**/clips/*');
    await page.page.reload();
    await page.send({ type: 'start', words, memory: MEMORY });
    await page.send({ type: 'show', clips: without, plays: false });
    await page.framesPass();
    await page.send({ type: 'show', clips: loading, plays: false });
    await untilNumbers(page, [47, 239]);
    assert.deepEqual(await page.videos('paused'), [true, true]);
  });

  it('shows what differs, and folds away what does not', async () => {
    const page = current();
    const seconds = (count: string): string => words.seconds.replace('{0}', count);
    const facts = (seed: string, more: readonly Fact[] = []): readonly Fact[] => [
      ['Model', 'veo'],
      ['Prompt', '<b>Dunes</b>'],
      ['Seed', seed],
      [words.length, seconds('8')],
      ...more,
    ];
    await page.open();
    await page.send({ type: 'start', words, memory: MEMORY });
    const clips = [
      page.clip(1, 'tone', { facts: facts('1') }),
      page.clip(2, 'silent', { facts: facts('2', [[words.resolution, '1080p']]) }),
    ];
    await page.send({ type: 'show', clips, plays: true });
    await eventually(async () => {
      const rows = await page.page
        .locator('tr')
        .evaluateAll(all => all.map(row => [...row.children].map(cell => cell.textContent)));
      assert.deepEqual(rows, [
        [words.parameter, '1 1 tone', '2 2 silent'],
        ['Seed', '1', '2'],
        [
          words.length,
          seconds('8'),
          words.requested.replace('{0}', seconds('6')).replace('{1}', seconds('8')),
        ],
        [words.resolution, '640 × 360', words.requested.replace('{0}', '1280 × 720').replace('{1}', '1080p')],
        [words.codecs, 'H.264 · AAC', `H.264 · ${words.noAudio}`],
        [words.bitRate, '0.1 Mbps', '0.2 Mbps'],
      ]);
    });
    await page.page.getByText(words.sameInAll.replace('{0}', '3')).click();
    assert.equal(
      await page.page.locator('.differences dl').innerText(),
      [
        'Model',
        'veo',
        'Prompt',
        '<b>Dunes</b>',
        words.frameRate,
        words.framesPerSecond.replace('{0}', '24'),
      ].join('\n'),
    );
  });

  it('has each column of its table below its clip, where the clips stand in one row', async () => {
    const page = current();
    await page.page.setViewportSize({ width: 1200, height: 800 });
    await page.open();
    await page.send({ type: 'start', words, memory: MEMORY });
    const lefts = (selector: string): Promise<number[]> =>
      page.page
        .locator(selector)
        .evaluateAll(all => all.map(one => Math.round(one.getBoundingClientRect().left)));
    for (const name of ['portrait', 'landscape'] as const) {
      await page.send({
        type: 'show',
        clips: [1, 2].map(key => page.clip(key, name, { facts: [['Seed', String(key)]] })),
        plays: false,
      });
      await page.page.locator('tbody td').first().waitFor();
      // Beside tall clips there is room for the names of properties, beside wide ones these stand above the values.
      await eventually(async () => {
        assert.deepEqual(await lefts('tbody tr:first-child td'), await lefts('.clip'));
        assert.equal(await page.page.locator('.names-above').count(), name === 'portrait' ? 0 : 1);
      });
    }
    await page.page.setViewportSize({ width: 500, height: 900 });
    await page.page.locator('.differences:not(.aligned)').waitFor();
  });

  it('shows the buttons of a clip to those who point at it or come by keys, and its speaker always', async () => {
    const page = await open('tone', 'silent');
    const opacities = (): Promise<string[]> =>
      page.page.locator('.tools').evaluateAll(all => all.map(tools => getComputedStyle(tools).opacity));
    await page.page.mouse.move(0, 0);
    assert.deepEqual(await opacities(), ['0', '0']);
    await page.page.locator('.clip').nth(1).hover();
    assert.deepEqual(await opacities(), ['0', '1']);
    await page.page.mouse.move(0, 0);
    await page.page.locator('.clip').first().getByRole('button', { name: words.solo }).focus();
    assert.deepEqual(await opacities(), ['1', '0']);
    const pressed = (): Promise<(string | null)[]> =>
      page.page.locator('.listen').evaluateAll(all => all.map(button => button.ariaPressed));
    assert.deepEqual(await pressed(), ['true', 'false']);
    await page.page.getByRole('button', { name: words.listenToSecond }).click();
    assert.deepEqual(await pressed(), ['false', 'true']);
    // A click leaves Space to play and pause.
    assert.equal(await page.page.evaluate(() => document.activeElement === document.body), true);
  });

  it('is one tidy row of controls and nothing beyond its edges, down to 320 px', async () => {
    const page = await open('tone', 'portrait', 'silent', 'landscape');
    for (const width of [320, 400, 600, 1200]) {
      await page.page.setViewportSize({ width, height: 700 });
      await eventually(async () => {
        const [tops, beyond] = await page.page.evaluate(() => [
          new Set(
            [...document.querySelectorAll('.controls .row')].map(row =>
              Math.round(row.getBoundingClientRect().top),
            ),
          ).size,
          [...document.querySelectorAll('.clip, .controls button')].filter(
            one => one.getBoundingClientRect().right > innerWidth,
          ).length,
        ]);
        assert.deepEqual([width, tops, beyond], [width, 1, 0]);
      });
    }
  });

  it("has none of VS Code's entries for texts in its menu before the first message", async () => {
    const page = current();
    await page.open();
    const menu = await page.page.evaluate(() => document.body.dataset.vscodeContext ?? '');
    assert.equal((JSON.parse(menu) as PageContext).preventDefaultContextMenuItems, true);
  });

  it('gives its clips to the menus of VS Code, and does what these request', async () => {
    const page = await openPaused();
    const menus = (): Promise<unknown[]> =>
      page.page.locator('.clip').evaluateAll(all =>
        all.map(clip => {
          const { dailiesTasks, dailiesItem } = JSON.parse(clip.dataset.vscodeContext ?? '') as PageContext;
          return [dailiesTasks, dailiesItem];
        }),
      );
    assert.deepEqual(await menus(), [
      [[1], 'saved hasNext shown'],
      [[2], 'saved hasPrevious shown'],
    ]);
    await page.send({ type: 'request', request: 'saveFrame', key: 2 });
    const { key, png, position } = await page.receive('saveFrame');
    // Eight bytes are a PNG's signature.
    assert.deepEqual([key, position, Array.from(png).slice(1, 4)], [2, '00-00-00-00', [0x50, 0x4e, 0x47]]);
    await page.send({ type: 'request', request: 'moveBack', key: 2 });
    await eventually(async () => {
      assert.deepEqual(await menus(), [
        [[2], 'saved hasNext shown'],
        [[1], 'saved hasPrevious shown'],
      ]);
    });
  });

  it('reports which clip is active, and has it so without one that is taken out', async () => {
    const page = await open('tone', 'portrait', 'silent');
    assert.equal((await page.receive('activated')).key, 1);
    await page.page.keyboard.press('3');
    await eventually(() => {
      assert.deepEqual(
        page.received
          .filter(({ type }) => type === 'activated')
          .map(message => 'key' in message && message.key),
        [1, 3],
      );
    });
    await page.page.keyboard.press('Shift+X');
    await page.page.reload();
    await page.send({ type: 'start', words, memory: MEMORY });
    await page.send({
      type: 'show',
      clips: [page.clip(2, 'portrait'), page.clip(3, 'silent')],
      plays: false,
    });
    await page.page.locator('.clip h2').nth(1).waitFor();
    assert.deepEqual(await page.page.locator('.clip h2').allInnerTexts(), ['3 silent', '2 portrait']);
    assert.equal((await page.receive('activated', true)).key, 3);
  });

  it('gives the first frame of a clip as it is seen, for a thumbnail', async () => {
    const page = await open('landscape', 'portrait');
    const { jpeg } = await page.receive('thumbnail', true);
    const brightness = await page.page.evaluate(async bytes => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {
        data: Uint8ClampedArray.of(),
      };
      return data.reduce((most, value, index) => (index % 4 === 3 ? most : Math.max(most, value)), 0);
    }, Object.values(jpeg));
    assert.ok(brightness > 100, `${brightness} of 255`);
  });

  it('goes on with the others when a clip is gone, and takes it up when it is back', async () => {
    const page = await openPaused();
    const gone = page.clip(1, '', { content: { kind: 'none', why: '<i>gone</i>' } });
    await page.send({ type: 'show', clips: [gone, page.clip(2, 'count')], plays: false });
    await page.page.locator('.clip[data-state=error]').getByText('<i>gone</i>').waitFor();
    await page.page.keyboard.press(' ');
    await eventually(async () => {
      assert.ok(((await page.videos('currentTime'))[1] ?? 0) > 0.3);
    });
    await page.send({ type: 'show', clips: [page.clip(1, 'counter'), page.clip(2, 'count')], plays: false });
    await untilPlaying(page);
  });

  it('stands where it stood when its clips are gone and back, the one that is active or all of them', async () => {
    const page = await openPaused();
    await page.page.keyboard.press('ArrowRight');
    await untilNumbers(page, [24, 24]);
    const saved = await page.kept();
    const there = [page.clip(1, 'counter'), page.clip(2, 'count')] as const;
    const gone = there.map(clip => ({ ...clip, content: { kind: 'none', why: 'Gone' } as const }));
    for (const clips of [[...gone.slice(0, 1), there[1]], gone]) {
      await page.send({ type: 'show', clips, plays: false });
      await page.framesPass();
      assert.deepEqual(toMs(await page.kept()), toMs(saved));
      await page.send({ type: 'show', clips: there, plays: false });
      await untilNumbers(page, [24, 24]);
    }
  });

  it('says which clip cannot be played, and plays the others', async () => {
    const page = current();
    await page.open();
    await page.send({ type: 'start', words, memory: MEMORY });
    await page.send({ type: 'show', clips: [page.clip(1, 'nothing'), page.clip(2, 'count')], plays: true });
    await page.page.locator('.clip[data-state=error]').getByText(words.cannotPlay).waitFor();
    const { key, reason } = await page.receive('playerFailed');
    assert.equal(key, 1);
    assert.notEqual(reason, '');
    await eventually(async () => {
      assert.equal((await page.videos('paused'))[1], false);
    });
  });

  it('lists its keys in its help, those of clips that are there', async () => {
    const page = await openPaused();
    await page.page.keyboard.press('?');
    const rows = await page.page.getByRole('dialog').locator('dd').allInnerTexts();
    assert.deepEqual(rows.slice(0, 5), [
      words.listenToFirst,
      words.listenToSecond,
      words.solo,
      words.moveOn,
      words.moveBack,
    ]);
    assert.ok(rows.includes(words.playOrPause) && !rows.includes(words.saveFrame));
  });
});

async function untilPlaying(page: ComparePage): Promise<void> {
  await eventually(async () => {
    assert.deepEqual(new Set(await page.videos('paused')), new Set([false]));
  });
}

async function untilNumbers(page: ComparePage, numbers: readonly number[]): Promise<void> {
  await eventually(async () => {
    assert.deepEqual(await page.numbers(), numbers);
  });
}
