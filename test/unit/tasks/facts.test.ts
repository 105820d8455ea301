import assert from 'node:assert/strict';
import { factsText } from '../../../src/tasks/facts.ts';
import { aTask, NOON } from '../builders.ts';

describe('the facts of a task as JSON', () => {
  it('have what is of use elsewhere, in forms that everyone reads', () => {
    const task = aTask({
      label: 'rain',
      model: 'veo_3_1_fast',
      generation: 'completed',
      statusWord: 'succeeded',
      createdAt: NOON - 90_000,
      answeredAt: NOON + 2_000,
      completedSeenAt: NOON + 1_000,
      videoUrl: 'https://media.example:8443/a.mp4',
      linkExpiresAt: NOON + 86_400_000,
      file: 'saved',
      filePath: '/home/me/Videos/Dailies/rain.mp4',
      fileSize: 1234,
      fileDuration: 8.5,
      fileCheck: 'plays',
      request: '{"model":"veo_3_1_fast","prompt":"A cat in the rain"}',
    });
    assert.deepEqual(JSON.parse(factsText([task])), {
      id: 'vgen_abc123def456',
      gateway: 'https://gateway.example/kyyReactApiServer',
      label: 'rain',
      model: 'veo_3_1_fast',
      generation: 'completed',
      statusWord: 'succeeded',
      error: null,
      trackedAt: '2026-11-21T10:00:00.000Z',
      createdAt: '2026-11-21T09:58:30.000Z',
      answeredAt: '2026-11-21T10:00:02.000Z',
      completedAt: '2026-11-21T10:00:01.000Z',
      link: 'https://media.example:8443/a.mp4',
      linkExpiresAt: '2026-11-22T10:00:00.000Z',
      file: 'saved',
      filePath: '/home/me/Videos/Dailies/rain.mp4',
      fileSize: 1234,
      fileDuration: 8.5,
      fileCheck: 'plays',
      fileCheckReason: null,
      request: { model: 'veo_3_1_fast', prompt: 'A cat in the rain' },
    });
  });

  it('hold no signature, password or image data, wherever it is', () => {
    const text = factsText([
      aTask({
        videoUrl: "https://me:secret@media.example/it's.mp4?X-Amz-Signature=secret#secret",
        error: 'cannot read https://ref.example/b.png?sig=secret',
        rawAnswer: '{"video_url":"https://media.example/a.mp4?X-Amz-Signature=secret"}',
        problemText: 'secret',
        part: '{"link":"https://media.example/a.mp4?X-Amz-Signature=secret"}',
        request: '{"image_urls":["https://ref.example/c.png?sig=secret","data:image/png;base64,secret"]}',
      }),
    ]);
    assert.doesNotMatch(text, /secret/);
    assert.match(text, /"link": "https:\/\/media\.example\/it's\.mp4"/);
  });

  it('are an object for one task, and an array for several', () => {
    const [first, second] = [aTask(), aTask({ key: 2, id: 'video_2' })];
    const both = JSON.parse(factsText([first, second])) as { id: string }[];
    assert.deepEqual(
      both.map(task => task.id),
      [first.id, second.id],
    );
  });

  it('say nothing of a time that no calendar has, or of a request that is none', () => {
    const facts = JSON.parse(factsText([aTask({ createdAt: 1e20, request: 'not JSON' })])) as object;
    assert.deepEqual({ ...facts, ...{ createdAt: null, request: null } }, facts);
  });
});
