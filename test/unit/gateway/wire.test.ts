import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readResult, readRetryAfter, type WireResponse } from '../../../src/gateway/wire.ts';
import type { Reply } from '../../../src/tasks/reply.ts';

const BASE = 'https://gateway.example/kyyReactApiServer';

function read(body: unknown, status = 200, retryAfter?: string): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readResult({ status, body: text, retryAfter }, BASE);
}

/** A reply without the raw body, in one line's worth of facts. */
function gist(reply: Reply): unknown {
  switch (reply.kind) {
    case 'response':
    case 'taskFailure': {
      const { generation, videoUrl, error } = reply.response;
      return { [reply.kind]: generation, ...(videoUrl && { videoUrl }), ...(error && { error }) };
    }
    case 'requestFailed':
      return {
        requestFailed: reply.problem,
        text: reply.text,
        ...(reply.retryAfter !== null && { retryAfter: reply.retryAfter }),
      };
    case 'keyRejected':
      return { keyRejected: reply.text };
  }
}

describe('the parser of results', () => {
  it('finds the image or audio of a model that makes no videos, and never takes the cover of a video for it', () => {
    const done = { id: 'vgen_1', status: 'completed', video_url: null };
    const linkIn = (facts: object): unknown => {
      const reply = readResult({ status: 200, body: JSON.stringify({ ...done, ...facts }) }, BASE, 'vgen_1');
      return 'response' in reply ? [reply.response.generation, reply.response.videoUrl] : reply;
    };
    const [image, sound] = ['https://media.example/a.png?sig=1', 'https://media.example/a.mp3'];
    for (const facts of [
      { model: 'nano-banana', image_url: image },
      { model: 'gpt-image-2', reference_url: 'https://media.example/b.png', url: image },
      { model: 'image2', data: [{ url: image }] },
      { model: 'nano-banana', images: [image, 'https://media.example/b.png'] },
      { model: 'nano-banana', result_url: image, thumbnail_url: 'https://media.example/b.png' },
    ]) {
      assert.deepEqual(linkIn(facts), ['completed', image], JSON.stringify(facts));
    }
    assert.deepEqual(linkIn({ model: 'soundCloning', audio_url: sound }), ['completed', sound]);
    for (const model of ['veo_3_1_fast', 'new_model', null]) {
      assert.deepEqual(linkIn({ model, image_url: image, audio_url: sound }), ['completed', null]);
    }
    assert.deepEqual(linkIn({ model: 'nano-banana', cover_url: image }), ['completed', null]);
  });

  it('reads the documented sample responses word for word', () => {
    // docs.globalaiopc.com/en/api-reference/video/veo/veo-query
    const veo = `{
  "id": "vgen_abc123def456",
  "object": "video",
  "created": 1761635478,
  "model": "veo_3_1_fast",
  "status": "processing",
  "video_url": null,
  "error": null
}`;
    // docs.globalaiopc.com/en/api-reference/video/grok/grok-query
    const grok = `{
  "id": "video_fd35ee52-2a98-44a6-b930-29a88ce9b8fd",
  "object": "video",
  "created": 1774836724,
  "model": "grok_video3",
  "status": "queued",
  "video_url": null,
  "error": null
}`;
    const nothing = { videoUrl: null, actualDuration: null, amount: null, error: null };
    assert.deepEqual(
      [read(veo), read(grok)],
      [
        {
          kind: 'response',
          response: {
            generation: 'processing',
            statusWord: 'processing',
            model: 'veo_3_1_fast',
            createdAt: 1761635478000,
            raw: veo,
            ...nothing,
          },
        },
        {
          kind: 'response',
          response: {
            generation: 'queued',
            statusWord: 'queued',
            model: 'grok_video3',
            createdAt: 1774836724000,
            raw: grok,
            ...nothing,
          },
        },
      ],
    );
  });

  it('reads what a task was charged, as a number or as digits, and nothing else', () => {
    const amountIn = (amount: unknown): unknown => {
      const reply = read({
        id: 'vgen_1',
        status: 'completed',
        video_url: 'https://media.example/a.mp4',
        amount,
      });
      return 'response' in reply ? reply.response.amount : reply.kind;
    };
    assert.deepEqual([0.76, '0.72', 0, '', -1, 'free', null, { cny: 1 }].map(amountIn), [
      0.76,
      0.72,
      0,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('reads a completed response, flat or wrapped', () => {
    const body = {
      id: 'vgen_1',
      status: 'completed',
      video_url: 'https://media.example/a.mp4?sig=1',
      actualDuration: 8.0,
    };
    const completed = { response: 'completed', videoUrl: 'https://media.example/a.mp4?sig=1' };
    assert.deepEqual(
      [
        gist(read(body)),
        gist(read({ code: 0, msg: 'ok', data: body })),
        gist(read({ code: '0', data: { status: 'success', result_url: body.video_url } })),
        gist(read({ status: 'done', result: { url: body.video_url } })),
      ],
      [completed, completed, completed, completed],
    );
  });

  it('believes the inner status of a wrapped response, not the envelope', () => {
    assert.deepEqual(gist(read({ status: 'success', data: { status: 'processing' } })), {
      response: 'processing',
    });
  });

  it('distinguishes every error row of the API notes', () => {
    const rows: [string, Reply, unknown][] = [
      [
        'task failed',
        read({ status: 'failed', error: 'policy' }),
        { taskFailure: 'failed', error: 'policy' },
      ],
      [
        'task failed, error as object',
        read({ status: 'failed', error: { code: 'E1', message: 'policy' } }),
        { taskFailure: 'failed', error: 'policy (E1)' },
      ],
      ['cancelled', read({ status: 'cancelled' }), { taskFailure: 'cancelled' }],
      [
        'key rejected at HTTP 200',
        read({ code: '204', msg: '登录验证失败' }),
        { keyRejected: '登录验证失败' },
      ],
      [
        'key rejected, code as number',
        read({ code: 204, msg: '登录验证失败' }),
        { keyRejected: '登录验证失败' },
      ],
      [
        'key rejected upstream',
        read({ error: { code: 'AuthenticationError', message: 'no', type: 'Unauthorized' } }, 401),
        { keyRejected: 'no (AuthenticationError)' },
      ],
      [
        'business error',
        read({ code: 1001, msg: 'no asset', data: null }),
        { requestFailed: 'refused', text: 'no asset (code 1001)' },
      ],
      [
        'business error -1',
        read({ code: -1, msg: 'gone', data: null }),
        { requestFailed: 'refused', text: 'gone (code -1)' },
      ],
      [
        'unknown route',
        read({ message: 'No handler found for GET /v1/x' }, 404),
        { requestFailed: 'wrongAddress', text: 'No handler found for GET /v1/x' },
      ],
      [
        'unknown id',
        read({ code: 404, msg: 'no such task' }, 404),
        { requestFailed: 'notFound', text: 'no such task' },
      ],
      [
        'maintenance page, 502',
        read('<html><title>Bad</title><body>502 Bad Gateway</body></html>', 502),
        { requestFailed: 'server', text: 'HTTP 502: Bad 502 Bad Gateway' },
      ],
      [
        'maintenance page, 200',
        read('<html><h1>Back soon</h1></html>'),
        { requestFailed: 'notJson', text: 'Back soon' },
      ],
      ['no status at all', read({}), { requestFailed: 'unexpected', text: '' }],
      ['empty body', read(''), { requestFailed: 'notJson', text: '' }],
      ['rate limit', read({ msg: 'slow down' }, 429), { requestFailed: 'rateLimited', text: 'slow down' }],
      [
        'rate limit with Retry-After',
        read('', 429, '7'),
        { requestFailed: 'rateLimited', text: '', retryAfter: 7000 },
      ],
      ['completed without link', read({ status: 'completed', video_url: null }), { response: 'completed' }],
      ['unknown status word', read({ status: 'rendering_pass_2' }), { response: 'unrecognised' }],
      ['a word that is denied', read({ id: 'vgen_1', status: '!ok' }), { response: 'unrecognised' }],
      ['a word that is asked for', read({ id: 'vgen_1', status: 'done?' }), { response: 'unrecognised' }],
      ['a word with a mark', read({ id: 'vgen_1', status: 'Done!' }), { response: 'completed' }],
      ['redirect', read('', 302), { requestFailed: 'redirected', text: 'HTTP 302' }],
      [
        'a failed task behind HTTP 500',
        read({ status: 'failed' }, 500),
        { requestFailed: 'server', text: 'HTTP 500' },
      ],
    ];
    assert.deepEqual(
      rows.map(([name, reply]) => [name, gist(reply)]),
      rows.map(([name, , expected]) => [name, expected]),
    );
  });

  it('reads a creation time in seconds or milliseconds', () => {
    const created = (value: unknown): unknown => {
      const reply = read({ status: 'queued', created: value });
      return reply.kind === 'response' ? reply.response.createdAt : reply;
    };
    assert.deepEqual(
      [
        created(1761635478),
        created(1761635478000),
        created('1761635478'),
        created('soon'),
        created(-1),
        created(1e300),
      ],
      [1761635478000, 1761635478000, 1761635478000, null, null, null],
    );
  });

  it('takes only web links, and resolves one without a host against the gateway', () => {
    const link = (value: unknown): unknown => {
      const reply = read({ status: 'completed', video_url: value });
      return reply.kind === 'response' ? reply.response.videoUrl : reply;
    };
    assert.deepEqual(
      [link('/files/a.mp4'), link('javascript:alert(1)'), link('file:///etc/passwd'), link('a.mp4'), link(7)],
      ['https://gateway.example/files/a.mp4', null, null, null, null],
    );
  });

  it('says completed or failed only where a successful response has such a status word, in 10,000 bodies', () => {
    const words = fc.constantFrom(
      'queued',
      'Processing',
      'completed',
      'SUCCESS',
      'failed',
      'Error',
      'cancelled',
      'expired',
      'x',
      '',
      ' done ',
      'Done!',
      '!ok',
    );
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), words);
    const facts = {
      status: fc.oneof(words, scalar),
      code: fc.oneof(fc.constantFrom('0', 0, 200, '204', 1001, -1), scalar),
      video_url: fc.oneof(fc.webUrl(), scalar),
      error: fc.oneof(scalar, fc.object()),
      created: scalar,
      model: scalar,
      msg: scalar,
      actualDuration: scalar,
    };
    const flat = fc.record(facts, { requiredKeys: [] });
    const body = fc.oneof(
      flat,
      fc.record(
        { ...facts, data: fc.oneof(flat, scalar), result: fc.oneof(flat, scalar) },
        { requiredKeys: [] },
      ),
      fc.jsonValue(),
    );
    const text = fc.oneof(
      { weight: 8, arbitrary: body.map(value => JSON.stringify(value)) },
      { weight: 1, arbitrary: fc.string() },
      { weight: 1, arbitrary: body.map(value => JSON.stringify(value).slice(0, -1)) },
    );
    const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.integer({ min: 100, max: 599 }));
    fc.assert(
      fc.property(text, status, fc.option(fc.string(), { nil: undefined }), (sent, code, retryAfter) => {
        const reply = readResult({ status: code, body: sent, retryAfter } satisfies WireResponse, BASE);
        const generation = 'response' in reply ? reply.response.generation : undefined;
        const says = (words: RegExp): boolean => statusesOf(sent).some(word => words.test(word));
        if (generation === 'completed') {
          assert.ok(says(/^(completed?|succeeded|success|done|finished|ok)$/), sent);
        }
        if (generation === 'failed' || generation === 'cancelled') {
          assert.ok(says(/^(failed|fail|failure|error|errored|cancelled|canceled|expired)$/), sent);
        }
        if (generation !== undefined) {
          assert.ok(code >= 200 && code < 300, `HTTP ${code} was taken for an answer`);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

/** All status words that an answer carries, found without the parser's help. */
function statusesOf(body: string): string[] {
  const words: string[] = [];
  JSON.parse(body, (name, value: unknown) => {
    if (/^(status|state)$/i.test(name) && typeof value === 'string') {
      words.push(value.toLowerCase().replace(/^[^a-z]+|[^a-z]+$/g, ''));
    }
    return value;
  });
  return words;
}

describe('a response without end', () => {
  const read = (body: string): string => {
    const reply = readResult({ status: 200, body }, 'https://gateway.example/api', 'vgen_1');
    return 'response' in reply ? `${reply.response.generation} ${reply.response.videoUrl ?? ''}` : reply.kind;
  };
  const task = '"id":"vgen_1","status":"completed","video_url":"https://m.example/v.mp4"';

  it('is read where a list in it has half a million elements', () => {
    assert.equal(read(`{${task},"list":[${'1,'.repeat(500_000)}1]}`), 'completed https://m.example/v.mp4');
  });

  it('is read where the task is one of a hundred thousand', () => {
    assert.equal(read(`{"data":[${'{},'.repeat(100_000)}{${task}}]}`), 'completed https://m.example/v.mp4');
  });

  it('is read as far as its first two hundred names go', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `"name${index}":1`).join(',');
    assert.equal(read(`{${task},${names}}`), 'completed https://m.example/v.mp4');
    assert.equal(read(`{${names},${task}}`), 'requestFailed');
  });
});

describe('Retry-After', () => {
  it('is read in seconds or as a date, and is nothing otherwise', () => {
    const now = Date.UTC(2026, 10, 21, 10, 0, 0);
    assert.deepEqual(
      [
        '120',
        ' 5 ',
        '0',
        'Sat, 21 Nov 2026 10:01:00 GMT',
        'Sat, 21 Nov 2026 09:00:00 GMT',
        '-4',
        'soon',
        '',
        undefined,
      ].map(header => readRetryAfter(header, now)),
      [120_000, 5_000, 0, 60_000, 0, null, null, null, null],
    );
  });
});
