import type { IncomingHttpHeaders } from 'node:http';

import { clipBytes } from '../fixtures/clips/clips.ts';
import * as answers from './answers.ts';
import type { Answer, JsonBody } from './answers.ts';
import { type CreateRequest, type Family, readCreateRequest } from './createRules.ts';
import { refuse, spoil } from './apiFaults.ts';
import { type Fault, isBodyFault, isRefusalFault, isStandInFault } from './faults.ts';
import type { FaultTarget } from './faultScripts.ts';
import { type ReceivedRequest, decodeSegment } from './receivedRequest.ts';
import { standIn } from './standIn.ts';
import { type SimulatedTask, type TaskEndpoint, type TaskPlan, statusAt } from './tasks.ts';

/** Where the API stands below its origin (api.md 0). */
export const API_PATH = '/kyyReactApiServer';

/** What the API needs of the rest of the gateway. */
export interface ApiParts {
  readonly keys: readonly string[];
  /** Simulated ms. */
  now(): number;
  findTask(id: string): SimulatedTask | undefined;
  /** What a create call that was accepted makes. */
  makeTask(request: CreateRequest, plan: TaskPlan): SimulatedTask;
  /** The full address of a completed task's file. */
  videoUrl(task: SimulatedTask): string;
  /** A completed task's file itself. */
  serve(task: SimulatedTask, request: ReceivedRequest, fault: Fault): Answer;
}

/** What a request asks for. */
export type ApiRoute =
  | { readonly kind: 'result'; readonly id: string; readonly endpoint: TaskEndpoint }
  | { readonly kind: 'create'; readonly family: Family }
  | { readonly kind: 'content'; readonly id: string }
  | { readonly kind: 'unknown' };

/** Where relays have the file of a task, for who has the key (met at OpenAI's API and those made like it). */
export function contentPath(id: string): string {
  return `${API_PATH}/v1/videos/${encodeURIComponent(id)}/content`;
}

/** Which route a request takes; anything but the documented ones and a relay's files is unknown, `/v1/models` too (api.md 0). */
export function apiRoute({ method, path }: ReceivedRequest): ApiRoute {
  const [bare = ''] = path.split('?');
  if (method === 'POST' && bare === `${API_PATH}/v1/veo/videos`) return { kind: 'create', family: 'veo' };
  if (method === 'POST' && bare === `${API_PATH}/v1/grok/videos`) return { kind: 'create', family: 'grok' };
  const [, id] = new RegExp(`^${API_PATH}/v1/result/([^/]+)$`).exec(bare) ?? [];
  if (method === 'GET' && id !== undefined) {
    return { kind: 'result', id: decodeSegment(id), endpoint: 'result' };
  }
  const [, inCenter] = new RegExp(`^${API_PATH}/v2/model-center/tasks/([^/]+)$`).exec(bare) ?? [];
  if (method === 'GET' && inCenter !== undefined) {
    return { kind: 'result', id: decodeSegment(inCenter), endpoint: 'modelCenter' };
  }
  const [, file] = new RegExp(`^${API_PATH}/v1/videos/([^/]+)/content$`).exec(bare) ?? [];
  if (method === 'GET' && file !== undefined) return { kind: 'content', id: decodeSegment(file) };
  return { kind: 'unknown' };
}

/** The fault scripts that fit a route, the most particular first. */
export function apiTargets(route: ApiRoute): readonly FaultTarget[] {
  switch (route.kind) {
    case 'result':
      return [route.id, 'all'];
    case 'content':
      return [`media:${route.id}`, 'media'];
    case 'create':
      return ['create', 'all'];
    case 'unknown':
      return ['all'];
  }
}

/** What the gateway says, with the fault in it. Delivery faults are left to the delivery. */
export function answerApi(request: ReceivedRequest, route: ApiRoute, fault: Fault, parts: ApiParts): Answer {
  if (isStandInFault(fault)) {
    return standIn(fault, request.address, status => answers.json({ message: `HTTP ${status}` }, status));
  }
  if (isRefusalFault(fault)) return refuse(fault, request);
  if (route.kind === 'unknown') return answers.noHandler(request.method, request.path);
  if (route.kind === 'content') return content(route.id, request, fault, parts);
  if (!hasKey(request.headers, parts.keys)) return answers.keyRejected;
  const body =
    route.kind === 'result'
      ? askResult(route.id, route.endpoint, parts)
      : create(route.family, request.body, parts);
  if (isAnswer(body)) return body;
  const clip = (): Buffer => {
    const task = route.kind === 'result' ? parts.findTask(route.id) : undefined;
    return task ? clipBytes(task.clip, task.sizeBytes) : Buffer.alloc(0);
  };
  return answers.json(isBodyFault(fault) ? spoil(fault, body, clip) : body);
}

/** Each endpoint knows its own tasks only. */
function askResult(id: string, endpoint: TaskEndpoint, parts: ApiParts): JsonBody | Answer {
  const task = parts.findTask(id);
  if (task?.endpoint !== endpoint) return answers.unknownTask;
  const status = statusAt(task, parts.now());
  const body = endpoint === 'result' ? answers.resultBody : answers.centerBody;
  return body(task, status, parts.videoUrl(task));
}

function content(id: string, request: ReceivedRequest, fault: Fault, parts: ApiParts): Answer {
  if (!hasKey(request.headers, parts.keys)) return answers.keyRejectedUpstream;
  const task = parts.findTask(id);
  return task && statusAt(task, parts.now()) === 'completed'
    ? parts.serve(task, request, fault)
    : answers.unknownTask;
}

function create(family: Family, text: string, parts: ApiParts): JsonBody | Answer {
  const request = readCreateRequest(family, text);
  if (isAnswer(request)) return request;
  const { model, prompt, aspectRatio } = request;
  const isUpright = aspectRatio === '9:16' || aspectRatio === '2:3';
  const plan = { model, prompt, clip: isUpright ? 'portrait' : 'landscape' } as const;
  return answers.createBody(parts.makeTask(request, plan));
}

function hasKey(headers: IncomingHttpHeaders, keys: readonly string[]): boolean {
  return keys.some(key => headers.authorization === `Bearer ${key}`);
}

function isAnswer(value: object): value is Answer {
  return 'status' in value && typeof value.status === 'number';
}
