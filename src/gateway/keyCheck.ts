import { SECOND } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { ProblemKind } from '../tasks/task.ts';
import { parseResponse } from './responseTree.ts';
import { requestResult } from './client.ts';
import { isAboutAddress, isAboutTask } from './refusal.ts';
import { readResult, type WireResponse } from './wire.ts';

/** What a gateway makes of a key. `unknown`: it could not be found out; `problem` and `text` have the reason. */
export type KeyVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'unknown'; readonly problem: ProblemKind; readonly text: string };

/** An ID in the gateway's own form that it gives to no task: the form may decide which part of it responds. */
export const NO_TASK = 'vgen_00000000000000000000000000000000';

/** A person waits for it, ms. */
const LONGEST_CHECK = 10 * SECOND;

/**
 * Finds out whether a gateway accepts a key, by one request for a task that cannot exist: it costs nothing and leaves nothing behind.
 * Rejects only when `signal` is aborted.
 */
export async function checkKey(
  gateway: string,
  key: string,
  signal: AbortSignal,
  log: Log,
  longest = LONGEST_CHECK,
): Promise<KeyVerdict> {
  const late = AbortSignal.timeout(longest);
  try {
    const task = { gateway, id: NO_TASK };
    const response = await requestResult(task, key, AbortSignal.any([signal, late]), log);
    return 'kind' in response
      ? { kind: 'unknown', problem: response.problem, text: response.text }
      : readVerdict(response, gateway);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) {
      return { kind: 'unknown', problem: 'timeout', text: '' };
    }
    throw error;
  }
}

/**
 * What a response says about the key. To speak of the task, or to find nothing there, a gateway must have accepted the key. One that
 * finds no such address was not reached.
 */
export function readVerdict(response: WireResponse, gateway: string): KeyVerdict {
  const reply = readResult(response, gateway, NO_TASK);
  if (reply.kind !== 'requestFailed') {
    return { kind: reply.kind === 'keyRejected' ? 'rejected' : 'accepted' };
  }
  const { problem, text } = reply;
  const isJson = parseResponse(response.body) !== undefined;
  const isAccepted =
    problem === 'notFound' ||
    (problem === 'wrongAddress' && isJson && !isAboutAddress(text)) ||
    (problem === 'refused' && isJson && isAboutTask(text));
  return isAccepted ? { kind: 'accepted' } : { kind: 'unknown', problem, text };
}
