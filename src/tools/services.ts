import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { CutFormat } from '../cut/formats.ts';
import type { AgentBudget } from '../making/budget.ts';
import type { Making, Plan, Wish } from '../making/making.ts';
import type { VideoRequest } from '../making/request.ts';
import type { Operations } from '../store/operations.ts';
import type { TaskStore } from '../store/store.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import type { Intent } from '../tasks/intent.ts';
import type { Task } from '../tasks/task.ts';

/** What a person confirms before an agent has videos made, in the words of every confirmation. */
export interface AgentConfirmation {
  readonly message: string;
  readonly detail: string;
}

/** Which frame of a clip: the first, the last, or the one at a time, s. */
export type FrameAt = 'first' | 'last' | number;

/** A cut that an agent wants written: of the picks of a shot file, or of some clips. */
export interface WantedCut {
  readonly of: string | readonly Task[];
  readonly formats: readonly CutFormat[];
  /** A path; where it is relative, from the first folder of the workspace on. */
  readonly folder: string | undefined;
  /** Says what is going on. */
  readonly report: (message: string) => void;
}

/** What was written. */
export interface WrittenCut {
  readonly name: string;
  readonly clips: number;
  readonly seconds: number;
  /** The files, in the order of the formats. */
  readonly paths: readonly string[];
  /** What is not in it, each with the reason. */
  readonly missing: readonly string[];
  /** What is to be known of the files, or why one is not there. */
  readonly notes: readonly string[];
}

/** What the tools of agents need from outside. */
export interface ToolServices {
  readonly store: TaskStore;
  readonly operations: Operations;
  readonly making: Making;
  readonly budget: AgentBudget;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether agents may have videos made at all. */
  readonly isPaidAllowed: () => boolean;
  /** Whether there is a key for an origin. Rejects when that cannot be known. */
  readonly hasKey: (origin: string) => Promise<boolean>;
  /** Puts images on the web, as a person lets them be; `undefined`: it could not, and a message has shown the person why. */
  readonly prepareImages: (wishes: readonly Wish[]) => Promise<readonly Wish[] | undefined>;
  /** The videos of a shot file, or of one of its sections; or why they cannot be made. */
  readonly wishesIn: (file: string, section: string | undefined) => Promise<readonly Wish[] | string>;
  /** What is in an agent's text: task IDs; or why it is refused. */
  readonly readIds: (
    text: string,
    gateway: GatewayAddress,
  ) => Promise<
    | { readonly ids: readonly string[]; readonly inModelCenter: readonly string[] }
    | { readonly refusal: string }
  >;
  readonly saveFolder: () => string | null;
  /** The names of the models that the table knows. */
  readonly modelNames: () => readonly string[];
  readonly usualTime: (request: VideoRequest) => string;
  /** How much longer a task takes, in words; `undefined` where nobody knows. */
  readonly timeLeft: (task: Task) => string | undefined;
  /** Why an intent was not accepted, in words. */
  readonly reasonOf: (intent: Intent) => string;
  readonly nameOf: (task: Task) => string;
  /** Words as Markdown shows them. */
  readonly markdown: (text: string) => string;
  readonly confirmationOf: (plan: Plan, note: string) => AgentConfirmation;
  /** Has the person confirm, as their settings say. */
  readonly confirm: (plan: Plan, note: string) => Promise<boolean>;
  /** The first frame of a saved clip as a small JPEG. Rejects where there is no way to get it. */
  readonly firstFrame: (task: Task, signal: AbortSignal) => Promise<Uint8Array>;
  /** Saves a frame of a saved clip next to it as a PNG; gives its path. Rejects where it cannot be read. */
  readonly saveFrame: (task: Task, at: FrameAt, signal: AbortSignal) => Promise<string>;
  /** Writes a cut into new files; or says why it does not. Rejects where it cannot, or with the signal's reason: nothing is left then. */
  readonly exportCut: (cut: WantedCut, signal: AbortSignal) => Promise<WrittenCut | string>;
}
