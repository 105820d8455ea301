import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { clips } from '../../fixtures/clips/clips.ts';
import { MediaPages, type SoundHost } from '../../media/mediaPage.ts';
import { testClip } from '../../media/testClips.ts';

describe('a clip in the preview', () => {
  let pages: MediaPages;
  let trouble: readonly string[] = [];

  before(async () => {
    pages = await MediaPages.start();
  });

  after(() => pages.stop());

  async function open(host: SoundHost): Promise<Page> {
    const opened = await pages.open(host);
    trouble = opened.trouble;
    return opened.page;
  }

  afterEach(() => {
    assert.deepEqual(trouble, []);
  });

  // FLAC ends where the clip does, Opus with its last frame of 20 ms.
  const hosts: readonly [host: SoundHost, what: string, tolerance: number][] = [
    ['withoutAac', 'AAC', 0.01],
    ['withoutFlac', 'AAC and no FLAC', 0.021],
  ];
  for (const [host, what, tolerance] of hosts) {
    it(`has its own tone where the host has no ${what}, and is as long as before`, async () => {
      const page = await open(host);
      const found = await page.evaluate(
        async source => {
          const { playback, measure } = window;
          playback.load(source);
          await new Promise(resolve => {
            playback.addEventListener('loadedmetadata', resolve, { once: true });
          });
          const before = playback.duration;
          const sound = await measure.soundOf(playback);
          const longer = playback.duration - before;
          await playback.play();
          return { sound, longer, tone: await measure.loudestTone(playback.element) };
        },
        await pages.offer(clips.tone.path),
      );
      assert.equal(found.sound, 'converted');
      assert.ok(Math.abs(found.longer) <= tolerance, `${found.longer} s longer`);
      assert.ok(Math.abs(found.tone - 440) < 6, `${found.tone} Hz`);
    });
  }

  it('has audio and video together after play and after seeks', async () => {
    const page = await open('withoutAac');
    const { own, late } = await page.evaluate(
      async source => {
        const { playback, measure } = window;
        const later = (target: EventTarget, type: string): Promise<unknown> =>
          new Promise(resolve => {
            target.addEventListener(type, resolve, { once: true });
          });
        const measureAt = async (element: HTMLVideoElement, spots: readonly number[]): Promise<number[]> => {
          const witness = new measure.Witness(element);
          const found: number[] = [];
          for (const spot of spots) {
            if (spot > 0) {
              element.currentTime = spot;
              await later(element, 'seeked');
            }
            witness.begin();
            await element.play();
            found.push(await witness.lateness());
          }
          element.pause();
          return found;
        };
        // The same clip as this browser plays it by itself tells the delay of the measuring.
        const plain = document.createElement('video');
        plain.src = URL.createObjectURL(await (await fetch(source)).blob());
        document.body.append(plain);
        const [, ...natively] = await measureAt(plain, [0, 3.3, 0.6, 5.45]);
        plain.remove();
        playback.load(source);
        await measure.soundOf(playback);
        const own = natively.sort((a, b) => a - b)[1] ?? Number.NaN;
        return { own, late: await measureAt(playback.element, [0, 3.3, 0.6, 5.45, 2.7, 6.2]) };
      },
      await pages.offer(await testClip('flashes')),
    );
    assert.equal(late.length, 6);
    assert.ok(
      late.every(one => Math.abs(one - own) < 40),
      `${late.map(Math.round).join(' ')} ms, of which ${own.toFixed()} ms are the measuring's own`,
    );
  });

  it('gets its audio while it plays, without a jump and without a dark moment', async () => {
    const page = await open('withoutAac');
    const found = await page.evaluate(
      async source => {
        const { playback, measure } = window;
        const events: string[] = [];
        for (const type of ['play', 'pause', 'seeking', 'ended', 'error', 'swap']) {
          playback.addEventListener(type, () => events.push(type));
        }
        playback.volume = 0.5;
        playback.playbackRate = 1.25;
        playback.loop = true;
        playback.load(source);
        const frames = measure.watchFrames(playback);
        const first = playback.element;
        await playback.play();
        let swapped = 0;
        playback.addEventListener('swap', () => {
          swapped = frames.length;
        });
        const sound = await measure.soundOf(playback);
        const shown = playback.element.readyState;
        while (frames.length < swapped + 24) {
          await new Promise(requestAnimationFrame);
        }
        const { paused, volume, playbackRate, loop } = playback;
        return {
          step: (frames[swapped - 1] ?? NaN) - (frames[swapped - 2] ?? NaN),
          state: {
            sound,
            isOther: first !== playback.element,
            videos: document.querySelectorAll('video').length,
            hasPicture: shown >= HTMLMediaElement.HAVE_CURRENT_DATA,
            ...{ events, paused, volume, playbackRate, loop },
          },
        };
      },
      await pages.offer(await testClip('hd')),
    );
    assert.deepEqual(found.state, {
      sound: 'converted',
      isOther: true,
      videos: 1,
      hasPicture: true,
      events: ['play', 'swap'],
      paused: false,
      volume: 0.5,
      playbackRate: 1.25,
      loop: true,
    });
    assert.ok(Math.abs(found.step) < 0.15, `a step of ${found.step} s`);
  });

  for (const spot of ['the middle', 'the end'] as const) {
    it(`gets its audio while it stands at ${spot}, and stays there`, async () => {
      const page = await open('withoutAac');
      const found = await page.evaluate(
        async ([source, spot]) => {
          const { playback, measure } = window;
          playback.load(source);
          await new Promise(resolve => {
            playback.addEventListener('loadeddata', resolve, { once: true });
          });
          const time = spot === 'the end' ? playback.duration : 3.21;
          playback.currentTime = time;
          const sound = await measure.soundOf(playback);
          return { sound, moved: playback.currentTime - time, paused: playback.paused };
        },
        [await pages.offer(clips.tone.path), spot] as const,
      );
      assert.deepEqual(found, { sound: 'converted', moved: 0, paused: true });
    });
  }

  it('is not converted where the host plays its audio', async () => {
    const page = await open('complete');
    const found = await page.evaluate(
      async source => {
        const { playback, measure } = window;
        const first = playback.element;
        playback.load(source);
        const sound = await measure.soundOf(playback);
        await playback.play();
        return { sound, isSame: first === playback.element, source: playback.element.src === source };
      },
      await pages.offer(clips.tone.path),
    );
    assert.deepEqual(found, { sound: 'native', isSame: true, source: true });
  });

  it('is converted where the host only says that it plays its audio', async () => {
    const page = await open('aacInWords');
    const sound = await page.evaluate(
      source => {
        window.playback.load(source);
        return window.measure.soundOf(window.playback);
      },
      await pages.offer(clips.tone.path),
    );
    assert.equal(sound, 'converted');
  });

  it('knows what it is, and whether it has audio', async () => {
    const page = await open('withoutAac');
    const sources = [clips.portrait.path, clips.silent.path, await testClip('variableRate')];
    const found = [];
    for (const source of sources) {
      found.push(await page.evaluate(source => window.reader.readMedia(source), await pages.offer(source)));
    }
    const h264 = { codec: 'avc1.640032' };
    assert.deepEqual(
      found.map(({ duration, video, audio }) => [
        duration.toFixed(2),
        `${video?.width} x ${video?.height}`,
        video?.frameRate.toFixed(1),
        video?.codec,
        audio && `${audio.codec} ${audio.sampleRate} ${audio.channels}`,
      ]),
      [
        ['8.00', '720 x 1280', '24.0', h264.codec, 'mp4a.40.2 48000 2'],
        ['6.00', '1280 x 720', '24.0', h264.codec, null],
        ['8.00', '320 x 180', '19.3', 'avc1.42c00c', 'mp4a.40.2 48000 1'],
      ],
    );
  });

  it('plays on: without audio, and says why, where there is no way to it; as far as it goes where it is cut off', async () => {
    const play = async (page: Page, source: string): Promise<unknown> =>
      page.evaluate(async source => {
        const { playback, measure } = window;
        playback.load(source);
        await playback.play();
        const sound = await measure.soundOf(playback);
        while (playback.currentTime < 0.5) {
          await new Promise(requestAnimationFrame);
        }
        return typeof sound === 'object' ? sound.failed : sound;
      }, source);
    const whole = await pages.offer(clips.tone.path);
    const strange = await pages.offer(await testClip('strangeAac'));
    const cut = await pages.offer(await testClip('cut'));
    assert.deepEqual(
      [
        await play(await open('withoutSound'), whole),
        await play(await open('withoutAac'), strange),
        await play(await open('withoutAac'), cut),
      ],
      ['unplayable', 'undecodable', 'converted'],
    );
  });

  it('is unreadable where it is none', async () => {
    const page = await open('withoutAac');
    const sources = [
      pages.offerBytes('empty.mp4', Buffer.alloc(0)),
      pages.offerBytes('text.mp4', Buffer.from('<html>Sign in</html>'.repeat(100))),
      pages.offerBytes('noise.mp4', Buffer.alloc(10_000, 0xa5)),
    ];
    const found = [];
    for (const source of sources) {
      found.push(
        await page.evaluate(async source => {
          const { playback, measure } = window;
          const failed = new Promise(resolve => {
            playback.addEventListener('error', resolve, { once: true });
          });
          playback.load(source);
          const sound = await measure.soundOf(playback);
          await failed;
          return typeof sound === 'object' ? sound.failed : sound;
        }, source),
      );
    }
    assert.deepEqual(found, ['unreadable', 'unreadable', 'unreadable']);
  });

  it('gives way to the next clip at any moment, and is let go of', async () => {
    const page = await open('withoutAac');
    const found = await page.evaluate(
      async ([long, tone, silent]) => {
        const { playback, measure } = window;
        const states: unknown[] = [];
        const revoked: string[] = [];
        const revoke = URL.revokeObjectURL.bind(URL);
        URL.revokeObjectURL = address => {
          revoked.push(address);
          revoke(address);
        };
        playback.load(long);
        await new Promise<void>(resolve => {
          playback.addEventListener('audio', () => {
            if (playback.audio === 'converting') resolve();
          });
        });
        playback.addEventListener('audio', () => states.push(playback.audio));
        playback.playbackRate = 0.5;
        playback.load(tone);
        await measure.soundOf(playback);
        const address = playback.element.src;
        playback.load(silent);
        await measure.soundOf(playback);
        playback.unload();
        return {
          states,
          isRevoked: address.startsWith('blob:') && revoked.includes(address),
          rate: playback.playbackRate,
          source: playback.element.src,
        };
      },
      [
        await pages.offer(await testClip('long')),
        await pages.offer(clips.tone.path),
        await pages.offer(clips.silent.path),
      ] as const,
    );
    assert.deepEqual(found, {
      states: ['unknown', 'converting', 'converted', 'unknown', 'none', 'unknown'],
      isRevoked: true,
      rate: 0.5,
      source: '',
    });
  });
});
