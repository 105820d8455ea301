import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

import { DEMO_KEY, type Gateway } from '../../gateway/gateway.ts';

/** What came of a request, however it ended. */
export interface Reply {
  /** 0 if the connection broke before a status arrived. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** `complete`, or the code of the error that ended it. */
  readonly ending: string;
}

/** What to send besides the address. */
export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request on a connection of its own, follows no redirect, and never rejects. */
export function send(url: string, { method = 'GET', headers = {}, body }: Sending = {}): Promise<Reply> {
  return new Promise(resolve => {
    const parts: Buffer[] = [];
    let response: IncomingMessage | undefined;
    const finish = (ending: string): void => {
      resolve({
        status: response?.statusCode ?? 0,
        headers: response?.headers ?? {},
        body: Buffer.concat(parts),
        ending,
      });
    };
    const outgoing = request(url, { method, headers, agent: false }, incoming => {
      response = incoming;
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        finish('complete');
      });
      incoming.on('error', (error: NodeJS.ErrnoException) => {
        finish(error.code ?? error.message);
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      finish(error.code ?? error.message);
    });
    outgoing.end(body);
  });
}

/** Asks for a task's result with the demo key, or another. */
export function askResult(gateway: Gateway, id: string, key = DEMO_KEY): Promise<Reply> {
  return send(`${gateway.baseUrl}/v1/result/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${key}` },
  });
}

/** Calls a create endpoint with the demo key. */
export function create(gateway: Gateway, family: 'veo' | 'grok', body: unknown): Promise<Reply> {
  return send(`${gateway.baseUrl}/v1/${family}/videos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The JSON object in a reply. */
export function jsonOf(reply: Reply): Record<string, unknown> {
  return JSON.parse(reply.body.toString()) as Record<string, unknown>;
}

/** The link in a completed task's result. */
export async function videoUrl(gateway: Gateway, id: string): Promise<string> {
  return String(jsonOf(await askResult(gateway, id)).video_url);
}

/** A plan that is completed already. */
export const finished = { ageS: 100, queuedS: 10, processingS: 80 } as const;
