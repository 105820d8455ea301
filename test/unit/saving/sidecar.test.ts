import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hashFile,
  LARGEST_SIDECAR,
  readSidecar,
  sidecarName,
  sidecarOf,
  sidecarText,
  writeSidecar,
  type Sidecar,
} from '../../../src/saving/sidecar.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { clips } from '../../fixtures/clips/clips.ts';
import { aTask, NOON, useFolder } from '../builders.ts';

const HASH = 'ab'.repeat(32);
const check = { fileCheck: 'plays', fileCheckText: null, fileDuration: 8 } as const;
const clip = { name: 'rain.mp4', size: 1234, check, sha256: HASH };

function aSidecar(facts: Partial<Task> = {}): Sidecar {
  return sidecarOf(
    aTask({
      model: 'veo_3_1_fast',
      label: 'rain',
      createdAt: NOON - 90_000,
      completedSeenAt: NOON,
      videoUrl: 'https://media.example:8443/a.mp4?X-Amz-Signature=secret#t',
      ...facts,
    }),
    clip,
    NOON + 1_000,
  );
}

describe('a sidecar', () => {
  it('has what is known of the clip, and of its link only the host', () => {
    const request = '{"model":"veo_3_1_fast","prompt":"A cat in the rain","duration":8}';
    const take = { shotFile: 'a.shot.md', shot: 'One', take: 2, verdict: 'picked', note: 'best' } as const;
    const source = { gateway: 'https://gateway.example/relay', id: 'vgen_0', at: null };
    assert.deepEqual(aSidecar({ request, ...take, source: JSON.stringify(source) }), {
      dailies: 1,
      id: 'vgen_abc123def456',
      gateway: 'https://gateway.example/kyyReactApiServer',
      model: 'veo_3_1_fast',
      label: 'rain',
      request: { model: 'veo_3_1_fast', prompt: 'A cat in the rain', duration: 8 },
      ...take,
      source,
      createdAt: '2026-11-21T09:58:30.000Z',
      completedAt: '2026-11-21T10:00:00.000Z',
      savedAt: '2026-11-21T10:00:01.000Z',
      linkHost: 'media.example:8443',
      clip: {
        name: 'rain.mp4',
        bytes: 1234,
        duration: 8,
        sha256: HASH,
        check: 'plays',
        checkReason: null,
      },
    });
  });

  it('keeps no signature, password or image data of a request', () => {
    const request = JSON.stringify({
      prompt: 'like https://me:secret@ref.example/a.png?sig=secret, but wet',
      first_image: 'https://ref.example/b.png?X-Amz-Signature=secret',
      image_urls: ['data:image/png;base64,secret', 'oss://bucket/c.png?Signature=secret'],
    });
    assert.deepEqual(aSidecar({ request }).request, {
      prompt: 'like https://ref.example/a.png but wet',
      first_image: 'https://ref.example/b.png',
      image_urls: ['data:image/png', 'oss://bucket/c.png'],
    });
  });

  it('is read back as it was written, whatever the task was like', () => {
    const odd: Partial<Task>[] = [
      {},
      { model: null, label: null, createdAt: null, completedSeenAt: null, videoUrl: null },
      { label: '雨'.repeat(5_000), model: 'm'.repeat(5_000), createdAt: 8.64e15, completedSeenAt: -1 },
      { createdAt: Number.MAX_SAFE_INTEGER, videoUrl: 'no link' },
      { request: 'no JSON' },
      { request: '["a list"]' },
      { request: `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}` },
      { request: JSON.stringify({ prompt: '雨'.repeat(50_000) }) },
      { request: JSON.stringify({ a: Array.from({ length: 15_000 }, () => 1) }) },
    ];
    for (const facts of odd) {
      const sidecar = aSidecar(facts);
      const text = sidecarText(sidecar);
      assert.deepEqual(readSidecar(text), { sidecar });
      assert.ok(Buffer.byteLength(text) <= LARGEST_SIDECAR);
    }
  });

  it('is refused with a reason when it is none, or not a valid one', () => {
    const { clip: file, ...facts } = aSidecar();
    const withFacts = (other: object): string => JSON.stringify({ ...facts, clip: file, ...other });
    const withClip = (other: object): string => JSON.stringify({ ...facts, clip: { ...file, ...other } });
    const reasonOf = (text: string): string => {
      const result = readSidecar(text);
      return 'refused' in result ? result.refused.replace(/(: (?!not)\w+).*/, '$1') : 'taken';
    };
    assert.deepEqual(
      [
        'no json',
        'null',
        '{"format":"dailies-tasks"}',
        withFacts({ dailies: 2 }),
        withFacts({ dailies: 'one' }),
        JSON.stringify(facts),
        withFacts({ id: '../keys' }),
        withFacts({ gateway: 'http://evil.example' }),
        withFacts({ gateway: 'https://gateway.example' }),
        withFacts({ label: 'x'.repeat(1_001) }),
        withFacts({ label: 1 }),
        withFacts({ request: 'text' }),
        withFacts({ request: { a: 0 } }).replace('"a":0', `"a":${'['.repeat(50_000)}${']'.repeat(50_000)}`),
        withClip({ duration: 1e300 }),
        withFacts({ completedAt: 'yesterday' }),
        withClip({ name: '../rain.mp4' }),
        withClip({ name: '..\\rain.mp4' }),
        withClip({ name: 'rain.exe' }),
        withClip({ bytes: 0 }),
        withClip({ duration: -1 }),
        withClip({ sha256: 'ab' }),
      ].map(reasonOf),
      [
        'not JSON',
        'not written by Dailies',
        'not written by Dailies',
        'written by a newer Dailies',
        'dailies: Invalid',
        'clip: Invalid',
        'id: not a task id',
        'gateway: not an address of a gateway',
        'gateway: not an address of a gateway',
        'label: Invalid',
        'label: Invalid',
        'request: Invalid',
        'nested more than 100 levels deep',
        'clip.duration: Invalid',
        'completedAt: not a time',
        'clip.name: not the name of a clip',
        'clip.name: not the name of a clip',
        'clip.name: not the name of a clip',
        'clip.bytes: Invalid',
        'clip.duration: Invalid',
        'clip.sha256: not a hash',
      ],
    );
  });

  it('is called as its clip is', () => {
    assert.deepEqual(['clip.mp4', 'clip (2).mp4', 'take 1.5_x.mp4', '/a.b/clip'].map(sidecarName), [
      'clip.json',
      'clip (2).json',
      'take 1.5_x.json',
      '/a.b/clip.json',
    ]);
  });
});

describe('the file of a sidecar', () => {
  const folder = useFolder();

  it('stands next to the clip, and never takes the place of another', async () => {
    const path = join(folder(), 'clip.mp4');
    await writeSidecar(path, 'first');
    await assert.rejects(writeSidecar(path, 'second'), { code: 'EEXIST' });
    assert.deepEqual(
      [readdirSync(folder()), readFileSync(join(folder(), 'clip.json'), 'utf8')],
      [['clip.json'], 'first'],
    );
  });

  it('leaves nothing behind where it cannot be written', async () => {
    await assert.rejects(writeSidecar(join(folder(), 'gone', 'clip.mp4'), 'text'), { code: 'ENOENT' });
    assert.deepEqual(readdirSync(folder()), []);
  });

  it('has the hash of the clip as any other program computes it', async () => {
    const path = join(folder(), 'abc');
    writeFileSync(path, 'abc');
    assert.deepEqual(
      [await hashFile(path), (await hashFile(clips.tone.path)).length],
      // FIPS 180-2, appendix B.1.
      ['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 64],
    );
    await assert.rejects(hashFile(join(folder(), 'gone')), { code: 'ENOENT' });
  });
});
