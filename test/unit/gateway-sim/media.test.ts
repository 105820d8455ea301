import assert from 'node:assert/strict';

import { clipBytes } from '../../fixtures/clips/clips.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { type Reply, finished, send, videoUrl } from './client.ts';

const noon = Date.UTC(2026, 0, 2, 12);
const whole = clipBytes('tone');
const size = whole.length;
const done = { ...finished, clip: 'tone' } as const;

function range(bytes: string, more: Record<string, string> = {}): { headers: Record<string, string> } {
  return { headers: { range: `bytes=${bytes}`, ...more } };
}

/** Status, Content-Range and whether the bytes are those from `start` to before `end`. */
function told({ status, headers, body }: Reply, start: number, end: number): unknown[] {
  return [status, headers['content-range'], body.equals(whole.subarray(start, end))];
}

describe('the simulated media origin', () => {
  it('serves the whole clip as video/mp4 with a length, an ETag and a date', async () => {
    await using gateway = await startGateway({ now: () => noon });
    const { status, headers, body } = await send(await videoUrl(gateway, gateway.addTask(done)));
    assert.deepStrictEqual(
      [
        status,
        headers['content-type'],
        headers['content-length'],
        headers['accept-ranges'],
        body.equals(whole),
      ],
      [200, 'video/mp4', String(size), 'bytes', true],
    );
    assert.match(headers.etag ?? '', /^"[0-9a-f]{32}"$/);
    assert.equal(headers['last-modified'], 'Fri, 02 Jan 2026 11:59:50 GMT');
  });

  it('responds to HEAD with the headers alone', async () => {
    await using gateway = await startGateway();
    const { status, headers, body } = await send(await videoUrl(gateway, gateway.addTask(done)), {
      method: 'HEAD',
    });
    assert.deepStrictEqual([status, headers['content-length'], body.length], [200, String(size), 0]);
  });

  it('serves parts: from the middle, to the end, the last bytes, and says so beyond the end', async () => {
    await using gateway = await startGateway();
    const url = await videoUrl(gateway, gateway.addTask(done));
    const middle = await send(url, range('100-199'));
    const rest = await send(url, range('1000-'));
    const last = await send(url, range('-50'));
    const beyond = await send(url, range(`${size}-`));
    const backwards = await send(url, range('9-3'));
    assert.deepStrictEqual(
      [told(middle, 100, 200), told(rest, 1000, size), told(last, size - 50, size), told(backwards, 0, size)],
      [
        [206, `bytes 100-199/${size}`, true],
        [206, `bytes 1000-${size - 1}/${size}`, true],
        [206, `bytes ${size - 50}-${size - 1}/${size}`, true],
        [200, undefined, true],
      ],
    );
    assert.deepStrictEqual([beyond.status, beyond.headers['content-range']], [416, `bytes */${size}`]);
  });

  it('resumes under If-Range while the file is the same, by ETag or date, and starts over when it has changed', async () => {
    await using gateway = await startGateway();
    const id = gateway.addTask(done);
    const url = await videoUrl(gateway, id);
    const { headers } = await send(url);
    const byTag = range('500-', { 'if-range': headers.etag ?? '' });
    const byDate = range('500-', { 'if-range': headers['last-modified'] ?? '' });
    const statuses = [(await send(url, byTag)).status, (await send(url, byDate)).status];
    gateway.setFaults([{ kind: 'etagChanged' }], `media:${id}`);
    const changed = await send(url, byTag);
    statuses.push(changed.status, (await send(url, byTag)).status, (await send(url, byDate)).status);
    assert.deepStrictEqual(statuses, [206, 206, 200, 200, 200]);
    assert.notEqual(changed.headers.etag, headers.etag);
  });

  it('ignores a range, or sends the wrong one, when that fault is set', async () => {
    await using gateway = await startGateway();
    const url = await videoUrl(gateway, gateway.addTask(done));
    gateway.setFaults([{ kind: 'rangeIgnored' }, { kind: 'rangeWrong' }], 'media');
    const ignored = await send(url, range('1000-1099'));
    const wrong = await send(url, range('1000-1099'));
    assert.deepStrictEqual(
      [told(ignored, 0, size), ignored.headers['accept-ranges'], told(wrong, 0, 100)],
      [[200, undefined, true], undefined, [206, `bytes 0-99/${size}`, true]],
    );
  });

  it('refuses a link after its life with 403 and XML, whatever the link looks like', async () => {
    for (const linkStyle of ['aws', 'expires', 'plain'] as const) {
      await using gateway = await startGateway({ now: () => noon });
      const url = await videoUrl(gateway, gateway.addTask({ ...done, linkStyle }));
      // Completed ten seconds before noon, so the 24 h end ten seconds before the next.
      gateway.advance(24 * 3600_000 - 10_001);
      const before = await send(url);
      gateway.advance(1);
      const after = await send(url);
      assert.deepStrictEqual(
        [before.status, after.status, after.headers['content-type']],
        [200, 403, 'application/xml'],
      );
      assert.match(after.body.toString(), /<Code>AccessDenied<\/Code><Message>Request has expired</);
    }
  });

  it('says in the link when it was born and how long it lives', async () => {
    await using gateway = await startGateway({ now: () => noon, linkLifeMs: 3600_000 });
    const aws = new URL(await videoUrl(gateway, gateway.addTask(done))).searchParams;
    const expires = new URL(
      await videoUrl(gateway, gateway.addTask({ ...done, linkStyle: 'expires', linkLifeS: 60 })),
    );
    assert.deepStrictEqual(
      [aws.get('X-Amz-Date'), aws.get('X-Amz-Expires'), expires.searchParams.get('Expires')],
      ['20260102T115950Z', '3600', String(noon / 1000 + 50)],
    );
  });

  it('refuses another path’s signature, a stretched life and a missing query', async () => {
    await using gateway = await startGateway();
    const mine = new URL(await videoUrl(gateway, gateway.addTask(done)));
    const other = new URL(await videoUrl(gateway, gateway.addTask({ ...done, linkStyle: 'expires' })));
    const stretched = new URL(mine);
    stretched.searchParams.set('X-Amz-Expires', '999999');
    const urls = [other.origin + mine.pathname + other.search, stretched.href, mine.origin + mine.pathname];
    for (const url of urls) {
      const { status, body } = await send(url);
      assert.equal(status, 403);
      assert.match(body.toString(), /SignatureDoesNotMatch/);
    }
  });

  it('refuses a request that brings an Authorization header', async () => {
    await using gateway = await startGateway();
    const url = await videoUrl(gateway, gateway.addTask(done));
    assert.equal((await send(url, { headers: { authorization: 'Bearer stray' } })).status, 400);
  });

  it('has no file for a task that is not completed', async () => {
    await using gateway = await startGateway();
    const id = gateway.addTask({ clip: 'tone' });
    assert.equal((await send(`${gateway.mediaOrigin}/clips/${id}/tone.mp4`)).status, 404);
    assert.equal((await send(`${gateway.mediaOrigin}/clips/%ff/tone.mp4`)).status, 404);
  });

  it('can be made to return expired, any status, or HTML in place of the file', async () => {
    await using gateway = await startGateway();
    const url = await videoUrl(gateway, gateway.addTask(done));
    gateway.setFaults(
      [{ kind: 'expired' }, { kind: 'status', status: 410 }, { kind: 'html' }, { kind: 'emptyBody' }],
      'media',
    );
    const told: unknown[] = [];
    for (let round = 0; round < 5; round++) {
      const { status, headers } = await send(url);
      told.push([status, headers['content-type']]);
    }
    assert.deepStrictEqual(told, [
      [403, 'application/xml'],
      [410, 'application/xml'],
      [200, 'text/html; charset=utf-8'],
      [200, undefined],
      [200, 'video/mp4'],
    ]);
  });
});
