import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { requestRest, type Beginning } from '../../../src/saving/range.ts';
import { useMediaHost, type HostAnswer } from './mediaHost.ts';

const RULES = { allowLoopback: true, largest: 1000 };

describe('requesting the rest of a clip', () => {
  const host = useMediaHost();

  /** What comes, from where on, of which version, and what each request asked for. */
  const ask = async (beginning: Beginning, ...answers: HostAnswer[]): Promise<unknown[]> => {
    host().answers.push(...answers);
    const { signal } = new AbortController();
    try {
      const rest = await requestRest(host().link, beginning, RULES, signal);
      const body = await buffer(rest.response.body);
      return [body.toString(), rest.start, rest.total, rest.validator, ...asked()];
    } catch (error) {
      return [(error as Error).message, ...asked()];
    }
  };
  const asked = (): string[] =>
    host().asked.map(headers => {
      const validator = String(headers['if-range'] ?? '');
      return (headers.range ?? 'all') + (validator === '' ? '' : ` if ${validator}`);
    });

  const part = (etag: string | null, range = 'bytes 3-5/6', body = 'def'): HostAnswer => ({
    status: 206,
    headers: { 'Content-Range': range, ...(etag !== null && { ETag: etag }) },
    body: Buffer.from(body),
  });
  const whole: HostAnswer = { headers: { ETag: '"2"' }, body: Buffer.from('ABCDEF') };

  describe('what a version is called', () => {
    const first = { size: 0, validator: null };
    const modified = 'Sat, 21 Nov 2026 10:00:00 GMT';
    const answer = (headers: HostAnswer['headers'] = {}): HostAnswer => ({ headers, body: Buffer.from('a') });
    const names: [string, HostAnswer['headers'], string | null][] = [
      ['its strong ETag', { ETag: '"a"', 'Last-Modified': modified }, '"a"'],
      ['nothing, where its ETag is weak', { ETag: 'W/"a"' }, null],
      ['nothing, where its ETag is no such thing', { ETag: 'a' }, null],
      ['nothing, where the host says nothing', {}, null],
      [
        'its date, where the ETag is weak and the date a minute old',
        { ETag: 'W/"a"', 'Last-Modified': modified, Date: 'Sat, 21 Nov 2026 10:01:00 GMT' },
        modified,
      ],
      [
        'nothing, where it may change again within the second of its date',
        { 'Last-Modified': modified, Date: 'Sat, 21 Nov 2026 10:00:59 GMT' },
        null,
      ],
      ['nothing, where the host does not tell the time', { 'Last-Modified': modified }, null],
      ['nothing, where the date is none', { 'Last-Modified': 'today', Date: modified }, null],
    ];
    for (const [name, headers, validator] of names) {
      it(`is ${name}`, async () => {
        assert.deepEqual(await ask(first, answer(headers)), ['a', 0, 1, validator, 'all']);
      });
    }
  });

  it('requests the rest only of a version that has a name', async () => {
    assert.deepEqual(await ask({ size: 3, validator: null }, whole), ['ABCDEF', 0, 6, '"2"', 'all']);
  });

  const DATE = 'Sat, 21 Nov 2026 10:00:00 GMT';
  const rests: [string, string, HostAnswer][] = [
    ['of that ETag', '"1"', part('"1"')],
    ['without a word about its version', '"1"', part(null)],
    ['of that date', DATE, { ...part('W/"x"'), headers: { ...part(null).headers, 'Last-Modified': DATE } }],
    [
      'with a new ETag, of that date',
      DATE,
      { ...part('"x"'), headers: { ...part('"x"').headers, 'Last-Modified': DATE } },
    ],
    ['of a date, without a word about it', DATE, part(null)],
  ];
  for (const [name, validator, answer] of rests) {
    it(`takes a rest ${name}`, async () => {
      assert.deepEqual(await ask({ size: 3, validator }, answer), [
        'def',
        3,
        6,
        validator,
        `bytes=3- if ${validator}`,
      ]);
    });
  }

  it('takes a rest of a clip whose length the host does not know', async () => {
    assert.deepEqual(await ask({ size: 3, validator: '"1"' }, part('"1"', 'bytes 3-5/*')), [
      'def',
      3,
      null,
      '"1"',
      'bytes=3- if "1"',
    ]);
  });

  const later = 'Sat, 21 Nov 2026 10:00:09 GMT';
  const strangers: [string, string, HostAnswer][] = [
    ['of another ETag', '"1"', part('"2"')],
    ['of a weak ETag', '"1"', part('W/"1"')],
    ['of another date', DATE, { ...part(null), headers: { ...part(null).headers, 'Last-Modified': later } }],
    ['from elsewhere', '"1"', part('"1"', 'bytes 2-5/6', 'cdef')],
    ['from nobody knows where', '"1"', { status: 206, body: Buffer.from('def') }],
    ['in another unit', '"1"', part('"1"', 'frames 3-5/6')],
    ['that lies beyond the end', '"1"', { status: 416, headers: { 'Content-Range': 'bytes */2' } }],
    ['that cannot be had', '"1"', { status: 416 }],
    ['that ends before it begins', '"1"', part('"1"', 'bytes 3-1/6')],
  ];
  for (const [name, validator, answer] of strangers) {
    it(`requests the whole clip in place of a rest ${name}`, async () => {
      assert.deepEqual(await ask({ size: 3, validator }, answer, whole), [
        'ABCDEF',
        0,
        6,
        '"2"',
        `bytes=3- if ${validator}`,
        'all',
      ]);
    });
  }

  it('takes the whole clip where a host gives no parts', async () => {
    const answer = await ask({ size: 3, validator: '"1"' }, whole);
    assert.deepEqual(answer, ['ABCDEF', 0, 6, '"2"', 'bytes=3- if "1"']);
  });

  it('knows that all was there already', async () => {
    const answer = { status: 416, headers: { 'Content-Range': 'bytes */6' } };
    assert.deepEqual(await ask({ size: 6, validator: '"1"' }, answer), ['', 6, 6, '"1"', 'bytes=6- if "1"']);
  });

  it('does not know how long a clip is that comes without a length', async () => {
    const body: HostAnswer['body'] = response =>
      new Promise(done =>
        response.write('abc', () => {
          done();
        }),
      );
    assert.deepEqual(await ask({ size: 0, validator: null }, { body }), ['abc', 0, null, null, 'all']);
  });

  const nothing = { size: 0, validator: null };
  const wholes: [string, HostAnswer, (string | number | null)[]][] = [
    ['a part that is all of it', part('"1"', 'bytes 0-2/3'), ['def', 0, 3, '"1"']],
    ['a part that does not say which', { ...part('"1"'), headers: { ETag: '"1"' } }, ['def', 0, 3, '"1"']],
    ['what a proxy has had in its hands', { ...whole, status: 203 }, ['ABCDEF', 0, 6, '"2"']],
    ['a part of which more is to come', part('"1"', 'bytes 0-2/6'), ['def', 0, 6, '"1"']],
    ['a part of nobody knows how much', part('"1"', 'bytes 0-2/*'), ['def', 0, null, '"1"']],
  ];
  for (const [name, answer, taken] of wholes) {
    it(`accepts, requesting the whole, ${name}`, async () => {
      assert.deepEqual(await ask(nothing, answer), [...taken, 'all']);
    });
  }

  const parts = {
    status: 206,
    headers: { 'Content-Type': 'multipart/byteranges; boundary=x' },
    body: Buffer.from('--x'),
  };
  const refusals: [string, HostAnswer, string][] = [
    ['the middle', part('"1"'), 'status: 206'],
    ['several parts', parts, 'status: 206'],
    ['a promise', { status: 202 }, 'status: 202'],
    ['nothing', { status: 204, body: Buffer.alloc(0) }, 'status: 204'],
  ];
  for (const [name, answer, problem] of refusals) {
    it(`does not accept, requesting the whole, ${name}`, async () => {
      assert.deepEqual(await ask(nothing, answer), [problem, 'all']);
    });
  }

  it('requests the whole clip in place of several parts of the rest', async () => {
    assert.deepEqual((await ask({ size: 3, validator: '"1"' }, parts, whole)).slice(0, 2), ['ABCDEF', 0]);
  });

  it('takes any other status for what it is', async () => {
    assert.deepEqual((await ask({ size: 3, validator: '"1"' }, { status: 503 }))[0], 'status: 503');
  });
});
