import assert from 'node:assert/strict';
import { readResult } from '../../../src/gateway/wire.ts';
import type { Reply } from '../../../src/tasks/reply.ts';

const BASE = 'https://gateway.example/relay';
const CLIP = 'https://media.example/a.mp4?sig=1';

function read(body: unknown, status = 200): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readResult({ status, body: text }, BASE, 'vgen_1');
}

/** In a word: the generation, or why the task could not be asked about. */
function word(body: unknown, status = 200): string {
  const reply = read(body, status);
  return 'response' in reply
    ? reply.response.generation
    : reply.kind === 'keyRejected'
      ? reply.kind
      : reply.problem;
}

function link(body: unknown): string | null {
  const reply = read(body);
  return 'response' in reply ? reply.response.videoUrl : `no answer: ${word(body)}`;
}

function reason(body: unknown): string | null {
  const reply = read(body);
  return 'response' in reply ? reply.response.error : `no answer: ${word(body)}`;
}

/** Holds each row of a table; says which do not hold, all at once. */
function holds<T>(
  read: (body: unknown) => T,
  rows: readonly (readonly [body: unknown, expected: T])[],
): void {
  assert.deepEqual(
    rows.map(([body]) => ({ body, is: read(body) })),
    rows.map(([body, expected]) => ({ body, is: expected })),
  );
}

describe('the envelope of a response', () => {
  it('is judged first, and its words are none of the task', () => {
    holds(word, [
      [{ code: '204', msg: '登录验证失败', status: 'error' }, 'keyRejected'],
      [{ code: 429, msg: '请求过于频繁', status: 'fail' }, 'rateLimited'],
      [{ code: '429', message: 'slow down', status: 'failed', id: 'vgen_1' }, 'rateLimited'],
      [{ code: 0, status: 'success', data: { task_status: 'processing' } }, 'processing'],
      [{ code: 0, status: 'success', data: { status: 'processing' } }, 'processing'],
      [{ code: 0, id: 'req-1', status: 'success', data: { status: 'processing' } }, 'processing'],
      [{ code: 0, id: 'req-1', status: 'success', data: { task_status: 'processing' } }, 'processing'],
      [{ code: 0, status: 'success', data: { progress: 40 } }, 'unexpected'],
      [{ status: 'success', message: 'ok' }, 'unexpected'],
      [{ code: 0, status: 'success', data: { status: 'reviewing' } }, 'unrecognised'],
      [{ status: 'success', data: { status: 'reviewing' } }, 'unrecognised'],
      [{ code: 500, msg: 'internal', status: 'failed' }, 'server'],
      [{ code: 502, data: { status: 'failed' } }, 'server'],
      [{ code: 0, data: { code: 429, msg: 'slow', status: 'fail' } }, 'rateLimited'],
      [{ statusCode: 429, body: '{"status":"failed"}' }, 'rateLimited'],
      [{ status: 401, message: 'Unauthorized' }, 'keyRejected'],
      [{ status: '429', message: 'x' }, 'rateLimited'],
      [{ success: false, message: 'API key invalid', data: null }, 'keyRejected'],
      [{ success: false, status: 'failed', message: '系统繁忙' }, 'server'],
      [{ success: false, data: { id: 'vgen_1', status: 'failed', error: 'policy' } }, 'failed'],
      [{ code: 1001, msg: 'asset', status: 'failed' }, 'refused'],
      [{ status: 'error', message: 'Something went wrong' }, 'refused'],
      [{ status: 'failed', msg: '登录验证失败' }, 'keyRejected'],
      [{ error: { code: 429, message: 'slow' } }, 'rateLimited'],
      [{ error: { code: 'insufficient_quota', message: 'no more quota' } }, 'outOfCredit'],
      [{ base_resp: { status_code: 1004, status_msg: 'login fail' } }, 'keyRejected'],
      // Failures of the task itself, of which a code says why.
      [{ id: 'vgen_1', status: 'failed', code: 'content_policy', error: 'no' }, 'failed'],
      [
        { output: { task_id: 'vgen_1', task_status: 'FAILED', code: 'DataInspectionFailed', message: 'no' } },
        'failed',
      ],
      [{ code: 0, data: { id: 'vgen_1', status: 'failed', code: 500, message: 'upstream' } }, 'failed'],
      [{ code: 100, data: { id: 'vgen_1', status: 'completed', video_url: CLIP } }, 'completed'],
    ]);
  });
});

describe('the status of a task', () => {
  it('is found under every name, in every spelling', () => {
    const named = (fields: object): unknown => ({ id: 'vgen_1', ...fields });
    holds(word, [
      [named({ state: 'success' }), 'completed'],
      [named({ task_status: 'succeed' }), 'completed'],
      [named({ taskStatus: 'TASK_STATUS_SUCCEED' }), 'completed'],
      [named({ status: 'IN_PROGRESS' }), 'processing'],
      [named({ status: 'InProgress' }), 'processing'],
      [named({ status: ' In-Queue ' }), 'queued'],
      [named({ status: 'NOT_START' }), 'queued'],
      [named({ status: 'Successed' }), 'completed'],
      [named({ status: '已完成' }), 'completed'],
      [named({ status: 'VIDEO_GENERATION_FAILED' }), 'failed'],
      [named({ status: 'TASK_NOT_COMPLETED' }), 'unrecognised'],
      [named({ status: 'in review' }), 'unrecognised'],
      [{ code: 200, data: { taskId: 'vgen_1', successFlag: 0 } }, 'processing'],
      [{ code: 200, data: { taskId: 'vgen_1', successFlag: 1 } }, 'completed'],
      [{ code: 200, data: { taskId: 'vgen_1', successFlag: '2' } }, 'failed'],
      [{ code: 200, data: { taskId: 'vgen_1', successFlag: 3 } }, 'failed'],
      [{ code: 'success', data: { task_id: 'vgen_1', status: 2 } }, 'unrecognised'],
      [{ name: 'operations/1', done: true, response: { generatedSamples: [] } }, 'completed'],
      [{ name: 'operations/1', done: false }, 'processing'],
      [{ name: 'operations/1', done: true, error: { code: 3, message: 'policy' } }, 'failed'],
    ]);
  });

  it('is found wherever it stands', () => {
    const task = { id: 'vgen_1', status: 'processing' };
    holds(word, [
      ...['data', 'result', 'output', 'task', 'video', 'response', 'whatever'].map(
        name => [{ code: 0, status: 'success', [name]: task }, 'processing'] as const,
      ),
      [[task], 'processing'],
      [{ code: 0, data: [task] }, 'processing'],
      [{ data: { data: { data: task } } }, 'processing'],
      [{ code: 0, data: JSON.stringify(task) }, 'processing'],
      [JSON.stringify(JSON.stringify(task)), 'processing'],
      [`\ufeff${JSON.stringify(task)}`, 'processing'],
      [{ data: [{ id: 'vgen_0', status: 'failed' }, task] }, 'processing'],
      [{ generations: [{ status: 'succeed', url: CLIP }] }, 'completed'],
    ]);
  });

  it('is never final where a response contradicts itself, nor taken from the echoed request', () => {
    holds(word, [
      [{ id: 'vgen_1', status: 'success', state: 'generating' }, 'processing'],
      [{ id: 'vgen_1', status: 'completed', data: { status: 'processing' } }, 'processing'],
      [{ id: 'vgen_1', status: 'failed', data: { status: 'success' } }, 'unexpected'],
      [{ id: 'vgen_1', status: 'processing', prompt: '{"status":"failed"}' }, 'processing'],
      [{ id: 'vgen_1', status: 'processing', request: { status: 'completed' } }, 'processing'],
      [{ id: 'vgen_1', status: 'processing', error: { status: 'INVALID_ARGUMENT' } }, 'processing'],
      [{ prompt: '{"status":"failed"}' }, 'unexpected'],
      [{ id: 'vgen_1', status: 'completed', video: { status: 'uploaded', url: CLIP } }, 'completed'],
      [
        { id: 'vgen_1', status: 'completed', subtasks: [{ status: 'processing' }], video_url: CLIP },
        'completed',
      ],
      [{ id: 'vgen_1', status: 'completed', subtasks: [{ status: 'processing' }] }, 'processing'],
    ]);
  });
});

describe('the id in a response', () => {
  const CLIP = 'https://media.example/a.mp4';
  const ASKED = 'vgen_0123456789';
  const read = (body: object, id = ASKED): string => {
    const reply = readResult({ status: 200, body: JSON.stringify(body) }, 'https://gateway.example', id);
    return 'response' in reply
      ? reply.response.generation
      : reply.kind === 'requestFailed'
        ? reply.problem
        : reply.kind;
  };
  const done = { status: 'completed', video_url: CLIP };

  it('makes what is said of another task none of ours, wherever it stands', () => {
    const others: object[] = [
      { id: 'vgen_9876543210', ...done },
      { id: 'vgen_9876543210', status: 'failed', error: 'policy' },
      { id: 'vgen_9876543210', status: 'cancelled' },
      { taskId: 'a1b2', ...done },
      {
        code: 0,
        data: { task_id: 'other', task_status: 'SUCCEED', task_result: { videos: [{ url: CLIP }] } },
      },
      { code: '0', data: JSON.stringify([{ id: 'video_550e8400', ...done }]) },
      { job_id: 17, result: done },
      { id: 'vgen_9876543210', result: done },
      {
        tasks: [
          { id: 'vgen_1', ...done },
          { id: 'vgen_2', ...done },
        ],
      },
      { id: 'vgen_9876543210', ...done, request: { id: ASKED } },
    ];
    assert.deepEqual(
      others.map(body => [body, read(body)]),
      others.map(body => [body, 'unexpected']),
    );
    assert.equal(read({ id: 18, ...done }, '17'), 'unexpected');
  });

  it('of something else is none of a task', () => {
    const ours: object[] = [
      done,
      { id: ASKED, ...done },
      { id: ASKED, ...done, upstream_task_id: 'cgt-2026', video: { id: 'file_1', url: CLIP } },
      { id: 'cgt-2026', ...done, task_id: ASKED },
      { name: `operations/${ASKED}`, id: 'cgt-2026', ...done },
      { request_id: 'req-1', ...done },
      { id: 'req_1', ...done },
      { id: 'chatcmpl-77', ...done },
      { id: 42, ...done },
      { code: 0, id: 'f81d4fae', message: 'ok', data: done },
      { ...done, model: { id: 'veo-3' }, user: { id: 'u_1' }, videos: [{ id: 'v_1', url: CLIP }] },
      { id: ASKED.slice('vgen_'.length), ...done },
    ];
    assert.deepEqual(
      ours.map(body => [body, read(body)]),
      ours.map(body => [body, 'completed']),
    );
  });
});

describe('the link to a clip', () => {
  const done = (fields: object): unknown => ({ id: 'vgen_1', status: 'completed', ...fields });

  it('is found under every name and at any depth', () => {
    holds(link, [
      ...[
        { video_url: CLIP },
        { videoUrl: CLIP },
        { result_url: CLIP },
        { resultUrl: CLIP },
        { url: CLIP },
        { video: { url: CLIP } },
        { video: CLIP },
        { output: CLIP },
        { output: [CLIP] },
        { outputs: [{ url: CLIP }] },
        { videos: [{ url: CLIP, cover_url: 'https://media.example/c.mp4' }] },
        { resultUrls: `["${CLIP}"]` },
        { resultJson: `{"resultUrls":["${CLIP}"]}` },
        { metadata: { url: CLIP } },
        { response: { generateVideoResponse: { generatedSamples: [{ video: { uri: CLIP } }] } } },
        { task_result: { videos: [{ id: '1', url: CLIP }] } },
        { content: { video_url: CLIP, last_frame_url: 'https://media.example/l.png' } },
        { fail_reason: CLIP },
        { choices: [{ message: { content: `Here it is: [watch](${CLIP})` } }] },
        { somewhere: { else: { entirely: [{ mp4: CLIP }] } } },
        { only: 'https://media.example/clip/1?token=2', x: CLIP },
      ].map(fields => [done(fields), CLIP] as const),
      [done({ blob: 'https://media.example/object/1?token=2' }), 'https://media.example/object/1?token=2'],
    ]);
  });

  it('is taken out of what is around it', () => {
    holds(link, [
      ...[
        ` ${CLIP}\n`,
        `"${CLIP}"`,
        `[clip](${CLIP})`,
        `<${CLIP}>`,
        `![](${CLIP})`,
        `\`${CLIP}\``,
        `“${CLIP}”`,
        CLIP.slice(6),
      ].map(text => [done({ video_url: text }), CLIP] as const),
      [done({ video_url: '/v1/videos/1/content' }), 'https://gateway.example/relay/v1/videos/1/content'],
      [
        done({ video_url: '/relay/v1/videos/1/content' }),
        'https://gateway.example/relay/v1/videos/1/content',
      ],
      [done({ video_url: '/files/a.mp4' }), 'https://gateway.example/files/a.mp4'],
    ]);
  });

  it('is never one of something else', () => {
    const other = 'https://media.example/other.mp4';
    holds(link, [
      ...[
        'cover',
        'cover_url',
        'thumbnail_url',
        'first_frame_url',
        'lastFrameUrl',
        'input_video',
        'image_url',
        'image_urls',
        'input_reference',
        'reference_video_url',
        'source_video_url',
        'avatar',
        'logo',
        'callback_url',
        'webhookUrl',
        'documentation_url',
        'poster',
      ].flatMap(name => [
        [done({ [name]: other }), null] as const,
        [done({ [name]: other, videos: [CLIP] }), CLIP] as const,
        [done({ data: { [name]: [{ url: other }] } }), null] as const,
      ]),
      ...['video_url', 'url', 'output'].flatMap(name => [
        [done({ [name]: 'https://media.example/a.png' }), null] as const,
        [done({ [name]: 'https://media.example/a.webp?x=1' }), null] as const,
      ]),
      [done({ input: { video_url: other } }), null],
      [done({ prompt: `like ${other}` }), null],
      [done({ video_url: `${other}?x-oss-process=video/snapshot,t_0,f_jpg` }), null],
      [done({ message: 'See https://docs.example.com/videos for help' }), null],
      [done({ urls: { get: 'https://gateway.example/relay/v1/predictions/1' } }), null],
      [done({ a: 'https://one.example/1', b: 'https://two.example/2' }), null],
    ]);
  });
});

describe('why there is no clip', () => {
  it('is found under every name, also where the task calls itself completed', () => {
    const failed = (fields: object): unknown => ({ id: 'vgen_1', status: 'failed', ...fields });
    const done = (fields: object): unknown => ({ id: 'vgen_1', status: 'completed', ...fields });
    holds(reason, [
      ...[
        { error: 'no' },
        { error: { message: 'no' } },
        { error: [{ message: 'no' }] },
        { error: '{"error":{"message":"no"}}' },
        { error: null, fail_reason: 'no' },
        { error: '', failReason: 'no' },
        { failMsg: 'no' },
        { task_status_msg: 'no' },
        { errorMessage: 'no' },
        { message: 'no' },
        { data: { failure: { reason: 'no' } } },
        { raiMediaFilteredReasons: ['no', 'no'] },
      ].map(fields => [failed(fields), 'no'] as const),
      [failed({ error: { code: 'E1', message: 'no' } }), 'no (E1)'],
      [failed({}), null],
      [done({ fail_reason: 'no' }), 'no'],
      [
        done({ response: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ['filtered', 'out'] } }),
        'filtered; out',
      ],
      [done({ filtered_reasons: ['no'] }), 'no'],
      [done({ error: { code: 0, message: '' } }), null],
      [{ code: 0, message: 'success', data: done({}) }, null],
      [done({ video_url: CLIP, error: '' }), null],
    ]);
  });
});

describe('a refusal', () => {
  const rows: readonly (readonly [status: number, body: unknown, expected: string])[] = [
    [401, { message: '额度不足' }, 'outOfCredit'],
    [401, { error: { message: 'Incorrect API key provided' } }, 'keyRejected'],
    [401, '', 'keyRejected'],
    [402, {}, 'outOfCredit'],
    [403, { msg: '账户余额不足，请充值' }, 'outOfCredit'],
    [403, { message: 'Insufficient balance' }, 'outOfCredit'],
    [403, { message: 'Your account is in arrears: recharge' }, 'outOfCredit'],
    [403, { message: 'insufficient permissions' }, 'keyRejected'],
    [403, { message: 'invalid credentials' }, 'keyRejected'],
    [403, { message: 'rate limit quota exceeded' }, 'rateLimited'],
    [429, { message: 'rate limit quota exceeded' }, 'rateLimited'],
    [429, { message: '余额不足' }, 'rateLimited'],
    [403, { message: 'You have no permission for this task' }, 'refused'],
    [403, { message: '无权访问该任务' }, 'refused'],
    [403, { message: 'Your API key has no permission for this task' }, 'keyRejected'],
    [403, '<html>Forbidden</html>', 'refused'],
    [404, { error_msg: '404 Route Not Found' }, 'wrongAddress'],
    [404, { message: 'no Route matched with those values' }, 'wrongAddress'],
    [404, { timestamp: 'x', status: 404, error: 'Not Found', path: '/v1/result/vgen_1' }, 'wrongAddress'],
    [404, { detail: 'Not Found' }, 'wrongAddress'],
    [404, { message: 'Cannot GET /v1/result/vgen_1' }, 'wrongAddress'],
    [404, { message: 'No handler found for GET /v1/result/vgen_1' }, 'wrongAddress'],
    [404, { code: 404, message: 'Task not found' }, 'notFound'],
    [404, { msg: '任务不存在' }, 'notFound'],
    [404, { error: 'vgen_1 not found' }, 'notFound'],
    [404, { message: 'model not found' }, 'wrongAddress'],
    [200, { code: -1, msg: '任务不存在' }, 'notFound'],
    [200, { code: 402, msg: '余额不足，请充值' }, 'outOfCredit'],
    [200, { code: -1, msg: 'asset not found' }, 'refused'],
    [200, { code: 403, msg: '积分不足' }, 'outOfCredit'],
    [400, { message: 'task does not exist' }, 'notFound'],
    [400, { message: 'bad' }, 'refused'],
    [400, { error: { code: 'insufficient_user_quota' } }, 'outOfCredit'],
    [403, { code: 'InsufficientBalance' }, 'outOfCredit'],
    [403, { detail: 'vgen_1 does not belong to you' }, 'refused'],
    [404, { code: 'TaskNotFound' }, 'notFound'],
    [404, { code: 'TASK_NOT_EXIST' }, 'notFound'],
    [200, { error: 'task not found' }, 'notFound'],
    [500, { code: 429, msg: 'slow' }, 'rateLimited'],
    [503, { message: 'insufficient resources' }, 'server'],
    [503, '<html>', 'server'],
    [301, '', 'redirected'],
  ];
  for (const [status, body, expected] of rows) {
    it(`with HTTP ${status} and ${JSON.stringify(body)} is ${expected}`, () => {
      assert.equal(word(body, status), expected);
    });
  }
});
