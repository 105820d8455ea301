import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolderOnDisk } from '../../bench/saving/fileSystem.ts';
import { alignedMemory, PartFile } from '../../../src/saving/partFile.ts';
import { useSmallDisk } from '../smallDisk.ts';

const MIB = 1024 ** 2;

/** Writes a content in pieces of these lengths, and then of what is left, from such memory as a writer has. */
async function writeInPieces(path: string, content: Buffer, lengths: readonly number[]): Promise<void> {
  const file = await PartFile.open(path);
  const memory = alignedMemory(MIB);
  try {
    let position = 0;
    for (const length of [...lengths, MIB, MIB, MIB, MIB]) {
      const count = content.copy(memory, 0, position, position + length);
      for (let at = 0; at < count;) {
        at += await file.write(memory.subarray(at, count), position + at);
      }
      position += count;
    }
    await file.flush();
    assert.equal(await file.size(), content.length);
  } finally {
    await file.close();
  }
}

describe('the file that a clip comes together in', () => {
  const content = randomBytes(4 * MIB + 12_345);
  let folder: string;

  beforeEach(() => {
    folder = makeFolderOnDisk();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const pieces: [string, number[]][] = [
    ['whole', [MIB, MIB, MIB, MIB]],
    ['that begin amid a block', [100, MIB - 100, MIB, MIB, MIB]],
    ['of any length', [MIB, 4096, 5000, MIB, MIB - 5000, 524_288]],
  ];
  for (const [name, lengths] of pieces) {
    it(`has in it what was written in pieces ${name}`, async () => {
      const path = join(folder, 'part');
      await writeInPieces(path, content, lengths);
      assert.ok(readFileSync(path).equals(content));
    });
  }
});

describe('the file that a clip comes together in, on a disk that is memory', () => {
  const disk = useSmallDisk(3 * MIB, () => undefined);

  it('has in it what was written, and is full when the disk is', async () => {
    const path = join(disk(), 'part');
    const content = randomBytes(2 * MIB + 7);
    await writeInPieces(path, content, [MIB, MIB]);
    assert.ok(readFileSync(path).equals(content));
    await assert.rejects(
      writeInPieces(join(disk(), 'other'), content, [MIB, MIB]),
      (error: NodeJS.ErrnoException) => error.code === 'ENOSPC',
    );
  });
});
