import { createHash } from 'node:crypto';

import { clipBytes, mediaFile } from '../fixtures/clips/clips.ts';
import { type Answer, xmlError } from './answers.ts';
import { byteRange, share } from './byteRange.ts';
import { type Fault, isFormFault, isStandInFault } from './faults.ts';
import type { FaultTarget } from './faultScripts.ts';
import { reform } from './mediaForms.ts';
import { type ReceivedRequest, decodeSegment } from './receivedRequest.ts';
import type { LinkSigner } from './signedLinks.ts';
import { standIn } from './standIn.ts';
import { type SimulatedTask, statusAt } from './tasks.ts';

/** What the media origin needs of the rest of the gateway. */
export interface MediaParts {
  readonly signer: LinkSigner;
  /** Simulated ms. */
  now(): number;
  findTask(id: string): SimulatedTask | undefined;
}

/** Where a task's file stands on the media origin. */
export function mediaPath(task: SimulatedTask): string {
  return `/clips/${encodeURIComponent(task.id)}/${task.clip}.${mediaFile(task.clip).ending}`;
}

/**
 * An object store with pre-signed links, behaving as S3 does: what the real media host is, nobody says (api.md 5).
 *
 * A link works for its own path until it expires; after that, or with another path's signature, the answer is 403 with XML. A
 * request that also brings an Authorization header is refused with 400, as S3 refuses two ways of signing in at once; so a key
 * that strays here breaks a download instead of passing unseen.
 */
export class MediaOrigin {
  private readonly parts: MediaParts;
  /** How often each file was changed by the `etagChanged` fault. */
  private readonly changes = new Map<string, number>();

  constructor(parts: MediaParts) {
    this.parts = parts;
  }

  /** The fault scripts that fit a request, the most particular first. */
  targets(request: ReceivedRequest): readonly FaultTarget[] {
    const task = this.taskAt(new URL(request.address).pathname);
    return task ? [`media:${task.id}`, 'media'] : ['media'];
  }

  /** What the origin answers, with the fault in it. Delivery faults are left to the delivery. */
  answer(request: ReceivedRequest, fault: Fault): Answer {
    if (isStandInFault(fault))
      return standIn(fault, request.address, status => xmlError(status, 'Error', `HTTP ${status}`));
    if (fault.kind === 'expired') return expired;
    const { pathname, searchParams } = new URL(request.address);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return xmlError(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
    }
    if (request.headers.authorization !== undefined) {
      return xmlError(400, 'InvalidArgument', 'Only one auth mechanism allowed');
    }
    const task = this.taskAt(pathname);
    const now = this.parts.now();
    if (!task || statusAt(task, now) !== 'completed')
      return xmlError(404, 'NoSuchKey', 'The specified key does not exist.');
    const verdict = this.judge(task, pathname, searchParams, now);
    if (verdict === 'forged') {
      return xmlError(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.');
    }
    if (verdict === 'expired') return expired;
    if (fault.kind === 'etagChanged') this.changes.set(task.id, (this.changes.get(task.id) ?? 0) + 1);
    return this.serve(task, request, fault);
  }

  /** A task's file, with the fault in it, to whoever may have it. */
  serve(task: SimulatedTask, request: ReceivedRequest, fault: Fault): Answer {
    const answer = this.file(task, request, fault);
    return isFormFault(fault) ? reform(fault, answer, request) : answer;
  }

  private judge(
    task: SimulatedTask,
    path: string,
    query: URLSearchParams,
    now: number,
  ): ReturnType<LinkSigner['check']> {
    if (task.linkStyle !== 'plain') return this.parts.signer.check(path, query, now);
    return now < task.endsAt + task.linkLifeMs ? 'valid' : 'expired';
  }

  private file(task: SimulatedTask, { headers }: ReceivedRequest, fault: Fault): Answer {
    const whole = clipBytes(task.clip, task.sizeBytes);
    const content = fault.kind === 'cutFile' ? share(whole, fault.afterShare) : whole;
    const changes = this.changes.get(task.id) ?? 0;
    const etag = `"${createHash('md5').update(hashOf(content)).update(String(changes)).digest('hex')}"`;
    const modified = new Date(task.endsAt + changes * 1000).toUTCString();
    const common = { 'content-type': mediaFile(task.clip).type, etag, 'last-modified': modified };
    if (fault.kind === 'rangeIgnored') return { status: 200, headers: common, body: content };

    const withRanges = { ...common, 'accept-ranges': 'bytes' };
    const condition = headers['if-range'];
    const isSame = condition === undefined || condition === etag || condition === modified;
    const range = isSame ? byteRange(headers.range, content.length) : undefined;
    if (!range) return { status: 200, headers: withRanges, body: content };
    if (range === 'unsatisfiable') {
      const refusal = xmlError(416, 'InvalidRange', 'The requested range is not satisfiable');
      return { ...refusal, headers: { ...refusal.headers, 'content-range': `bytes */${content.length}` } };
    }
    const length = range.end - range.start + 1;
    const start = fault.kind === 'rangeWrong' ? 0 : range.start;
    return {
      status: 206,
      headers: { ...withRanges, 'content-range': `bytes ${start}-${start + length - 1}/${content.length}` },
      body: content.subarray(start, start + length),
    };
  }

  private taskAt(path: string): SimulatedTask | undefined {
    const [, id = ''] = /^\/clips\/([^/]+)\/[a-z]+\.(?:mp4|png|mp3)$/.exec(path) ?? [];
    const task = this.parts.findTask(decodeSegment(id));
    return task && mediaPath(task) === path ? task : undefined;
  }
}

const hashes = new WeakMap<Buffer, string>();

/** A file has one content for as long as it stands, so it is looked through once. */
function hashOf(content: Buffer): string {
  const hash = hashes.get(content) ?? createHash('md5').update(content).digest('hex');
  hashes.set(content, hash);
  return hash;
}

const expired = xmlError(403, 'AccessDenied', 'Request has expired');
