import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Task, TaskKey } from '../../../src/tasks/task.ts';
import { readSidecar } from '../../../src/saving/sidecar.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { ffmpeg } from '../../media/ffmpeg.ts';
import { useFolder } from '../builders.ts';
import { HOSTILE } from './hostileClips.ts';
import { useMediaHost } from './mediaHost.ts';
import { useStage } from './stage.ts';

/** A good clip with other bytes at the first place where these stand, or at a number. */
function patched(at: string | number, bytes: string, clip = clipBytes('tone')): Buffer {
  const copy = Buffer.from(clip);
  const place = typeof at === 'number' ? at : copy.indexOf(at, 0, 'latin1');
  assert.ok(place >= 0);
  copy.write(bytes, place, 'latin1');
  return copy;
}

/** What comes whole, how its file is called, and what is said of it. */
type Case = readonly [name: string, bytes: () => Buffer, ending: string, check: string];

const cases: readonly Case[] = [
  ...['free', 'skip', 'wide', 'uuid'].map((type): Case => [
    `a clip whose first box is ${type}`,
    () => patched(4, type),
    '.mp4',
    'plays',
  ]),
  ['a clip whose first box nobody knows', () => patched(4, 'what'), '.mp4', 'notChecked unreadable'],
  ['a clip whose sound has no configuration', () => patched('esds', 'xxxx'), '.mp4', 'plays'],
  [
    'a clip with a broken table of sound',
    () => patched(clipBytes('tone').lastIndexOf('stsz') + 12, '\xff\xff\xff\xff'),
    '.mp4',
    'plays',
  ],
  [
    'a clip with a broken table of its picture',
    () => patched(clipBytes('tone').indexOf('stsz') + 12, '\xff\xff\xff\xff'),
    '.mp4',
    'notChecked unreadable',
  ],
  [
    'a clip with stray bytes behind it',
    () => Buffer.concat([clipBytes('tone'), Buffer.from('tail\0')]),
    '.mp4',
    'plays',
  ],
  [
    'a clip whose last box is too long, but holds all',
    () => Buffer.concat([clipBytes('tone'), Buffer.from('\0\0\xff\xfffree', 'latin1')]),
    '.mp4',
    'plays',
  ],
  ['a clip of a brand that nobody knows', () => patched(8, 'odd!'), '.mp4', 'plays'],
  ['a QuickTime film', () => patched(8, 'qt  '), '.mov', 'plays'],
  ['a GIF', () => Buffer.from('GIF89a\x10\0\x10\0\0\0\0;', 'latin1'), '.gif', 'notChecked otherKind'],
  [
    'bytes that nobody knows',
    () => Buffer.alloc(3_000, 0xa5).fill(0, 40, 90),
    '.mp4',
    'notChecked unreadable',
  ],
  [
    'a clip that is made to keep a parser busy',
    () => HOSTILE['half a million boxes']?.() ?? Buffer.alloc(0),
    '.mp4',
    'notChecked tooMuch',
  ],
  [
    'a clip that is made to take all memory',
    () => HOSTILE['sizes of no bits']?.() ?? Buffer.alloc(0),
    '.mp4',
    'notChecked unreadable',
  ],
];

describe('what comes whole', () => {
  const stage = useStage();
  const host = useMediaHost();
  const folder = useFolder();

  const save = async (body: Buffer, type = 'video/mp4', facts = {}): Promise<Task> => {
    host().answers.push({ headers: { 'Content-Type': type }, body });
    const { key } = await stage().addTask();
    stage().store.update(key, { videoUrl: host().link, ...facts });
    return stage().attempt(key);
  };

  for (const [name, make, ending, check] of cases) {
    it(`is kept at the first try, and named for what it is: ${name}`, async () => {
      const bytes = make();
      const task = await save(bytes, 'text/html');
      stage().assertSaved(task, bytes);
      assert.deepEqual(
        [extname(task.filePath ?? ''), [task.fileCheck, task.fileCheckText].filter(Boolean).join(' ')],
        [ending, check],
      );
      assert.equal(task.fileDuration !== null, check === 'plays');
    });
  }

  it('is kept as WebM where it is that, and known to play', async () => {
    const path = join(folder(), 'clip.webm');
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=24:duration=2', '-c:v', 'libvpx', path);
    const task = await save(readFileSync(path));
    stage().assertSaved(task, readFileSync(path));
    assert.deepEqual(
      [extname(task.filePath ?? ''), task.fileCheck, task.fileDuration],
      ['.webm', 'plays', 2],
    );
  });

  it('is known to play in fragments, and to be cut off where the last one is', async () => {
    const path = join(folder(), 'clip.mp4');
    const source = join(import.meta.dirname, '../../fixtures/clips/tone.mp4');
    await ffmpeg('-i', source, '-c', 'copy', '-movflags', 'frag_keyframe+empty_moov', path);
    const bytes = readFileSync(path);
    const whole = await save(bytes);
    assert.deepEqual([whole.fileCheck, Math.round(whole.fileDuration ?? 0)], ['plays', 8]);
    // Without the random-access table at the end, and a bit.
    const end = bytes.lastIndexOf('mfra') - 4;
    const cut = await save(bytes.subarray(0, end - 10));
    assert.deepEqual([cut.file, cut.saveProblem], ['failed', 'incomplete']);
  });

  /** An attempt at a host that promises `total` bytes, gives `length` of them, and then nothing. */
  const attemptAt = async (key: TaskKey, length: number, total: number): Promise<string> => {
    const given = { 'Content-Type': 'video/mp4', 'Content-Range': `bytes 0-${length - 1}/${total}` };
    const nothing = { ...given, 'Content-Range': `bytes ${length}-${length}/${total}` };
    host().answers.push(
      { status: 206, headers: given, body: clipBytes('tone').subarray(0, length) },
      { status: 206, headers: nothing },
    );
    const { file, saveProblem, fileCheck, fileCheckText } = await stage().attempt(key);
    host().answers.length = 0;
    return [file, saveProblem, fileCheck, fileCheckText].filter(Boolean).join(' ');
  };

  it('is taken the third time that a host promises more than it ever sends', async () => {
    const clip = clipBytes('tone');
    const { key } = await stage().addTask();
    stage().store.update(key, { videoUrl: host().link });
    const ends: string[] = [];
    for (let count = 0; count < 3; count++) {
      ends.push(await attemptAt(key, clip.length, clip.length + 100));
    }
    assert.deepEqual(ends, ['failed incomplete', 'failed incomplete', 'saved plays']);
    stage().assertSaved(stage().taskOf(key), clip);
  });

  it('is kept as cut off where no more of it ever comes, and not while a line breaks where it likes', async () => {
    const clip = clipBytes('tone');
    const { key } = await stage().addTask();
    stage().store.update(key, { videoUrl: host().link });
    for (const length of [20_000, 30_000, 25_000, 35_000, 35_001, 40_000]) {
      assert.equal(await attemptAt(key, length, clip.length), 'failed incomplete');
    }
    const ends = [];
    for (let count = 0; count < 4; count++) {
      ends.push(await attemptAt(key, 40_000, clip.length));
    }
    assert.deepEqual(ends, [...Array<string>(3).fill('failed incomplete'), 'saved notChecked cutOff']);
    stage().assertSaved(stage().taskOf(key), clip.subarray(0, 40_000));
  });

  it('is not lost if it seemed to end too early, and its link expired before another attempt', async () => {
    const half = clipBytes('tone').subarray(0, 40_000);
    const first = await save(half);
    assert.deepEqual([first.file, first.saveProblem, stage().names()], ['failed', 'incomplete', ['part']]);
    stage().reopen();
    const now = stage().clock.now();
    stage().store.update(first.key, { linkExpiresAt: now - 1, answeredAt: now });
    host().answers.push({ status: 403 });
    const kept = await stage().attempt(first.key);
    assert.deepEqual([kept.file, kept.fileCheckText], ['saved', 'cutOff']);
    stage().assertSaved(kept, half);
  });

  it('is no clip where it is a list for streaming, which is then said', async () => {
    const task = await save(Buffer.from('#EXTM3U\n#EXT-X-VERSION:3\n'));
    assert.deepEqual([task.file, task.saveProblem, stage().names()], ['failed', 'playlist', []]);
  });

  it('has what is known of it in its JSON file', async () => {
    stage().hasSidecars = true;
    const task = await save(patched(4, 'what'));
    const name = basename(task.filePath ?? '', '.mp4');
    const result = readSidecar(readFileSync(join(stage().target, `${name}.json`), 'utf8'));
    assert.ok('sidecar' in result);
    const { check, checkReason, duration } = result.sidecar.clip;
    assert.deepEqual([check, checkReason, duration], ['notChecked', 'unreadable', null]);
  });

  it('is not looked into again where that has ended a window, and is kept', async () => {
    const bytes = clipBytes('tone');
    stage().target = stage().folder;
    const path = stage().workFiles.newPath(stage().target);
    writeFileSync(path, bytes);
    const size = bytes.length;
    // As a window leaves it that dies within the check.
    const part = {
      path,
      size,
      total: size,
      rate: 0,
      link: '',
      validator: null,
      placing: null,
      check: 'begun',
    };
    const task = await save(bytes, 'video/mp4', { part: JSON.stringify(part) });
    assert.deepEqual([task.file, task.fileCheck, task.fileCheckText], ['saved', 'notChecked', 'broke']);
    assert.deepEqual([host().asked.length, readFileSync(task.filePath ?? '').equals(bytes)], [0, true]);
  });
});
