import type { Unchecked } from '../tasks/task.ts';

/** The verdict on a file. `duration` is in s. */
export type Verdict =
  | { readonly kind: 'plays'; readonly duration: number }
  /** `detail`: how long it is, and how long it says it is, bytes. */
  | { readonly kind: 'cutOff'; readonly detail: string }
  | { readonly kind: 'notChecked'; readonly why: Unchecked }
  /** The system's words. Another try may do. */
  | { readonly kind: 'noAccess'; readonly detail: string };

/** What a reader found in a file. */
export interface Contents {
  /** Of the video, s; 0 where there is none, `undefined` where the tables make no sense. */
  readonly duration: number | undefined;
  /** Where the last of video and audio ends, bytes. */
  readonly dataEnd: number;
  /** Where the file ends by what it says itself, bytes. */
  readonly claimedEnd: number;
}
