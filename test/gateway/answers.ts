import { mediaFile } from '../fixtures/clips/clips.ts';
import type { SimulatedStatus, SimulatedTask } from './tasks.ts';

/** A whole HTTP answer before it is sent. Content-Length is added on sending. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A JSON object of the gateway, its fields in the order they are sent. */
export type JsonBody = Readonly<Record<string, unknown>>;

/** A JSON answer. The gateway says 200 for most errors too (api.md 3.3). */
export function json(body: JsonBody, status = 200, headers: Answer['headers'] = {}): Answer {
  const type = { 'content-type': 'application/json;charset=UTF-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(body)) };
}

/** The flat answer to a create call (api.md 1 and 2). */
export function createBody(task: SimulatedTask): JsonBody {
  return {
    id: task.id,
    object: 'video',
    created: unixSeconds(task),
    model: task.model,
    status: 'queued',
    error: null,
  };
}

/** The flat answer of the result endpoint (api.md 3.1); `videoUrl` is shown only once the task is completed. */
export function resultBody(task: SimulatedTask, status: SimulatedStatus, videoUrl: string): JsonBody {
  const completed = status === 'completed';
  const { ending } = mediaFile(task.clip);
  const link = { mp4: 'video_url', png: 'image_url', mp3: 'audio_url' }[ending];
  return {
    id: task.id,
    object: ending === 'mp4' ? 'video' : ending === 'png' ? 'image' : 'audio',
    created: unixSeconds(task),
    model: task.model,
    status,
    [link]: completed ? videoUrl : null,
    ...(completed ? { actualDuration: task.actualDuration } : {}),
    ...(completed && task.amount !== undefined ? { amount: task.amount } : {}),
    error: status === 'failed' ? task.error : null,
  };
}

/** The model center's answer: in an envelope, with the link in `result_url` (api.md 4). */
export function centerBody(task: SimulatedTask, status: SimulatedStatus, videoUrl: string): JsonBody {
  const {
    video_url: video,
    image_url: image,
    audio_url: audio,
    ...facts
  } = resultBody(task, status, videoUrl);
  const link = video ?? image ?? audio ?? null;
  return { code: 0, msg: 'success', data: { ...facts, object: 'task', result_url: link } };
}

/** A missing or wrong key: HTTP 200 with code "204" and no status (api.md 3.3, "login verification failed"). */
export const keyRejected: Answer = json({ code: '204', msg: '登录验证失败' });

/** A wrong key as the upstream API words it (api.md 3.3, key rejected, upstream style). */
export const keyRejectedUpstream: Answer = json(
  { error: { code: 'AuthenticationError', message: 'Invalid API key', type: 'Unauthorized' } },
  401,
);

/** A refusal in the gateway's envelope at HTTP 200 (api.md 3.3, business error). */
export function businessError(code: string | number, msg: string): Answer {
  return json({ code, msg, data: null });
}

/** An unknown route (api.md 3.3). */
export function noHandler(method: string, path: string): Answer {
  return json({ message: `No handler found for ${method} ${path}` }, 404);
}

/** An unknown or expired id. A guess: no sample of the real answer is public (api.md 3.3 and 10). */
export const unknownTask: Answer = json({ code: 404, message: 'Task not found' }, 404);

/** An empty account. A guess from the words a client looks for (api.md 3.3 and 10). */
export const insufficientBalance: Answer = businessError(402, '余额不足，请充值');

/** Too many requests; the form is assumed (api.md 3.3). `retryAfter` is the header as it stands: seconds or an HTTP date. */
export function rateLimited(retryAfter?: string): Answer {
  const headers: Answer['headers'] = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return json({ code: 429, msg: '请求过于频繁，请稍后再试' }, 429, headers);
}

/** The page a proxy shows when the gateway is down for maintenance (api.md 3.3), also met with HTTP 200. */
export function htmlPage(status: number): Answer {
  const page = `<!DOCTYPE html>
<html><head><title>${status} Maintenance</title></head><body><center><h1>Maintenance</h1></center><hr><center>nginx</center></body></html>
`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(page) };
}

/** An error of the media origin, worded as S3 does it. */
export function xmlError(status: number, code: string, message: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
}

/** `created` is in unix seconds (api.md 3.1). */
function unixSeconds(task: SimulatedTask): number {
  return Math.floor(task.createdAt / 1000);
}
