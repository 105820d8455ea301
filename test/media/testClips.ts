import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ffmpeg } from './ffmpeg.ts';

/** Clips that are made once by ffmpeg and stay there, by what they are made of. */
const folder = resolve(import.meta.dirname, '../../out/clips');

/** ffmpeg's sources and options for a clip. */
interface Recipe {
  readonly picture: string;
  readonly sound?: string;
  readonly options?: readonly string[];
  /** Default: 8. */
  readonly seconds?: number;
  /** Default: mp4. */
  readonly ending?: 'mp4' | 'webm';
  /** What is done to the file afterwards. */
  readonly change?: (file: Buffer) => Buffer;
}

// A tone can be found again; noise tells one moment from another.
const TONE_44 = 'sine=frequency=440:sample_rate=44100';
const TONE_48 = 'sine=frequency=440:sample_rate=48000';
const NOISE_48 = 'anoisesrc=color=pink:sample_rate=48000:seed=5:amplitude=0.5';
const SMALL = 'testsrc2=size=320x180:rate=24';

/** White for two frames and a beep, both at each whole second. */
const FLASH = `color=black:size=320x180:rate=24,drawbox=color=white:t=fill:enable='lt(mod(t,1),0.08)'`;
const BEEP = `aevalsrc='0.8*sin(2*PI*1000*t)*lt(mod(t,1),0.08)':sample_rate=48000`;

// Without noise substitution, which each decoder fills with noise of its own.
const aac = (...more: string[]): string[] => ['-c:a', 'aac', '-aac_pns', '0', ...more];

const webm = (...options: string[]): Pick<Recipe, 'ending' | 'options' | 'seconds'> => ({
  ending: 'webm',
  seconds: 3,
  options: ['-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k', '-g', '24', ...options],
});
const flashAt = (rate: string): string => FLASH.replace('rate=24', `rate=${rate}`);

const recipes = {
  stereo48: { picture: SMALL, sound: NOISE_48, options: aac('-ac', '2') },
  mono44: { picture: SMALL, sound: TONE_44, options: aac('-ac', '1') },
  heAac: {
    picture: SMALL,
    sound: 'anoisesrc=sample_rate=24000:seed=5',
    options: aac('-ac', '2'),
    change: markAsHeAac,
  },
  mp3: { picture: SMALL, sound: TONE_48, options: ['-c:a', 'libmp3lame'] },
  silent: { picture: SMALL },
  portrait: { picture: 'testsrc2=size=180x320:rate=24', sound: TONE_48, options: aac() },
  flashes: { picture: FLASH, sound: BEEP, options: aac('-ac', '2', '-g', '24') },
  portraitFlashes: {
    picture: FLASH.replace('320x180', '180x320'),
    sound: BEEP,
    options: aac('-ac', '2', '-g', '24'),
  },
  // No whole number of audio packets.
  shortFlashes: { picture: FLASH, sound: BEEP, options: aac('-ac', '2', '-g', '24'), seconds: 61 / 24 },
  monoFlashes: { picture: FLASH, sound: BEEP, options: aac('-ac', '1', '-ar', '44100', '-g', '24') },
  indexLast: { picture: SMALL, sound: TONE_48, options: aac('-movflags', '0') },
  fragmented: {
    picture: SMALL,
    sound: TONE_48,
    options: aac('-movflags', 'frag_keyframe+empty_moov', '-g', '24'),
  },
  variableRate: {
    picture: `${SMALL},select='not(eq(mod(n,7),3))*not(between(t,2,2.5))'`,
    sound: TONE_48,
    options: aac('-vsync', 'vfr'),
  },
  cut: {
    picture: SMALL,
    sound: TONE_48,
    options: aac(),
    change: file => file.subarray(0, file.length * 0.6),
  },
  strangeAac: { picture: SMALL, sound: TONE_48, options: aac('-ac', '2'), change: markAsScalable },
  scratched: { picture: SMALL, sound: TONE_48, options: aac(), change: scratch },
  hevc: {
    picture: SMALL,
    sound: TONE_48,
    options: aac('-c:v', 'libx265', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'),
    seconds: 2,
  },
  hd: {
    picture: 'testsrc2=size=1280x720:rate=24',
    sound: NOISE_48,
    options: aac('-ac', '2', '-b:v', '2.7M'),
  },
  uhd: {
    picture: 'testsrc2=size=3840x2160:rate=24',
    sound: NOISE_48,
    options: aac('-ac', '2', '-b:v', '30M'),
  },
  webmVp9: {
    picture: FLASH,
    sound: BEEP,
    ...webm('-c:v', 'libvpx-vp9', '-c:a', 'libopus', '-ac', '2'),
  },
  webmVp8: {
    picture: FLASH,
    sound: BEEP,
    ...webm('-c:v', 'libvpx', '-c:a', 'libvorbis', '-ac', '2'),
  },
  webmAv1: { picture: FLASH, ...webm('-c:v', 'libaom-av1') },
  webmFilm: { picture: flashAt('24000/1001'), ...webm('-c:v', 'libvpx-vp9') },
  webmNtsc: { picture: flashAt('30000/1001'), ...webm('-c:v', 'libvpx-vp9') },
  webmFast: { picture: flashAt('60000/1001'), ...webm('-c:v', 'libvpx') },
  // As a browser records: into a pipe, where nothing can be written later.
  webmLive: {
    picture: flashAt('25'),
    sound: BEEP,
    ...webm('-c:v', 'libvpx', '-c:a', 'libopus', '-live', '1'),
  },
  webmUneven: {
    picture: `${FLASH},select='not(eq(mod(n,7),3))'`,
    ...webm('-c:v', 'libvpx', '-vsync', 'vfr'),
  },
  ntsc: { picture: flashAt('30000/1001'), sound: BEEP, options: aac('-ac', '2') },
  film: { picture: flashAt('24000/1001'), sound: BEEP, options: aac('-ac', '2') },
  fast: { picture: flashAt('60000/1001'), sound: BEEP, options: aac('-ac', '2'), seconds: 3 },
  long: {
    picture: 'testsrc2=size=1920x1080:rate=24',
    sound: NOISE_48,
    options: aac('-ac', '2', '-b:v', '8M'),
    seconds: 30,
  },
} satisfies Record<string, Recipe>;

export type TestClip = keyof typeof recipes;

/** The file of a clip. */
export async function testClip(name: TestClip): Promise<string> {
  const { picture, sound, options = [], seconds = 8, ending = 'mp4', change }: Recipe = recipes[name];
  const parameters = [
    ...['-f', 'lavfi', '-i', picture],
    ...(sound === undefined ? [] : ['-f', 'lavfi', '-i', sound]),
    ...['-t', String(seconds), '-pix_fmt', 'yuv420p'],
    ...(ending === 'mp4' ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-movflags', '+faststart'] : []),
    ...options,
  ];
  const version = createHash('sha256')
    .update(JSON.stringify([parameters, String(change)]))
    .digest('hex');
  const path = join(folder, `${name}-${version.slice(0, 8)}.${ending}`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = join(folder, `${name}-${process.pid}.part.${ending}`);
    await ffmpeg(...parameters, unfinished);
    if (change) {
      await writeFile(unfinished, change(await readFile(unfinished)));
    }
    await rename(unfinished, path);
  }
  return path;
}

/**
 * Makes HE-AAC of AAC-LC at 24 kHz, for want of an encoder that is free: the decoder's configuration says in its backward
 * compatible way (ISO 14496-3, 1.6.5) that spectral band replication doubles the rate, which for frames that bring none of it
 * means the same sound at 48 kHz.
 */
function markAsHeAac(file: Buffer): Buffer {
  // ffmpeg ends the configuration with: sync 0x2b7, object type 5, replication no. Now: yes, at index 3, which is 48 kHz.
  file[indexOf(file, [0x56, 0xe5, 0x00]) + 2] = 0x98;
  return file;
}

/** Says of AAC-LC that it is AAC-SSR (ISO 14496-3, object type 3), which nobody decodes. */
function markAsScalable(file: Buffer): Buffer {
  file[indexOf(file, [0x11, 0x90, 0x56, 0xe5, 0x00])] = 0x19;
  return file;
}

/** Where ffmpeg wrote a decoder's configuration. */
function indexOf(file: Buffer, configuration: readonly number[]): number {
  const at = file.indexOf(Buffer.from(configuration));
  if (at < 0) {
    throw new Error('The configuration of the AAC decoder is not where it was expected.');
  }
  return at;
}

/** Overwrites some bytes in the middle of the media. */
function scratch(file: Buffer): Buffer {
  const media = file.indexOf('mdat');
  for (let at = media + 20_000; at < file.length - 20_000; at += 9_001) {
    file.fill(0xa5, at, at + 40);
  }
  return file;
}
