import type { Disposable } from '../base/disposable.ts';
import type { ToolName } from '../ids.ts';

/** An image that comes with a result. */
export interface ToolImage {
  readonly bytes: Uint8Array;
  readonly mimeType: 'image/jpeg';
}

/** What a tool gives to an agent: facts, sent as JSON, and images. Never a link to a clip, never a key. */
export interface ToolResult {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly images?: readonly ToolImage[];
}

/** One call of a tool. */
export interface ToolCall {
  readonly signal: AbortSignal;
  /** Says what is going on, while it is. */
  readonly report: (message: string) => void;
  /** Whether the program that calls has had the person confirm, in Dailies' words. */
  readonly isConfirmed: boolean;
}

/** A tool. It checks its input itself: agents send anything. */
export type Tool = (input: unknown, call: ToolCall) => Promise<ToolResult>;

export type Tools = Readonly<Record<ToolName, Tool>>;

/** Why a tool did nothing, in words for the agent. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** Said of what costs something. */
export const NOT_ALLOWED =
  "Nothing was sent: agents may not have videos made. Only the person can allow it, by turning on the setting 'dailies.agents.paid'.";

/** Calls back when a signal is aborted, also where it was before; disposing ends that. */
export function onAbort(signal: AbortSignal, callback: () => void): Disposable {
  if (signal.aborted) {
    callback();
  }
  signal.addEventListener('abort', callback, { once: true });
  return {
    dispose: () => {
      signal.removeEventListener('abort', callback);
    },
  };
}
