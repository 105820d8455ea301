import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readResult } from '../../../src/gateway/wire.ts';

/** So many mixtures are tried; `DAILIES_SHAPES` asks for more. */
const RUNS = Number(process.env.DAILIES_SHAPES ?? 20_000);

const BASE = 'https://gateway.example/relay';
const CLIP = 'https://media.example/clips/a.mp4?X-Amz-Expires=86400&sig=1';
const OTHER = 'https://media.example/other/b.mp4';
const PICTURE = 'https://media.example/c.png';

type Fields = Record<string, unknown>;
type State = 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled';

/** What relays were seen to call a state. */
const SPELLINGS: Record<State, readonly string[]> = {
  queued: ['queued', 'PENDING', 'NOT_START', 'TASK_STATUS_SUBMITTED', 'queueing', 'In Queue', '排队中'],
  processing: [
    'processing',
    'IN_PROGRESS',
    'InProgress',
    'TASK_STATUS_PROCESSING',
    'generating',
    'RUNNING',
    '生成中',
  ],
  completed: ['completed', 'SUCCESS', 'succeed', 'TASK_STATUS_SUCCEED', 'Succeeded', 'finished', '成功'],
  failed: ['failed', 'FAILURE', 'fail', 'TASK_STATUS_FAILED', 'Error', '生成失败'],
  cancelled: ['cancelled', 'CANCELED', 'TASK_STATUS_CANCELLED', '已取消'],
};

const FLAGS: Partial<Record<State, readonly unknown[]>> = {
  processing: [0, '0'],
  completed: [1, '1'],
  failed: [2, 3, '3'],
};

const state = fc.constantFrom<State>('queued', 'processing', 'completed', 'failed', 'cancelled');

/** The fields that say how the task is doing. */
function statusFields(of: State): fc.Arbitrary<Fields> {
  const name = fc.constantFrom('status', 'state', 'task_status', 'taskStatus', 'job_status');
  const inWords = fc
    .tuple(name, fc.constantFrom(...SPELLINGS[of]), fc.constantFrom('', ' ', '\n'))
    .map(([field, word, end]) => ({ [field]: word + end }));
  const flags = FLAGS[of];
  return flags === undefined
    ? inWords
    : fc.oneof(
        { weight: 4, arbitrary: inWords },
        { weight: 1, arbitrary: fc.constantFrom(...flags).map(successFlag => ({ successFlag })) },
      );
}

/** A link as it may be written down. */
const written = fc.constantFrom<(link: string) => string>(
  link => link,
  link => ` ${link}\n`,
  link => `"${link}"`,
  link => `[watch it](${link})`,
  link => `<${link}>`,
  link => link.replace(/^https:/, ''),
);

/** The fields that hold the clip. */
const linkFields: fc.Arbitrary<Fields> = fc
  .tuple(
    written,
    fc.constantFrom<(link: string) => Fields>(
      link => ({ video_url: link }),
      link => ({ videoUrl: link }),
      link => ({ result_url: link }),
      link => ({ resultUrl: link }),
      link => ({ url: link }),
      link => ({ video: { url: link } }),
      link => ({ output: link }),
      link => ({ output: [link] }),
      link => ({ outputs: [{ url: link }] }),
      link => ({ videos: [{ url: link, cover_url: PICTURE }] }),
      link => ({ resultUrls: [link] }),
      link => ({ resultUrls: JSON.stringify([link]) }),
      link => ({ resultJson: JSON.stringify({ resultUrls: [link] }) }),
      link => ({ metadata: { url: link } }),
      link => ({ response: { samples: [{ video: { uri: link } }] } }),
      link => ({ task_result: { videos: [{ id: '7', url: link, duration: '5' }] } }),
    ),
  )
  .map(([write, put]) => put(write(CLIP)));

/** Fields that are something else, though they look like it. */
const decoys = fc
  .subarray<Fields>([
    { cover_url: PICTURE },
    { thumbnail: { url: OTHER } },
    { first_frame_url: PICTURE },
    { last_frame_url: OTHER },
    { image_urls: [PICTURE, PICTURE] },
    { input: { video_url: OTHER, status: 'completed' } },
    { input_reference: OTHER },
    { callback_url: 'https://hooks.example/done' },
    { prompt: `{"status":"failed","video_url":"${OTHER}"}` },
    { request: { state: 'failed' } },
    { progress: 40 },
    { usage: { total_tokens: 7 } },
    { logs: [{ status: 'failed' }, { status: 'success' }] },
    { avatar: OTHER },
  ])
  .map(list => Object.assign({}, ...list) as Fields);

type Wrap = (body: unknown) => unknown;

const envelope: fc.Arbitrary<Wrap> = fc
  .record({
    head: fc.subarray<Fields>([
      { msg: 'success' },
      { message: 'ok' },
      { success: true },
      { status: 'success' },
      { request_id: 'req-1' },
      { timestamp: 1764300000 },
    ]),
    code: fc.constantFrom<Fields>(
      { code: 0 },
      { code: '0' },
      { code: 200 },
      { code: '200' },
      { code: 'success' },
      { errcode: 0 },
      {},
    ),
    name: fc.constantFrom('data', 'result', 'output', 'task', 'response', 'payload', 'body', 'Resp'),
  })
  .map(({ head, code, name }) => body => ({
    ...code,
    ...(Object.assign({}, ...head) as Fields),
    [name]: body,
  }));

const wrap: fc.Arbitrary<Wrap> = fc.oneof(
  { weight: 4, arbitrary: envelope },
  { weight: 1, arbitrary: fc.constant<Wrap>(body => [body]) },
  { weight: 1, arbitrary: fc.constant<Wrap>(body => JSON.stringify(body)) },
);

const task = state.chain(of =>
  fc.tuple(
    fc.constant(of),
    statusFields(of),
    linkFields,
    decoys,
    fc.constantFrom('id', 'task_id', 'taskId'),
    fc.array(wrap, { maxLength: 4 }),
  ),
);

/** A final word of an envelope that is about the request, not about the task. */
const refusals = fc.constantFrom<Fields>(
  { code: '204', msg: '登录验证失败' },
  { code: 429, msg: '请求过于频繁' },
  { code: 401, message: 'Unauthorized' },
  { code: 500, message: 'internal error' },
  { code: 503, msg: 'busy' },
  { success: false, message: '系统繁忙' },
);

describe('a response in any mixture of shapes', () => {
  it('says the same state and the same link', () => {
    fc.assert(
      fc.property(task, ([of, status, links, others, idName, wraps]) => {
        const failure = of === 'failed' ? { error: 'policy' } : {};
        const flat = {
          [idName]: 'vgen_1',
          ...others,
          ...status,
          ...(of === 'completed' ? links : {}),
          ...failure,
        };
        const body = wraps.reduce<unknown>((inner, around) => around(inner), flat);
        const reply = readResult({ status: 200, body: JSON.stringify(body) }, BASE, 'vgen_1');
        assert.ok('response' in reply, `${reply.kind} ${JSON.stringify(body)}`);
        assert.deepEqual(
          [reply.response.generation, reply.response.videoUrl, reply.response.error],
          [of, of === 'completed' ? CLIP : null, of === 'failed' ? 'policy' : null],
          JSON.stringify(body),
        );
      }),
      { numRuns: RUNS },
    );
  }).timeout(600_000);

  it('without an id that anyone knows is never taken for a final state that it is not', () => {
    fc.assert(
      fc.property(task, fc.boolean(), ([of, status, links, others, , wraps], hasStatus) => {
        const flat = { ...others, ...(hasStatus ? status : {}), ...(of === 'completed' ? links : {}) };
        const body = wraps.reduce<unknown>((inner, around) => around(inner), flat);
        const reply = readResult({ status: 200, body: JSON.stringify(body) }, BASE);
        const said = 'response' in reply ? reply.response.generation : 'unknown';
        const isFinal = said === 'completed' || said === 'failed' || said === 'cancelled';
        assert.ok(!isFinal || said === of, `${said} ${JSON.stringify(body)}`);
      }),
      { numRuns: RUNS / 4 },
    );
  }).timeout(600_000);

  it('about another task is never taken for one about this', () => {
    fc.assert(
      fc.property(
        task,
        fc.constantFrom('vgen_2', 'video_550e8400-e29b-41d4-a716-446655440000', 'proj_17'),
        ([of, status, links, others, idName, wraps], other) => {
          const flat = { [idName]: other, ...others, ...status, ...(of === 'completed' ? links : {}) };
          const body = wraps.reduce<unknown>((inner, around) => around(inner), flat);
          const reply = readResult({ status: 200, body: JSON.stringify(body) }, BASE, 'vgen_1');
          assert.ok(!('response' in reply), `${JSON.stringify(reply)} ${JSON.stringify(body)}`);
        },
      ),
      { numRuns: RUNS / 4 },
    );
  }).timeout(600_000);

  it('says nothing of the task where the envelope refuses', () => {
    fc.assert(
      fc.property(
        refusals,
        fc.constantFrom('status', 'state'),
        fc.constantFrom('fail', 'error', 'failed'),
        fc.array(wrap, { maxLength: 2 }),
        (said, name, word, wraps) => {
          const body = wraps.reduce<unknown>((inner, around) => around(inner), { ...said, [name]: word });
          const reply = readResult({ status: 200, body: JSON.stringify(body) }, BASE, 'vgen_1');
          assert.ok(!('response' in reply), `${JSON.stringify(reply)} ${JSON.stringify(body)}`);
        },
      ),
      { numRuns: RUNS / 4 },
    );
  }).timeout(600_000);
});
