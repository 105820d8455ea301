import type { Endpoint, ProblemKind } from './task.ts';

/** What a well-formed response said. Missing facts are `null`. */
export interface TaskResponse {
  readonly generation: 'queued' | 'processing' | 'unrecognised' | 'completed' | 'failed' | 'cancelled';
  readonly statusWord: string;
  readonly model: string | null;
  /** ms since the epoch. */
  readonly createdAt: number | null;
  readonly videoUrl: string | null;
  /** s */
  readonly actualDuration: number | null;
  /** What the task was charged, in the gateway's own unit. */
  readonly amount: number | null;
  readonly error: string | null;
  readonly raw: string;
}

/** The outcome of one poll of a task. */
export type Reply =
  /** The task is under way or completed. */
  | { readonly kind: 'response'; readonly response: TaskResponse; readonly endpoint?: Endpoint }
  /** The task itself ended without a clip. */
  | { readonly kind: 'taskFailure'; readonly response: TaskResponse; readonly endpoint?: Endpoint }
  /** The gateway would not or could not say; nothing is known of the task. */
  | {
      readonly kind: 'requestFailed';
      readonly problem: ProblemKind;
      readonly text: string;
      /** The gateway's `Retry-After`, ms. */
      readonly retryAfter: number | null;
    }
  /** The gateway does not accept the key. */
  | { readonly kind: 'keyRejected'; readonly text: string };
