import { createHash } from 'node:crypto';
import { imageForm } from './images.ts';

/** Who brings an image to the web. */
export type Uploader =
  /** The PicGo of this machine, by its local server. */
  | { readonly kind: 'picgo'; readonly address: string }
  /** A command of the person's own, a program and its arguments; the image's path comes as the last. */
  | { readonly kind: 'command'; readonly command: readonly string[] };

/** What an uploader is remembered by. A command itself is not stored: its words may hold a password. */
export function uploaderName(uploader: Uploader): string {
  return uploader.kind === 'picgo'
    ? uploader.kind
    : `command:${createHash('sha256').update(JSON.stringify(uploader.command)).digest('hex').slice(0, 16)}`;
}

/** Why an image did not get to the web. */
export type UploadProblem =
  | { readonly kind: 'notRunning' | 'timeout' | 'tooMuch' | 'noLink' }
  /** The uploader's own words; where it said nothing, they are empty. */
  | { readonly kind: 'failed'; readonly text: string }
  /** Something other than PicGo responded: an HTTP status, or what else it said. */
  | { readonly kind: 'notPicGo'; readonly text: string }
  | { readonly kind: 'notFound' | 'notRunnable'; readonly text: string }
  | { readonly kind: 'exit'; readonly code: number; readonly text: string }
  /** What came back is no link that the gateway could open. */
  | { readonly kind: 'notPublic'; readonly link: string };

/** Thrown when an image did not get to the web. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly problem: UploadProblem;

  constructor(problem: UploadProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** How long an upload may take, ms. */
export const LONGEST_UPLOAD = 120_000;

/** The most that is read of what an uploader says, bytes. */
export const LARGEST_OUTPUT = 256 * 1024;

/** The longest words of an uploader that are kept, characters. */
const LONGEST_WORDS = 300;

/** A link as an uploader gave it, if the gateway can open it; throws where it cannot. */
export function publicLink(text: string): string {
  const link = text.trim();
  if (link === '') {
    throw new UploadError({ kind: 'noLink' });
  }
  if (imageForm(link) !== 'link') {
    throw new UploadError({ kind: 'notPublic', link: shortened(link) });
  }
  return link;
}

/** A program's words, so many that a message can hold them. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line;
}
