import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { parseBounded, TooDeepError } from '../base/boundedJson.ts';
import { codeOf } from '../base/errors.ts';
import { isoTime } from '../base/clock.ts';
import { isClipName } from '../tasks/clipKind.ts';
import {
  bytes,
  gatewayBase,
  LONGEST_TEXT,
  momentText,
  note,
  pathText,
  refusalOf,
  seconds,
  shortText,
  source,
  takeNumber,
  taskId,
  verdict,
} from '../tasks/foreign.ts';
import type { FileCheck } from '../tasks/part.ts';
import { requestOf } from '../tasks/request.ts';
import { sourceOf } from '../tasks/shot.ts';
import { UNCHECKED, type Task } from '../tasks/task.ts';

/** The version counts changes that an older Dailies cannot read. */
const VERSION = 1;

/** The largest sidecar that is read, bytes: far above any that is written. */
export const LARGEST_SIDECAR = 256 * 1024;

/** The longest request that is kept, as indented JSON, bytes. */
const LONGEST_REQUEST = 100 * 1024;

const schema = v.object({
  dailies: v.literal(VERSION),
  id: taskId,
  gateway: gatewayBase,
  model: v.nullable(shortText),
  request: v.nullable(v.record(v.string(), v.unknown())),
  label: v.nullable(shortText),
  // Not there before 0.2.
  shotFile: v.optional(v.nullable(pathText), null),
  shot: v.optional(v.nullable(shortText), null),
  take: v.optional(v.nullable(takeNumber), null),
  verdict: v.optional(v.nullable(verdict), null),
  note: v.optional(v.nullable(note), null),
  source: v.optional(v.nullable(source), null),
  createdAt: v.nullable(momentText),
  completedAt: v.nullable(momentText),
  savedAt: momentText,
  linkHost: v.nullable(shortText),
  clip: v.object({
    name: v.pipe(v.string(), v.maxLength(255), v.check(isFileName, 'not the name of a clip')),
    bytes,
    duration: v.nullable(seconds),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a hash')),
    // Not there before 0.2; until then only what plays was kept.
    check: v.optional(v.nullable(v.picklist(['plays', 'notChecked'])), null),
    checkReason: v.optional(v.nullable(v.picklist(UNCHECKED)), null),
  }),
});

/**
 * What is known of a clip, as it is written next to it. Times are ISO 8601; `duration` is in s. Holds no key, and of links
 * no more than their hosts.
 */
export type Sidecar = Readonly<v.InferOutput<typeof schema>>;

/** The saved file, as the saver knows it. */
export interface ClipFile {
  readonly name: string;
  /** bytes */
  readonly size: number;
  readonly check: FileCheck;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What a text turned out to be: a sidecar, or why it is none, in words for the log. */
export type ReadSidecar = { readonly sidecar: Sidecar } | { readonly refused: string };

/** The content of the file next to a clip that was saved at `savedAt`, ms since the epoch. */
export function sidecarOf(task: Task, clip: ClipFile, savedAt: number): Sidecar {
  return {
    dailies: VERSION,
    id: task.id,
    gateway: task.gateway,
    model: bounded(task.model),
    request: shortRequestOf(task),
    ...personalFactsOf(task),
    createdAt: isoTime(task.createdAt),
    completedAt: isoTime(task.completedSeenAt),
    savedAt: new Date(savedAt).toISOString(),
    linkHost: URL.parse(task.videoUrl ?? '')?.host ?? null,
    clip: {
      name: clip.name,
      bytes: clip.size,
      duration: clip.check.fileDuration,
      sha256: clip.sha256,
      check: clip.check.fileCheck,
      checkReason: clip.check.fileCheckText,
    },
  };
}

/** What a person says of a clip, also after it was saved. */
export function personalFactsOf(
  task: Task,
): Pick<Sidecar, 'label' | 'shotFile' | 'shot' | 'take' | 'verdict' | 'note' | 'source'> {
  const { label, shotFile, shot, take, verdict: decided, note: line } = task;
  return {
    label: bounded(label),
    shotFile,
    shot: bounded(shot),
    take,
    verdict: decided,
    note: line,
    source: sourceOf(task) ?? null,
  };
}

/** A sidecar as the text of its file. */
export function sidecarText(sidecar: Sidecar): string {
  return `${JSON.stringify(sidecar, null, 2)}\n`;
}

/** Reads a file that may be a sidecar, from wherever it comes. */
export function readSidecar(text: string): ReadSidecar {
  let parsed: unknown;
  try {
    parsed = parseBounded(text);
  } catch (error) {
    return { refused: error instanceof TooDeepError ? error.message : 'not JSON' };
  }
  if (typeof parsed !== 'object' || parsed === null || !('dailies' in parsed)) {
    return { refused: 'not written by Dailies' };
  }
  if (typeof parsed.dailies === 'number' && parsed.dailies > VERSION) {
    return { refused: 'written by a newer Dailies' };
  }
  const result = v.safeParse(schema, parsed);
  const [issue] = result.issues ?? [];
  return issue ? { refused: refusalOf(issue) } : { sidecar: result.output as Sidecar };
}

/** `clip.mp4` -> `clip.json`. */
export function sidecarName(clipName: string): string {
  return `${clipName.replace(/\.[^.\\/]*$/, '')}.json`;
}

/** The SHA-256 of bytes, hexadecimal. */
export function hashBytes(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The SHA-256 of a file of any size, hexadecimal. Rejects when `signal` stops it. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}

/**
 * Writes the sidecar of a clip, whole or not at all. Never overwrites: where there is a file of that name, it throws with
 * the code EEXIST.
 */
export async function writeSidecar(clipPath: string, content: string): Promise<void> {
  const temporaryPath = join(dirname(clipPath), `.dailies-${randomUUID()}.part`);
  try {
    const file = await open(temporaryPath, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await linkOrCopy(temporaryPath, sidecarName(clipPath));
  } finally {
    await rm(temporaryPath, { force: true });
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      throw error;
    }
    // For file systems without hard links (exFAT, some network shares).
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** Whether a name stays in its folder, on every system. */
function isFileName(name: string): boolean {
  return /^[^\\/:\p{Cc}]+$/u.test(name) && isClipName(name);
}

/** The request, unless it is longer than a file next to a clip should be. */
function shortRequestOf(task: Task): Sidecar['request'] {
  const request = requestOf(task);
  return Buffer.byteLength(JSON.stringify(request, null, 2)) <= LONGEST_REQUEST ? request : null;
}

function bounded(text: string | null): string | null {
  return text === null ? null : text.slice(0, LONGEST_TEXT);
}
