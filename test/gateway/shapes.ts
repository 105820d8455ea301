import { json, type Answer, type JsonBody } from './answers.ts';

/** A usual body in another shape, as relays were seen to give it. `body.video_url` is `null` until the task is completed. */
type Shape = (body: JsonBody) => JsonBody;

/** The shapes, by what they are called in scripts. */
export const shapes = {
  /** Relays with an envelope of their own: "success" is said of having been asked. */
  envelopeStatus: ({ status, ...body }) => ({
    code: 0,
    message: 'ok',
    status: 'success',
    data: { ...body, task_status: status },
  }),
  /** The same, without anything but `status` inside. */
  envelopeSuccess: body => ({ success: true, status: 'success', data: body }),
  /** Kling and its relays: constants with prefixes, the clip in a list. */
  kling: ({ id, status, video_url: url, error }) => ({
    code: 0,
    message: 'SUCCEED',
    request_id: 'req-1',
    data: {
      task_id: id,
      task_status: constant(status),
      task_status_msg: error ?? '',
      task_result: { videos: url === null ? [] : [{ id: '1', url, duration: '8' }] },
    },
  }),
  /** Relays of the kie kind: a flag in place of a word, links as JSON in a string. */
  kie: ({ id, status, video_url: url, error }) => ({
    code: 200,
    msg: 'success',
    data: {
      taskId: id,
      successFlag: status === 'completed' ? 1 : status === 'failed' ? 2 : 0,
      resultJson: url === null ? null : JSON.stringify({ resultUrls: [url] }),
      failMsg: error,
    },
  }),
  /** Relays of the new-api kind: the link of a finished clip is its "reason". */
  newApi: ({ id, status, video_url: url, error }) => ({
    code: 'success',
    message: '',
    data: { task_id: id, status: constant(status), fail_reason: url ?? error ?? '', progress: '40%' },
  }),
  /** DashScope. */
  dashScope: ({ id, status, video_url: url, error }) => ({
    request_id: 'req-1',
    output: {
      task_id: id,
      task_status: constant(status),
      video_url: url,
      ...(error === null ? {} : { message: error }),
    },
  }),
  /** Volcengine Ark. */
  ark: ({ id, status, video_url: url, error }) => ({
    id,
    status: status === 'completed' ? 'succeeded' : status === 'processing' ? 'running' : status,
    content: url === null ? null : { video_url: url, last_frame_url: 'https://media.example/last.png' },
    ...(error === null ? {} : { error: { code: 'Sensitive', message: error } }),
  }),
  /** Operations of Google's kind, whose filters say why there is no clip. */
  operation: ({ id, status, video_url: url, error }) => ({
    name: `operations/${String(id)}`,
    done: status !== 'queued' && status !== 'processing',
    ...(url === null
      ? error === null
        ? {}
        : { error: { code: 3, message: error } }
      : { response: { generateVideoResponse: { generatedSamples: [{ video: { uri: url } }] } } }),
  }),
  /** Relays that answer as a chat: the link is Markdown in a text. */
  markdown: ({ video_url: link, ...body }) => ({
    ...body,
    ...(typeof link !== 'string'
      ? {}
      : { choices: [{ message: { role: 'assistant', content: `Done: [video](${link})` } }] }),
  }),
  /** JSON in a string, and a list of one. */
  nested: body => ({ code: '0', data: JSON.stringify([body]) }),
  /** `video.url`, and decoys around it. */
  decoys: ({ video_url: url, ...body }) => ({
    ...body,
    cover_url: 'https://media.example/cover.mp4',
    input: { video_url: 'https://media.example/input.mp4' },
    first_frame_url: 'https://media.example/first.png',
    callback_url: 'https://hooks.example/done',
    video: url === null ? null : { url, thumbnail: 'https://media.example/thumbnail.webp' },
  }),
  /** Links without a host, below the gateway's own path. */
  relative: ({ video_url: url, ...body }) => ({
    ...body,
    video_url: url === null ? null : `/v1/videos/${String(body.id)}/content`,
  }),
  /** "Completed", without a clip, with the filter's reasons. */
  filtered: body => ({
    ...body,
    ...(body.status === 'completed'
      ? {
          video_url: null,
          response: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ['The prompt was filtered.'] },
        }
      : {}),
  }),
  /** Two takes, of which nobody says which is the clip. */
  twoClips: ({ video_url: url, ...body }) => ({
    ...body,
    videos: url === null ? [] : [{ url }, { url: 'https://media.example/second.mp4' }],
  }),
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;

function constant(status: unknown): string {
  const words: Record<string, string> = {
    completed: 'SUCCESS',
    processing: 'IN_PROGRESS',
    queued: 'NOT_START',
    failed: 'FAILURE',
  };
  return words[String(status)] ?? String(status).toUpperCase();
}

/** Refusals in the words of what stands before, or in place of, the gateway; `path` is what was asked for. */
export const refusals = {
  /** APISIX. */
  apisix: () => json({ error_msg: '404 Route Not Found' }, 404),
  /** Kong. */
  kong: () => json({ message: 'no Route matched with those values' }, 404),
  /** Spring's default. */
  spring: path => json({ timestamp: '2026-11-28T00:00:00Z', status: 404, error: 'Not Found', path }, 404),
  /** FastAPI's default. */
  fastApi: () => json({ detail: 'Not Found' }, 404),
  /** A rejected key in an envelope with a status (relay). */
  keyInEnvelope: () => json({ code: '204', msg: '登录验证失败', status: 'error' }),
  /** A rate limit in an envelope with a status (relay). */
  rateInEnvelope: () => json({ code: 429, msg: '请求过于频繁，请稍后再试', status: 'fail' }),
  /** A fault of the server in an envelope (relay). */
  serverInEnvelope: () => json({ code: 500, msg: 'internal error', status: 'failed' }),
  /** An empty account called unauthorised (relay). */
  credit401: () => json({ error: { message: '用户额度不足', type: 'new_api_error' } }, 401),
  /** An empty account called forbidden (relay). */
  credit403: () => json({ message: 'Insufficient balance, please recharge' }, 403),
  /** Another account's task. */
  foreignTask: () => json({ message: 'You have no permission for this task' }, 403),
  /** An id that is not known, at HTTP 200 (relay). */
  deniedInEnvelope: () => json({ code: -1, msg: '任务不存在', data: null }),
} as const satisfies Record<string, (path: string) => Answer>;

export type RefusalName = keyof typeof refusals;
