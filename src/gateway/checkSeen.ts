import type { Reply } from '../tasks/reply.ts';
import type { SaveProblem } from '../tasks/task.ts';
import type { CheckedTasks, CheckStep } from './checkPlan.ts';
import type { Probe } from './probe.ts';

/** What the media server made of a request for the first bytes of a clip. */
export interface LinkResponse {
  readonly status: number;
  /** The hosts that were led through, the link's own first. */
  readonly hosts: readonly string[];
  readonly contentType: string;
  /** How the body is encoded; empty where it comes as it is. */
  readonly coding: string;
  /** Whether the range that was requested was given. */
  readonly range: RangeSupport;
  /** How large the whole is, bytes; `null` where nobody says. */
  readonly size: number | null;
  readonly hasEtag: boolean;
  readonly hasLastModified: boolean;
  /** What pages of other hosts may do with it; empty where nothing is said. */
  readonly allowsOrigin: string;
}

/** What a media server makes of a request for a range: `none`: it gives the whole; `unstated`: it doesn't say what it gives. */
export type RangeSupport = 'given' | 'others' | 'unstated' | 'none';

/** Why there is no response: what went wrong on the way, or why Dailies does not go there. */
export interface LinkFailure {
  readonly problem: SaveProblem;
  readonly failure: string;
  /** As in a response. */
  readonly hosts: readonly string[];
}

export type LinkProbe = LinkResponse | LinkFailure;

/** One request of a check, and what came of it. */
export type Exchange =
  | {
      readonly step: Exclude<CheckStep, 'link'>;
      /** ms since the epoch. */
      readonly sentAt: number;
      readonly probe: Probe;
      /** What Dailies makes of it, where it is about a task. */
      readonly reply: Reply | null;
    }
  | { readonly step: 'link'; readonly sentAt: number; readonly link: LinkProbe };

/** What the list already shows of what only luck or money would show. */
export interface Evidence {
  /** Charges that results have named, with their models, the newest first. */
  readonly charges: readonly { readonly model: string; readonly amount: number }[];
  /** The gateway's words for an account that is out of credit; `null` where it never was. */
  readonly outOfCredit: string | null;
  /** Whether a task is or was held back by a rate limit. */
  readonly wasRateLimited: boolean;
  /** How a text-only request for `veo_3_1_fast_stable` ended; `null` where none did. */
  readonly textOnlyStable: 'completed' | 'failed' | null;
  /** The most images with which `grok_video3_pro` has completed; `null` where none did. */
  readonly grokProImages: number | null;
}

/** Why a check ended before its last request: by a person's word, or because more of them would show nothing. */
export type CheckEnd = 'cancelled' | 'paused' | 'rateLimited' | 'unreachable';

/** All that a check of the gateway has seen so far. Times are ms since the epoch. */
export interface CheckSeen {
  readonly gateway: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** How many requests are to be sent. */
  readonly planned: number;
  readonly exchanges: readonly Exchange[];
  readonly tasks: CheckedTasks;
  readonly evidence: Evidence;
  /** Whether VS Code's settings or the environment name a proxy. */
  readonly hasProxy: boolean;
  readonly stopped: CheckEnd | null;
}
