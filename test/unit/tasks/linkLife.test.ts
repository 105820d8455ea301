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

  it('is what any of the other ways to sign a link says', () => {
    const unix = String(NOON / 1000);
    const ms = String(NOON);
    const iso = new Date(NOON).toISOString();
    const jwt = ['{"alg":"HS256"}', JSON.stringify({ sub: '1', exp: NOON / 1000 }), 'sign'].map(part =>
      Buffer.from(part).toString('base64url'),
    );
    const policy = Buffer.from(
      JSON.stringify({ Statement: [{ Condition: { DateLessThan: { 'AWS:EpochTime': NOON / 1000 } } }] }),
    );
    const ends = [
      `se=${encodeURIComponent(iso)}&st=2026-11-20T00:00:00Z&sp=r&sig=x`,
      `se=2026-11-21T10:00:00Z&ske=2026-11-28T00:00:00Z`,
      `x-expires=${unix}&x-signature=y`,
      `X-Tos-Date=20261121T090000Z&X-Tos-Expires=3600&X-Tos-Security-Token=z`,
      `x-oss-date=20261121T090000Z&x-oss-expires=3600`,
      `x-oss-expires=${unix}`,
      `q-sign-algorithm=sha1&q-sign-time=1700000000;${unix}&q-key-time=1700000000;${unix}`,
      `auth_key=${unix}-0-0-abc`,
      `wsSecret=a&wsTime=${(NOON / 1000).toString(16)}`,
      `exp=${ms}`,
      `e=${unix}&token=qiniu`,
      `deadline=${unix}`,
      `expire=${encodeURIComponent(iso)}`,
      `token=${jwt.join('.')}`,
      `hdnts=exp=${unix}~acl=/*~hmac=1`,
      `Policy=${policy.toString('base64').replaceAll('=', '_')}&Signature=x`,
      `Expires=${unix}&X-Amz-Date=20261121T090000Z&X-Amz-Expires=36000`,
    ].map(query => [query, signedExpiry(`https://m.example/a.mp4?${query}`)]);
    assert.deepEqual(
      ends,
      ends.map(([query]) => [query, NOON]),
    );
  });

  it('is not what only looks like it', () => {
    assert.deepEqual(
      [
        'e=3',
        'exp=86400',
        'x-expires=600',
        'expires=never',
        'expires=99999999999999999',
        'wsTime=hello',
        'token=a.b.c',
        'se=5',
      ].map(query => signedExpiry(`https://m.example/a.mp4?${query}`)),
      Array.from({ length: 8 }, () => null),
    );
  });

  it('is no longer than a day with credentials that pass, and what the signature says with others', () => {
    const week = 'X-Amz-Date=20261121T100000Z&X-Amz-Expires=604800';
    const link = `https://m.example/a.mp4?${week}`;
    assert.deepEqual(
      [
        assumedExpiry(link, NOON, NOON),
        assumedExpiry(`${link}&X-Amz-Security-Token=x`, NOON - MINUTE, NOON),
        assumedExpiry(
          'https://m.example/a.mp4?x-expires=1795255200&x-tos-security-token=1',
          null,
          Date.UTC(2026, 10, 21),
        ),
      ],
      [NOON + 7 * 24 * HOUR, NOON - MINUTE + 24 * HOUR, NOON],
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
