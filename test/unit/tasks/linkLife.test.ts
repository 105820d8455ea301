import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { assumedExpiry, signedExpiry } from '../../../src/tasks/linkLife.ts';
import { NOON } from '../builders.ts';

describe('the life of a link', () => {
  it('is what its signature says, in the forms that storage services use', () => {
    const unix = String(NOON / 1000);
    assert.deepEqual(
      [
        'https://m.example/a.mp4?X-Amz-Date=20261121T090000Z&X-Amz-Expires=3600&X-Amz-Signature=0',
        'https://m.example/a.mp4?X-Goog-Date=20261121T090000Z&X-Goog-Expires=3600',
        `https://m.example/a.mp4?OSSAccessKeyId=x&Expires=${unix}&Signature=y`,
        'https://m.example/a.mp4?expires=3600',
        'https://m.example/a.mp4?X-Amz-Date=yesterday&X-Amz-Expires=3600',
        'https://m.example/a.mp4',
        'not a link',
      ].map(signedExpiry),
      [NOON, NOON, NOON, null, null, null, null],
    );
  });

  it('is assumed to be 24 hours from its earliest possible birth otherwise', () => {
    const link = 'https://m.example/a.mp4';
    assert.deepEqual(
      [
        assumedExpiry(link, NOON - MINUTE, NOON),
        assumedExpiry(link, null, NOON),
        assumedExpiry(link, NOON + HOUR, NOON),
      ],
      [NOON - MINUTE + 24 * HOUR, NOON + 24 * HOUR, NOON + 24 * HOUR],
    );
  });
});
