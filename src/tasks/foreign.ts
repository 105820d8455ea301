import * as v from 'valibot';
import { parseBounded } from '../base/boundedJson.ts';
import { isBaseAddress } from './gatewayAddress.ts';
import { LONGEST_NOTE, sourceOf, VERDICTS } from './shot.ts';
import { isSafeId } from './taskInput.ts';

/**
 * What facts of tasks may look like that come from outside: imported lists and the files next to clips are made of these.
 * Nothing that one of them accepts can harm a list, however the file came to be.
 */

/** The longest label, model, name or status word, characters. */
export const LONGEST_TEXT = 1_000;

/** The longest path or URI, characters; the longest that Windows has. */
const LONGEST_PATH = 32_767;

/** The longest response of a gateway, request or link, characters: a link can be the clip itself. */
const LONGEST_BODY = 32 * 1024 * 1024;

/** The longest source, characters: an address, an id and a number. */
const LONGEST_SOURCE = 3_000;

/** The last moment that a calendar has, ms since the epoch (ECMA-262, time values). */
const LAST_MOMENT = 8.64e15;

/** Far longer than any clip, s: a year. */
const LONGEST_CLIP = 366 * 24 * 3600;

export const shortText = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
export const pathText = v.pipe(v.string(), v.maxLength(LONGEST_PATH));
export const longText = v.pipe(v.string(), v.maxLength(LONGEST_BODY));

export const taskId = v.pipe(v.string(), v.check(isSafeId, 'not a task id'));

/** In the form that tasks are stored with. */
export const gatewayBase = v.pipe(shortText, v.check(isBaseAddress, 'not an address of a gateway'));

/** ms since the epoch. */
export const moment = v.pipe(v.number(), v.integer(), v.minValue(-LAST_MOMENT), v.maxValue(LAST_MOMENT));

/** ISO 8601. */
export const momentText = v.pipe(
  v.string(),
  v.maxLength(40),
  v.check(text => !Number.isNaN(Date.parse(text)), 'not a time'),
);

export const seconds = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(LONGEST_CLIP));
/** What a task was charged, in its gateway's own unit. */
export const amount = v.pipe(v.number(), v.finite(), v.minValue(0));

export const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** The number of a take. */
export const takeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const verdict = v.picklist(VERDICTS);

/** A person's one line on a take. */
export const note = v.pipe(v.string(), v.maxLength(LONGEST_NOTE));

/** The frame that a clip starts from. */
export const source = v.object({ gateway: gatewayBase, id: taskId, at: v.nullable(seconds) });

/** The same as tasks hold it. */
export const sourceJson = v.pipe(
  v.string(),
  v.maxLength(LONGEST_SOURCE),
  v.check(text => sourceOf({ source: text }) !== undefined, 'not a source'),
);

/** The JSON text of a request, as tasks hold it. */
export const requestText = v.pipe(longText, v.check(isObjectText, 'not a request'));

/** Why a value was refused: where in it, and what is wrong there. */
export function refusalOf(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`;
}

function isObjectText(text: string): boolean {
  try {
    const parsed = parseBounded(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
