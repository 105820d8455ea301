import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { editedCounter, endlessFragments, hostileClips, type HostileClip } from '../../media/hostileClips.ts';
import { MediaPages } from '../../media/mediaPage.ts';
import { testClip } from '../../media/testClips.ts';
import { clips } from '../../fixtures/clips/clips.ts';
import { commands } from '../../../src/ids.ts';
import { eventually } from '../../vscode/wait.ts';
import { fakeVscode } from '../views/fakeVscode.ts';
import { MEMORY, usePlayerPage, type PlayerPage } from './playerPage.ts';

fakeVscode();
const { pageWords } = await import('../../../src/preview/words.ts');
const words = pageWords();

describe('a clip that is made to keep its reader busy', () => {
  let pages: MediaPages;

  before(async () => {
    pages = await MediaPages.start();
  });

  after(() => pages.stop());

  const found: Record<HostileClip, string> = {
    endlessTimes: 'unreadable',
    sizesOfNothing: 'unreadable',
    manyBoxes: 'unreadable',
    hugeBox: 'none',
    hugeBoxFirst: 'unreadable',
  };
  for (const [name, make] of Object.entries(hostileClips)) {
    it(`is read or given up, and the next one is read: ${name}`, async () => {
      const { page } = await pages.open('withoutAac');
      const sound = await page.evaluate(
        async ([hostile, next]) => {
          const { playback, measure } = window;
          playback.load(hostile);
          const state = await measure.soundOf(playback);
          playback.load(next);
          return [typeof state === 'object' ? state.failed : state, await measure.soundOf(playback)];
        },
        [pages.offerBytes(`${name}.mp4`, make()), await pages.offer(clips.tone.path)] as const,
      );
      assert.deepEqual(sound, [found[name as HostileClip], 'converted']);
    });
  }

  it('is given up after some seconds where only time can show it, and the page goes on meanwhile', async () => {
    const { page } = await pages.open('withoutAac');
    const content = endlessFragments(await readFile(await testClip('fragmented')));
    const [problem, beats, next] = await page.evaluate(
      async ([hostile, next]) => {
        let beats = 0;
        const timer = setInterval(() => beats++, 50);
        const problem = await window.reader.readMedia(hostile).then(
          () => 'read',
          (error: unknown) => String(error),
        );
        clearInterval(timer);
        return [problem, beats, (await window.reader.readMedia(next)).video?.width] as const;
      },
      [pages.offerBytes('fragments.mp4', content), await pages.offer(clips.tone.path)] as const,
    );
    assert.match(problem, /longer than 5 s/);
    assert.ok(beats > 20, `${beats} beats`);
    assert.equal(next, 640);
  });
});

describe('the player with a clip that is not as clips are', () => {
  const current = usePlayerPage();

  async function open(isLooping: boolean): Promise<PlayerPage> {
    const player = current();
    await player.open();
    await player.send({ type: 'start', words, memory: { ...MEMORY, isLooping } });
    return player;
  }

  it('plays on, heeds its keys, and says quietly what it cannot do', async () => {
    const player = await open(true);
    await player.showBytes('endless', hostileClips.endlessTimes());
    await player.page.getByText(words.unreadable).waitFor();
    assert.equal(await player.video('paused'), false);
    await player.page.keyboard.press('k');
    await eventually(async () => {
      assert.equal(await player.video('paused'), true);
    });
    assert.match((await player.receive('audioFailed')).reason, /^unreadable: .*4294967295/);
  });

  it('saves the first and the last frame that a player shows, by all its edits', async () => {
    const player = await open(false);
    await player.showBytes('edited', editedCounter([24, 40], [6, 12]));
    await player.page.keyboard.press('k');
    const saved: unknown[] = [];
    for (const key of [words.saveFirstFrame, words.saveLastFrame]) {
      player.received.length = 0;
      await player.page.getByRole('button', { name: words.frame, exact: true }).click();
      await player.page.getByRole('menuitem', { name: key }).click();
      saved.push((await player.numberIn((await player.receive('saveFrame')).png)).number);
    }
    assert.deepEqual(saved, [24, 11]);
    // As the browser itself shows them, which plays to the end.
    await player.page.keyboard.press('Home');
    await eventually(async () => {
      assert.equal(await player.shownNumber(), 24);
    });
    await player.page.locator('video').evaluate(video => (video as HTMLVideoElement).play());
    await eventually(async () => {
      assert.deepEqual([await player.video('ended'), await player.shownNumber()], [true, 11]);
    });
  });

  it('says which codec its video has that cannot be shown, and plays no audio over black', async () => {
    const player = await open(true);
    await player.page.evaluate(() => {
      Object.assign(window, { sounded: 0 });
      document.addEventListener('playing', () => Object.assign(window, { sounded: 1 }), true);
    });
    await player.offer('hevc', await readFile(await testClip('hevc')));
    await player.send(player.showing('hevc', {}, 'clip'));
    await player.page
      .locator('body[data-state=error]')
      .getByText(words.unsupportedVideo.replace('{0}', 'H.265 (HEVC)'))
      .waitFor();
    assert.match((await player.receive('playerFailed', true)).reason, /hev1|hvc1/);
    await player.page.getByRole('button', { name: words.openExternally }).click();
    assert.equal((await player.receive('act')).action, commands.openExternally);
    assert.deepEqual(
      [
        await player.video('paused'),
        await player.video('src'),
        await player.page.evaluate(() => (window as unknown as { sounded: number }).sounded),
        await player.page.locator('.audio-note').isVisible(),
      ],
      [true, '', 0, false],
    );
    await player.show('tone');
  });
});
