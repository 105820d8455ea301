import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../src/base/clock.ts';
import { download, type Progress } from '../../../src/saving/download.ts';
import { NOTHING } from '../../../src/saving/range.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { useFolder } from '../builders.ts';
import { useSmallDisk } from '../smallDisk.ts';
import { useMediaHost, type HostAnswer } from './mediaHost.ts';

/** Two versions of one clip that have no byte in common but by chance. */
const before = clipBytes('tone');
const after = clipBytes('silent');
const HALF = Math.floor(before.length / 2);

describe('a download', () => {
  const host = useMediaHost();
  const folder = useFolder();
  const path = (): string => join(folder(), 'part');
  let told: Progress[];

  beforeEach(() => {
    told = [];
  });

  /** Gives the size, or why there is none. */
  const fetchClip = (size = 0, largest = 1_000_000): Promise<number | string> =>
    download({
      link: host().link,
      path: path(),
      beginning: { size, validator: size > 0 ? '"before"' : null },
      rules: { allowLoopback: true, largest },
      clock: systemClock,
      isAwaited: () => false,
      onProgress: progress => told.push(progress),
      signal: new AbortController().signal,
    }).catch((error: unknown) => (error as Error).message);

  const holds = (content: Buffer): boolean => readFileSync(path()).equals(content);

  const ofBefore = (start: number, end = before.length): HostAnswer => ({
    status: 206,
    headers: { ETag: '"before"', 'Content-Range': `bytes ${start}-${end - 1}/${before.length}` },
    body: before.subarray(start, end),
  });
  const ofAfter: HostAnswer = { headers: { ETag: '"after"' }, body: after };

  it('adds the rest to what is there', async () => {
    writeFileSync(path(), before.subarray(0, HALF));
    host().answers.push(ofBefore(HALF));
    assert.deepEqual([await fetchClip(HALF), holds(before)], [before.length, true]);
  });

  it('adds it where the list says that it ends, whatever stands behind', async () => {
    writeFileSync(path(), Buffer.concat([before.subarray(0, HALF), Buffer.alloc(before.length, 'x')]));
    host().answers.push(ofBefore(HALF));
    assert.deepEqual([await fetchClip(HALF), holds(before)], [before.length, true]);
  });

  it('requests everything if less is there than the list says', async () => {
    writeFileSync(path(), before.subarray(0, HALF - 1));
    host().answers.push({ body: before });
    assert.deepEqual([await fetchClip(HALF), holds(before)], [before.length, true]);
    assert.deepEqual(
      host().asked.map(({ range }) => range),
      [undefined],
    );
  });

  it('adds nothing of one version to another', async () => {
    writeFileSync(path(), before.subarray(0, HALF));
    host().answers.push(ofAfter);
    assert.deepEqual([await fetchClip(HALF), holds(after)], [after.length, true]);
  });

  it('says at once that a part of an old version is no longer there', async () => {
    writeFileSync(path(), before.subarray(0, HALF));
    host().answers.push(ofAfter);
    await fetchClip(HALF);
    const known = { total: after.length, validator: '"after"' };
    // On a slow disk what comes in between is told, too.
    assert.deepEqual(
      [told[0], told.at(-1)],
      [
        { size: 0, ...known },
        { size: after.length, ...known },
      ],
    );
  });

  it('knows a video also by a beginning that comes in crumbs', async () => {
    const crumbs = async (response: ServerResponse): Promise<void> => {
      response.write(before.subarray(0, 3));
      await pause(50);
      response.write(before.subarray(3, 7));
      await pause(50);
      response.write(before.subarray(7));
    };
    host().answers.push({ body: crumbs });
    assert.deepEqual([await fetchClip(), holds(before)], [before.length, true]);
  });

  it('continues within the attempt if less comes than was requested', async () => {
    writeFileSync(path(), before.subarray(0, HALF));
    host().answers.push(ofBefore(HALF, HALF + 100), ofBefore(HALF + 100));
    assert.deepEqual([await fetchClip(HALF), holds(before)], [before.length, true]);
    assert.deepEqual(
      host().asked.map(({ range }) => range),
      [`bytes=${HALF}-`, `bytes=${HALF + 100}-`],
    );
  });

  /** As from a host that gives no version a name, and parts of which it does not know the length. */
  const unnamed = ({ headers, ...answer }: HostAnswer, total: number | '*'): HostAnswer => {
    const range = headers?.['Content-Range']?.replace(/[^/]*$/, String(total)) ?? '';
    return { ...answer, headers: { 'Content-Range': range } };
  };

  it('continues if the whole was requested, though the version has no name', async () => {
    host().answers.push(unnamed(ofBefore(0, 1000), before.length), unnamed(ofBefore(1000), before.length));
    assert.deepEqual([await fetchClip(), holds(before)], [before.length, true]);
    assert.deepEqual(
      host().asked.map(({ range }) => range),
      [undefined, 'bytes=1000-'],
    );
  });

  for (const [name, headers] of [
    ['and says so', { 'Content-Range': `bytes */${before.length}` }],
    ['and says no more', {}],
  ] as const) {
    it(`continues to the end if the length is not known: ${name}`, async () => {
      host().answers.push(unnamed(ofBefore(0, HALF), '*'), unnamed(ofBefore(HALF), '*'), {
        status: 416,
        headers,
      });
      assert.deepEqual([await fetchClip(), holds(before)], [before.length, true]);
    });
  }

  it('takes no more than is allowed of parts of nobody knows how much', async () => {
    host().answers.push(unnamed(ofBefore(0), '*'));
    assert.deepEqual([await fetchClip(0, HALF), holds(Buffer.alloc(0))], [`tooLarge: ${HALF}`, true]);
  });

  it('gives up if the same part comes again and again', async () => {
    const same = Array.from({ length: 9 }, () => unnamed(ofBefore(0, HALF), before.length));
    host().answers.push(...same);
    assert.equal(await fetchClip(), `incomplete: ${HALF} / ${before.length}`);
    assert.ok(host().asked.length < 5);
  });

  it('leaves what comes beyond the end that was promised', async () => {
    const body = async (response: ServerResponse): Promise<void> => {
      await new Promise(done => response.write(Buffer.concat([before, Buffer.from('junk')]), done));
    };
    host().answers.push({ ...ofBefore(0), body });
    assert.deepEqual([await fetchClip(), holds(before)], [before.length, true]);
  });

  it('takes nothing that is promised to be too large', async () => {
    host().answers.push({ body: before });
    assert.deepEqual([await fetchClip(0, HALF), holds(Buffer.alloc(0))], [`tooLarge: ${HALF}`, true]);
  });

  const noMore: HostAnswer = { status: 416, headers: { 'Content-Range': `bytes */${before.length}` } };
  const claimed = (answer: HostAnswer): HostAnswer => ({
    ...answer,
    headers: { ...answer.headers, 'Content-Range': `bytes 0-${before.length - 1}/99999999999` },
  });

  it('takes a clip that is said to be too large where nothing is beyond what is allowed', async () => {
    host().answers.push(claimed(ofBefore(0)), noMore, claimed(ofBefore(0)), noMore);
    assert.deepEqual([await fetchClip(), holds(before)], [before.length, true]);
    assert.deepEqual(
      host().asked.map(({ range }) => range),
      [undefined, 'bytes=1000000-1000000', undefined, `bytes=${before.length}-`],
    );
  });

  it('counts what really comes of a part if nobody knows whether the whole is too large', async () => {
    host().answers.push(claimed(ofBefore(0)), { body: before }, claimed(ofBefore(0)), noMore);
    assert.deepEqual([await fetchClip(), holds(before)], [before.length, true]);
  });

  it('does not take the beginning of what is too large', async () => {
    const beyond = { 'Content-Range': 'bytes 1000000-1000000/99999999999' };
    host().answers.push(claimed(ofBefore(0)), { status: 206, headers: beyond, body: Buffer.alloc(1) });
    assert.deepEqual([await fetchClip(), holds(Buffer.alloc(0))], ['tooLarge: 1000000', true]);
  });

  it('takes what comes of a length that is not true', async () => {
    const body = async (response: ServerResponse): Promise<void> => {
      response.write(before);
      await pause(300);
      response.destroy();
    };
    const untrue = { headers: { 'Content-Length': '99999999999' }, body };
    host().answers.push(untrue, noMore, untrue);
    assert.match(String(await fetchClip()), /^unreachable/);
    assert.ok(holds(before));
  });

  it('takes no more than is allowed of what comes without a length', async () => {
    const endless = async (response: ServerResponse): Promise<void> => {
      for (let left = 1000; left > 0 && !response.destroyed; left--) {
        await new Promise(done => response.write(before, done));
      }
    };
    host().answers.push({ body: endless });
    const largest = 3 * before.length;
    assert.equal(await fetchClip(0, largest), `tooLarge: ${largest}`);
    assert.ok(readFileSync(path()).length <= largest);
  });

  const strangers: [string, HostAnswer, string][] = [
    [
      'a page',
      { headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<html><title>Sign in</title>') },
      'page: Sign in',
    ],
    ['a text', { body: Buffer.from('quota exceeded\nmore') }, 'notVideo: quota exceeded'],
    ['less than a box', { body: Buffer.from('ok') }, 'notVideo: ok'],
    ['nothing', {}, 'notVideo'],
    ['nothing, without a length', { body: () => Promise.resolve() }, 'notVideo'],
  ];
  for (const [name, answer, problem] of strangers) {
    it(`leaves what is there as it is when ${name} comes in place of the clip`, async () => {
      writeFileSync(path(), before.subarray(0, HALF));
      host().answers.push(answer, ofBefore(HALF));
      assert.deepEqual([await fetchClip(HALF), holds(before.subarray(0, HALF)), told], [problem, true, []]);
      assert.deepEqual([await fetchClip(HALF), holds(before)], [before.length, true]);
    });
  }

  it('stops at once, with the reason, when it is not wanted any more', async () => {
    const stop = new AbortController();
    const body = async (response: ServerResponse): Promise<void> => {
      response.write(before.subarray(0, HALF));
      stop.abort(new Error('not wanted'));
      await new Promise(done => response.once('close', done));
    };
    host().answers.push({ body });
    await assert.rejects(
      download({
        link: host().link,
        path: path(),
        beginning: { size: 0, validator: null },
        rules: { allowLoopback: true, largest: 1_000_000 },
        clock: systemClock,
        isAwaited: () => false,
        onProgress: () => undefined,
        signal: stop.signal,
      }),
      /^Error: not wanted$/,
    );
  });
});

describe('a download to a disk that is too small', () => {
  const host = useMediaHost();
  const disk = useSmallDisk(16 * 1024, () => undefined);

  const totals = { said: before.length, 'not said': '*' };
  for (const [name, total] of Object.entries(totals)) {
    it(`is not begun where its length is ${name}, but how much comes`, async () => {
      const range = `bytes 0-${before.length - 1}/${total}`;
      host().answers.push({ status: 206, headers: { 'Content-Range': range }, body: before });
      const path = join(disk(), 'part');
      const told: Progress[] = [];
      const over = download({
        link: host().link,
        path,
        beginning: NOTHING,
        rules: { allowLoopback: true, largest: 1_000_000 },
        clock: systemClock,
        isAwaited: () => false,
        onProgress: progress => told.push(progress),
        signal: new AbortController().signal,
      });
      await assert.rejects(over, { problem: 'diskFull' });
      assert.deepEqual([readFileSync(path).length, told], [0, []]);
    });
  }
});
