import assert from 'node:assert/strict';
import { commands } from '../../../src/ids.ts';
import { KEYS } from '../../../src/preview/player/keys.ts';
import { eventually } from '../../vscode/wait.ts';
import { fakeVscode } from '../views/fakeVscode.ts';
import type { PageContext } from '../../../src/preview/pageContext.ts';
import { toMs } from './browserPage.ts';
import { MEMORY, usePlayerPage, type PlayerPage } from './playerPage.ts';

fakeVscode();
const { pageWords } = await import('../../../src/preview/words.ts');
const words = pageWords();

/** A page without a clip. */
const REPORT = {
  kind: 'none',
  icon: 'watch',
  colour: null,
  state: 'Queued',
  time: '',
  reason: '',
  next: '',
  actions: [],
  helps: 0,
} as const;

/** So that a short clip is seen to play however late one looks. */
const LOOPING = { ...MEMORY, isLooping: true };

describe('the player', () => {
  const current = usePlayerPage();

  /** Opens the player with the clip whose frames show their numbers, paused on its first. */
  async function openPaused(memory = MEMORY): Promise<PlayerPage> {
    const player = current();
    await player.open();
    await player.send({ type: 'start', words, memory });
    await player.show('counter');
    await untilTimeCode(player, '00:00:02:00');
    await player.page.keyboard.press('k');
    await player.page.keyboard.press('Home');
    await untilNumber(player, 0);
    return player;
  }

  it('plays at once, and says where it is with frames as soon as it knows the frame rate', async () => {
    const player = current();
    await player.open('counter');
    await player.send({ type: 'start', words, memory: LOOPING });
    await player.show('counter');
    await untilTimeCode(player, '00:00:02:00');
    await eventually(async () => {
      assert.ok((await player.video('currentTime')) > 0.2);
    });
    assert.equal(await player.video('paused'), false);
    assert.deepEqual(
      player.requests.filter(url => !/^(blob:)?http:\/\/127\.0\.0\.1:/.test(url)),
      [],
    );
  });

  it("has none of VS Code's entries for texts in its menu before the first message", async () => {
    const page = current();
    await page.open();
    const menu = await page.page.evaluate(() => document.body.dataset.vscodeContext ?? '');
    assert.equal((JSON.parse(menu) as PageContext).preventDefaultContextMenuItems, true);
  });

  it('steps through every frame, back and on, and stays within the clip', async () => {
    const player = await openPaused();
    for (let frame = 1; frame <= 5; frame++) {
      await player.page.keyboard.press('.');
      await untilNumber(player, frame);
    }
    await player.page.keyboard.press(',');
    await untilNumber(player, 4);
    await eventually(async () => {
      assert.match(await player.page.locator('.time').innerText(), /^00:00:00:04/);
    });
    await player.page.keyboard.press('End');
    await untilNumber(player, 47);
    await player.page.keyboard.press('.');
    await player.page.keyboard.press('ArrowLeft');
    await untilNumber(player, 23);
  });

  it('is picked, rejected and annotated by keys, and the star shows and does the first', async () => {
    const player = await openPaused();
    const star = player.page.getByRole('button', { name: words.pick, exact: true });
    const sent = (): unknown[] =>
      player.received.flatMap(message => (message.type === 'take' ? [message.verb] : []));
    assert.equal(await star.getAttribute('aria-pressed'), 'false');
    for (const key of ['p', 'r', 'n']) {
      await player.page.keyboard.press(key);
    }
    await player.send(player.showing('counter', { can: 'task saved picked rejectable' }));
    await eventually(async () => {
      assert.equal(await star.getAttribute('aria-pressed'), 'true');
    });
    await star.click();
    await player.send(player.showing('counter', { can: 'task saved pickable rejected' }));
    await eventually(async () => {
      assert.equal(await star.getAttribute('aria-pressed'), 'false');
    });
    await player.page.keyboard.press('r');
    await eventually(() => {
      assert.deepEqual(sent(), ['pick', 'reject', 'note', 'unpick', 'unreject']);
    });
    await player.send(player.showing('counter', { can: '' }));
    await star.waitFor({ state: 'hidden' });
    for (const key of ['p', 'r', 'n', 'c']) {
      await player.page.keyboard.press(key);
    }
    await player.receive('copy');
    assert.equal(sent().length, 5);
  });

  it('links to the clips that a clip starts from and to those that start from it, with a word on long chains', async () => {
    const player = await openPaused();
    const chain = {
      earlier: [
        { key: 4, name: 'harbor' },
        { key: null, name: 'ferry (no longer in the list)' },
      ],
      later: [{ key: 9, name: 'cranes' }],
      note: 'Details may soften.',
    };
    await player.send(player.showing('counter', { chain }));
    const section = player.page.getByRole('region', { name: words.chain });
    await eventually(async () => {
      assert.deepEqual(await section.getByRole('listitem').allInnerTexts(), [
        'harbor',
        'ferry (no longer in the list)',
        'cranes',
      ]);
    });
    assert.match(await section.innerText(), /Details may soften\.$/);
    assert.deepEqual(await section.getByRole('button').allInnerTexts(), ['harbor', 'cranes']);
    await section.getByRole('button', { name: 'cranes' }).click();
    assert.equal((await player.receive('open')).key, 9);
    await player.page.getByRole('button', { name: words.copyDetails }).click();
    assert.match(
      (await player.receive('copy', true)).text,
      new RegExp(`${words.startsFrom}: harbor → ferry .*\\n${words.continuedIn}: cranes`),
    );
    await player.send(player.showing('counter'));
    await section.waitFor({ state: 'hidden' });
  });

  it('saves the frame that is shown, the first one, and the true last one, in full size', async () => {
    const player = await openPaused();
    await player.page.keyboard.press('.');
    await untilNumber(player, 1);
    for (const [press, number, position] of [
      ['s', 1, '00-00-00-01'],
      ['Shift+S', 47, 'last'],
      [words.saveFirstFrame, 0, 'first'],
    ] as const) {
      player.received.length = 0;
      if (press === words.saveFirstFrame) {
        await player.page.getByRole('button', { name: words.frame, exact: true }).click();
        await player.page.getByRole('menuitem', { name: press }).click();
      } else {
        await player.page.keyboard.press(press);
      }
      const saved = await player.receive('saveFrame');
      assert.deepEqual(
        { ...(await player.numberIn(saved.png)), position: saved.position, as: saved.as },
        { number, width: 320, height: 180, position, as: false },
      );
    }
  });

  it('shuttles with J, K and L', async () => {
    const player = await openPaused(LOOPING);
    await player.page.keyboard.press('l');
    await player.page.keyboard.press('l');
    assert.deepEqual([await player.video('paused'), await player.video('playbackRate')], [false, 2]);
    await player.page.keyboard.press('k');
    assert.deepEqual([await player.video('paused'), await player.video('playbackRate')], [true, 1]);
    await player.page.keyboard.press('End');
    await untilNumber(player, 47);
    // Awaited from before the press: it is there for two seconds.
    const pause = player.page.getByRole('button', { name: words.pause }).waitFor();
    await player.page.keyboard.press('j');
    await pause;
    await untilNumber(player, 0);
    await player.page.getByRole('button', { name: words.play, exact: true }).waitFor();
  });

  it('keeps volume, loop and speed, and takes up what was kept', async () => {
    const player = current();
    await player.open();
    await player.send({
      type: 'start',
      words,
      memory: { ...MEMORY, volume: 0.5, isLooping: true, speed: 1.5 },
    });
    await player.show('counter');
    assert.deepEqual(
      [await player.video('volume'), await player.video('loop'), await player.video('playbackRate')],
      [0.5, true, 1.5],
    );
    for (const key of ['ArrowDown', 'm', 'Shift+L', '>']) {
      await player.page.keyboard.press(key);
    }
    await eventually(() => {
      assert.deepEqual(player.received.at(-1), {
        type: 'remember',
        memory: { volume: 0.4, isMuted: true, isLooping: false, speed: 2, showsDetails: true },
      });
    });
    assert.deepEqual(
      [await player.video('muted'), await player.video('loop'), await player.video('playbackRate')],
      [true, false, 2],
    );
  });

  it('shows a clip that is not there yet without any controls, offers what can be done, and then plays it', async () => {
    const player = current();
    await player.open();
    await player.send({ type: 'start', words, memory: LOOPING });
    await player.send(player.showing('', { content: { ...REPORT, reason: '<b>42 %</b>' } }));
    await player.page.locator('.report').getByText('<b>42 %</b>').waitFor();
    assert.equal(await player.page.locator('.controls, video').filter({ visible: true }).count(), 0);
    const actions = [{ action: commands.locate, label: 'Find it' }];
    await player.send(player.showing('', { content: { ...REPORT, actions } }));
    await player.page.getByRole('button', { name: 'Find it' }).click();
    assert.equal((await player.receive('act')).action, commands.locate);
    await player.show('counter');
    assert.equal(await player.page.locator('h1').count(), 1);
    await eventually(async () => {
      assert.equal(await player.video('paused'), false);
    });
  });

  it('shows how far a clip is that is being saved, and lets it be stopped', async () => {
    const player = current();
    await player.open();
    await player.send({ type: 'start', words, memory: LOOPING });
    const actions = [{ action: commands.stopSaving, label: 'Stop' }];
    const content = { ...REPORT, state: 'Saving', actions };
    await player.send(player.showing('', { content: { ...content, progress: 0.21 } }));
    const bar = player.page.getByRole('progressbar', { name: 'Saving' });
    assert.equal(await bar.evaluate(one => (one as HTMLProgressElement).value), 0.21);
    const stop = player.page.getByRole('button', { name: 'Stop' });
    await stop.focus();
    await player.send(player.showing('', { content: { ...content, progress: null } }));
    await player.page.locator('progress:indeterminate').waitFor();
    // What is new takes the keyboard from nobody.
    await player.page.keyboard.press('Enter');
    assert.equal((await player.receive('act')).action, commands.stopSaving);
  });

  it('says so when a file cannot be played, and sends the extension the reason', async () => {
    const player = current();
    await player.open();
    await player.send({ type: 'start', words, memory: MEMORY });
    await player.send(player.showing('nothing'));
    await player.page.locator('body[data-state=error]').getByText(words.cannotPlay).waitFor();
    assert.notEqual((await player.receive('playerFailed')).reason, '');
    await player.page.getByRole('button', { name: words.openExternally }).click();
    assert.equal((await player.receive('act')).action, commands.openExternally);
  });

  it('goes on with what it shows when only its facts change, and stands where it stood when it comes back', async () => {
    const player = await openPaused();
    await player.page.keyboard.press('.');
    await untilNumber(player, 1);
    await player.send(player.showing('counter', { name: 'Another name' }));
    await player.page.getByRole('heading', { name: 'Another name' }).waitFor();
    assert.equal(await player.shownNumber(), 1);
    await player.page.reload();
    await player.send({ type: 'start', words, memory: LOOPING });
    await player.show('counter');
    await untilNumber(player, 1);
    assert.equal(await player.video('paused'), true);
    await player.send(player.showing('counter', {}, 'clip'));
    await eventually(async () => {
      assert.equal(await player.video('paused'), false);
    });
  });

  it('comes back where it stood, however often it is loaded before its clip is there', async () => {
    const player = await openPaused();
    await player.page.keyboard.press('End');
    await untilNumber(player, 47);
    const saved = await player.kept();
    await player.page.route('**/clips/*', () => undefined);
    for (const more of [{ content: REPORT }, {}]) {
      await player.page.reload();
      await player.send({ type: 'start', words, memory: MEMORY });
      await player.send(player.showing('counter', more));
      await player.page.getByRole('heading', { name: 'The counter' }).waitFor();
      await player.framesPass();
      assert.deepEqual(toMs(await player.kept()), toMs(saved));
    }
    await player.page.unroute('**/clips/*');
    await player.page.reload();
    await player.send({ type: 'start', words, memory: MEMORY });
    await player.send(player.showing('counter'));
    await untilNumber(player, 47);
    assert.equal(await player.video('paused'), true);
  });

  it('opens the details for who wants to read them, without playing what did not play', async () => {
    const player = current();
    await player.open();
    await player.send({ type: 'start', words, memory: { ...MEMORY, showsDetails: false } });
    await player.send(player.showing('counter', { facts: [['ID', 'vgen_1']] }, 'details'));
    await player.page.locator('.details:focus').getByText('vgen_1').waitFor();
    await player.page.locator('body[data-state=ready]').waitFor();
    assert.deepEqual([await player.video('paused'), await player.video('currentTime')], [true, 0]);
    assert.equal((await player.receive('remember')).memory.showsDetails, true);
    await player.send(player.showing('counter', {}, 'clip'));
    await eventually(async () => {
      assert.equal(await player.video('paused'), false);
    });
    await player.send(player.showing('counter', { facts: [['ID', 'vgen_2']] }, 'details'));
    await player.page.locator('.details').getByText('vgen_2').waitFor();
    assert.equal(await player.video('paused'), false);
  });

  it('keeps where it is sent, before it is there', async () => {
    const player = await openPaused();
    const { time } = (await player.pressAtOnce('.', 'End')) as { time: number };
    assert.ok(time > 1.9, `${time} s`);
  });

  it('saves the frame that it was sent to, before it is there', async () => {
    const player = await openPaused();
    await player.pressAtOnce('.', 'End', 's');
    const saved = await player.receive('saveFrame');
    assert.deepEqual([(await player.numberIn(saved.png)).number, saved.position], [47, '00-00-01-23']);
  });

  it('says that audio cannot be played here, why, and what can be done', async () => {
    const player = current();
    await player.page.addInitScript(() => {
      HTMLMediaElement.prototype.canPlayType = () => '';
    });
    await player.open();
    await player.send({ type: 'start', words, memory: MEMORY });
    await player.show('tone');
    await player.page.getByText(words.audioFailed.replace('{0}', words.audioProblems.unplayable)).waitFor();
    assert.match((await player.receive('audioFailed')).reason, /^unplayable: /);
    await player.page.getByRole('button', { name: words.openExternally }).click();
    assert.equal((await player.receive('act')).action, commands.openExternally);
  });

  it('shows what the file is, and copies all that is known', async () => {
    const player = current();
    await player.open();
    await player.send({ type: 'start', words, memory: MEMORY });
    await player.show('tone', { prompt: 'Dunes, at noon', facts: [['Model', 'veo']] });
    await eventually(async () => {
      assert.equal(
        await player.page.locator('.details dl').innerText(),
        [
          words.resolution,
          '640 × 360',
          words.frameRate,
          words.framesPerSecond.replace('{0}', '24'),
          words.length,
          words.seconds.replace('{0}', '8'),
          words.codecs,
          'H.264 · AAC',
          words.bitRate,
          '0.1 Mbps',
          'Model',
          'veo',
        ].join('\n'),
      );
    });
    await player.page.getByRole('button', { name: words.copyDetails }).click();
    const { text } = await player.receive('copy');
    assert.match(
      text,
      new RegExp(`^The tone\n${words.prompt}: Dunes, at noon\n${words.resolution}: 640 × 360\n`),
    );
  });

  it('shows no fact twice, and leads from the path to the file', async () => {
    const player = current();
    const path = '/home/anna/Videos/Dailies/2026-11-28_dunes.mp4';
    await player.open();
    await player.send({ type: 'start', words, memory: MEMORY });
    await player.show('tone', {
      facts: [
        [words.length, words.seconds.replace('{0}', '8')],
        [words.resolution, '1080p'],
        ['File', path],
      ],
      path,
    });
    await eventually(async () => {
      const names = await player.page.locator('.details dt').allInnerTexts();
      assert.equal(names.filter(name => name === words.length).length, 1);
      const facts = await player.page.locator('.details dd').allInnerTexts();
      assert.equal(facts[0], words.requested.replace('{0}', '640 × 360').replace('{1}', '1080p'));
    });
    await player.page.getByRole('button', { name: path }).click();
    assert.equal((await player.receive('act')).action, 'dailies.task.openFolder');
  });

  it('lists every key in its help, which is closed by the key that opens it', async () => {
    const player = await openPaused();
    await player.page.keyboard.press('?');
    const rows = player.page.getByRole('dialog').locator('dd');
    assert.deepEqual(
      await rows.allInnerTexts(),
      KEYS.map(([verb]) => words[verb]),
    );
    assert.deepEqual(await player.page.getByRole('dialog').locator('h3').allInnerTexts(), [
      words.playback,
      words.navigation,
      words.audio,
      words.takes,
      words.frames,
      words.view,
    ]);
    await player.page.keyboard.press('?');
    await player.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('keeps its controls in one row down to 320 px, with what has no room in a menu', async () => {
    const player = await openPaused(LOOPING);
    const { page } = player;
    const more = page.getByRole('button', { name: words.more });
    const inBar = [words.fullScreen, words.details, words.frame, words.loop, words.keyboardHelp];
    for (const [width, folded] of [
      [1000, 0],
      [680, 1],
      [590, 3],
      [500, 5],
      [320, 5],
    ] as const) {
      await page.setViewportSize({ width, height: 600 });
      const { middles, right } = await page.evaluate(() => {
        const shown = [...document.querySelectorAll('.controls .row > *')].filter(one =>
          one.checkVisibility(),
        );
        const boxes = shown.map(one => one.getBoundingClientRect());
        return {
          middles: [...new Set(boxes.map(({ top, height }) => Math.round((top + height / 2) / 4)))],
          right: Math.max(...boxes.map(box => box.right)),
        };
      });
      assert.equal(middles.length, 1, `in one row at ${width} px`);
      assert.ok(right <= width, `${right} of ${width} px`);
      const gone = await Promise.all(
        inBar.map(async name => page.getByRole('button', { name, exact: true }).isHidden()),
      );
      assert.deepEqual([gone.filter(Boolean).length, await more.isVisible()], [folded, folded > 0]);
    }
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemcheckbox', { name: words.loop, checked: true }).waitFor();
    for (let item = 0; item < 20; item++) {
      if (
        await page
          .getByRole('menuitemcheckbox', { name: words.details })
          .evaluate(one => one.matches(':focus'))
      )
        break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    assert.equal((await player.receive('remember')).memory.showsDetails, false);
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  });

  it('opens its menus above the bar, with each line whole', async () => {
    const { page } = await openPaused();
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.getByRole('button', { name: words.frame, exact: true }).click();
    const { menu, bar, lines } = await page.evaluate(() => ({
      menu: document.querySelector('.menu:popover-open')?.getBoundingClientRect(),
      bar: document.querySelector('.controls')?.getBoundingClientRect(),
      lines: [...document.querySelectorAll('.menu:popover-open button')].map(one => one.clientHeight),
    }));
    assert.ok(menu && bar && menu.bottom <= bar.top && menu.right <= bar.right);
    assert.ok(Math.max(...lines) < 1.5 * Math.min(...lines), lines.join());
  });

  it('keeps nothing of a seek when another clip takes its place, and is to be read before it plays', async () => {
    const player = await openPaused();
    const next = player.showing('portrait', {}, 'details');
    // All in one moment: the seek of the first clip cannot be over when the second one begins.
    const kept = await player.page.evaluate(message => {
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true }),
      );
      window.dispatchEvent(new MessageEvent('message', { data: message }));
      return JSON.parse(sessionStorage.getItem('state') ?? 'null') as { source: string; time: number };
    }, next);
    assert.deepEqual([kept.source.endsWith('portrait.mp4'), kept.time], [true, 0]);
  });

  it('gives its keys to what has the focus, where they mean something there', async () => {
    const player = await openPaused(LOOPING);
    const next = player.page.getByRole('button', { name: words.nextFrame });
    await next.focus();
    await player.page.keyboard.press(' ');
    await untilNumber(player, 1);
    await next.click();
    await untilNumber(player, 2);
    // After a click, Space plays again.
    await player.page.keyboard.press(' ');
    await eventually(async () => {
      assert.equal(await player.video('paused'), false);
    });
  });

  it('sets the volume by the arrow keys on its slider, which a clip without audio has not', async () => {
    const player = await openPaused();
    const slider = player.page.getByRole('slider', { name: words.volume });
    await player.page.getByRole('button', { name: words.noAudio, exact: true }).waitFor();
    // The button says it, and nothing moves the picture to say it again.
    assert.equal(await player.page.locator('.audio-note').isHidden(), true);
    assert.equal(await slider.isDisabled(), true);
    await player.show('tone');
    await player.page.keyboard.press('k');
    await eventually(async () => {
      assert.equal(await slider.isDisabled(), false);
    });
    const before = await player.video('currentTime');
    await slider.focus();
    await player.page.keyboard.press('ArrowLeft');
    assert.equal((await player.receive('remember')).memory.volume, 0.95);
    assert.equal(await player.video('currentTime'), before);
  });

  it('requests the clips next to it from the extension, where there are any', async () => {
    const player = await openPaused();
    assert.equal(await player.page.getByRole('button', { name: words.previousClip }).isDisabled(), true);
    await player.page.getByRole('button', { name: words.nextClip }).click();
    assert.equal((await player.receive('step')).by, 1);
    await player.send(player.showing('counter', { neighbours: null }));
    await player.page.getByRole('button', { name: words.nextClip }).waitFor({ state: 'hidden' });
  });

  it('leaves the focus on the button that led to the last clip, which then does nothing', async () => {
    const player = await openPaused();
    const next = player.page.getByRole('button', { name: words.nextClip });
    const isFocused = async (): Promise<boolean> => next.evaluate(one => one === document.activeElement);
    await next.focus();
    await player.page.keyboard.press('Enter');
    await player.receive('step');
    await player.send(player.showing('counter', { neighbours: { previous: true, next: false } }));
    await player.page.getByRole('button', { name: words.nextClip, disabled: true }).waitFor();
    assert.equal(await isFocused(), true);
    await player.page.keyboard.press('Enter');
    await player.framesPass();
    assert.deepEqual(
      player.received.filter(({ type }) => type === 'step').map(message => 'by' in message && message.by),
      [1],
    );
    await player.page.keyboard.press('Shift+Tab');
    await player.page.keyboard.press('Tab');
    assert.equal(await isFocused(), true);
  });

  it('leaves the focus on the mute button when a clip has no audio', async () => {
    const player = await openPaused();
    await player.show('tone');
    const mute = player.page.getByRole('button', { name: words.mute, exact: true });
    await mute.focus();
    await player.show('counter');
    const silent = player.page.getByRole('button', { name: words.noAudio, exact: true, disabled: true });
    await silent.waitFor();
    assert.equal(await silent.evaluate(one => one === document.activeElement), true);
  });
});

async function untilNumber(player: PlayerPage, number: number): Promise<void> {
  await eventually(async () => {
    assert.equal(await player.shownNumber(), number);
  });
}

/** Until the end of the clip is shown with frames. */
async function untilTimeCode(player: PlayerPage, end: string): Promise<void> {
  await eventually(async () => {
    assert.ok((await player.page.locator('.time').innerText()).endsWith(end));
  });
}
