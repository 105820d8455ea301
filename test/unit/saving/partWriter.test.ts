import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { PartWriter } from '../../../src/saving/partWriter.ts';

const MIB = 1024 ** 2;

/** A file in memory that tells what is done to it, takes as much at once as it is told, and waits for a gate. */
class SlowFile {
  readonly done: string[] = [];
  content = Buffer.alloc(0);
  /** The most bytes that one write takes. */
  room = Infinity;
  /** Whatever is done waits for this. */
  gate: Promise<void> = Promise.resolve();

  async write(piece: Buffer, position: number): Promise<number> {
    await this.gate;
    if (this.room === 0) {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    }
    // It takes what it can, as a file system does, and complains only when it can take nothing.
    const taken = piece.subarray(0, this.room);
    assert.ok(position <= this.content.length, 'a hole in the file');
    this.content = Buffer.concat([this.content.subarray(0, position), taken]);
    this.done.push(`${position}+${taken.length}`);
    return taken.length;
  }

  async flushData(): Promise<void> {
    await this.gate;
    this.done.push('datasync');
  }

  async flush(): Promise<void> {
    await this.gate;
    this.done.push('sync');
  }
}

describe('the writer of a part', () => {
  let file: SlowFile;
  let now: number;

  beforeEach(() => {
    file = new SlowFile();
    now = 1000;
    mock.method(performance, 'now', () => now);
  });

  afterEach(() => {
    mock.restoreAll();
  });

  const open = (start = 0): PartWriter =>
    new PartWriter(file, start, size => {
      file.done.push(`told ${size}`);
    });

  it('writes small chunks together, in their order, and says last that all is on the disk', async () => {
    const writer = open(10);
    file.content = Buffer.alloc(10, '-');
    for (const chunk of ['ab', 'c', 'def']) {
      await writer.add(Buffer.from(chunk));
    }
    await writer.finish();
    assert.deepEqual(file.done, ['10+6', 'sync', 'told 16']);
    assert.equal(file.content.toString(), '----------abcdef');
  });

  it('writes chunks of any size one after the other, in pieces that are not small', async () => {
    const writer = open();
    const chunks = Array.from({ length: 40 }, (_, index) =>
      Buffer.alloc(((index % 7) + 0.3) * 65_536, index),
    );
    for (const chunk of chunks) {
      await writer.add(chunk);
    }
    await writer.finish();
    assert.ok(file.content.equals(Buffer.concat(chunks)));
    assert.deepEqual(file.done.slice(-2), ['sync', `told ${file.content.length}`]);
    const sizes = file.done.slice(0, -3).map(line => Number(line.split('+')[1]));
    assert.ok(Math.min(...sizes) > MIB / 2, sizes.join(' '));
  });

  it('takes on while pieces are being written, and no more than four of them', async () => {
    let openGate = (): void => undefined;
    file.gate = new Promise(done => (openGate = done));
    const writer = open();
    let taken = 0;
    const adding = (async () => {
      for (; taken < 6; taken++) {
        await writer.add(Buffer.alloc(MIB, taken));
      }
    })();
    await setImmediate();
    const takenAtOnce = taken;
    openGate();
    await adding;
    await writer.finish();
    assert.deepEqual([takenAtOnce > 0 && takenAtOnce <= 4, file.content.length], [true, 6 * MIB]);
  });

  it('writes and flushes every second on a slow line, and reports what is flushed, not before', async () => {
    const writer = open();
    for (let second = 0; second < 2; second++) {
      now += 1000;
      await writer.add(Buffer.from('ab'));
      await setImmediate();
    }
    await writer.add(Buffer.from('cd'));
    await writer.finish();
    assert.deepEqual(file.done, [
      ...['0+2', 'datasync', 'told 2'],
      ...['2+2', 'datasync', 'told 4'],
      ...['4+2', 'sync', 'told 6'],
    ]);
  });

  it('ends its pieces at whole MiB of the file, wherever it goes on', async () => {
    file.content = Buffer.alloc(100);
    const writer = open(100);
    for (let chunk = 0; chunk < 5; chunk++) {
      await writer.add(Buffer.alloc(600_000));
    }
    await writer.finish();
    assert.deepEqual(file.done.slice(0, 3), [`100+${MIB - 100}`, `${MIB}+${MIB}`, `${2 * MIB}+902948`]);
  });

  it('reports a piece that could not be written, and does not count it', async () => {
    const writer = open();
    file.room = 0;
    await writer.add(Buffer.from('ab'));
    await assert.rejects(writer.finish(), /no space left/);
    assert.deepEqual(file.done, []);
  });

  it('does not take more for ever when nothing can be written', async () => {
    const writer = open();
    file.room = 0;
    await assert.rejects(async () => {
      for (;;) {
        await writer.add(Buffer.alloc(MIB));
      }
    }, /no space left/);
  });

  it('writes the rest of a piece that the disk did not take at once', async () => {
    const writer = open();
    file.room = 4;
    await writer.add(Buffer.from('abcdefghij'));
    await writer.finish();
    assert.deepEqual(
      [file.content.toString(), file.done],
      ['abcdefghij', ['0+4', '4+4', '8+2', 'sync', 'told 10']],
    );
  });
});
