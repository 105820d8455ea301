import * as v from 'valibot';
import { CUT_FORMATS } from '../cut/formats.ts';
import { LONGEST_NOTE } from '../tasks/shot.ts';
import { ToolError } from './tool.ts';

/** The most that an agent may send in one text, characters; prompts are the longest. */
const LONGEST_TEXT = 20_000;

/** The longest time that one call waits, s. By default it is shorter, as many programs give up on a call after a minute. */
export const LONGEST_WAIT = 600;
export const USUAL_WAIT = 50;

/** The most videos of one result. */
const MOST_LISTED = 100;
const USUALLY_LISTED = 20;

/** The most clips that one cut is made of by their names. */
const MOST_IN_CUT = 500;

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST_TEXT));
/** A path, which no system lets have the character that ends texts. */
const path = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1_000), v.excludes('\0'));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What names a video: its ID, that of its request, or the key that it was requested with. */
const id = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

/** A request is checked by the model table: here only that it is one, and no book. */
const request = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check(
    ({ prompt }) => typeof prompt !== 'string' || prompt.length <= LONGEST_TEXT,
    `The prompt has more than ${LONGEST_TEXT} characters.`,
  ),
);

const wish = {
  request: v.optional(request),
  shot_file: v.optional(path),
  section: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1_000))),
};

export const schemas = {
  listVideos: v.strictObject({
    state: v.optional(v.picklist(['all', 'in_progress', 'ready', 'failed']), 'all'),
    limit: v.optional(v.pipe(count, v.minValue(1), v.maxValue(MOST_LISTED)), USUALLY_LISTED),
    skip: v.optional(count, 0),
  }),
  getVideo: v.strictObject({ id }),
  estimateVideo: v.strictObject(wish),
  makeVideo: v.strictObject({
    ...wish,
    request_key: v.pipe(v.string(), v.trim(), v.minLength(8), v.maxLength(200)),
    max_cost: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
    another_take: v.optional(v.boolean(), false),
  }),
  waitForVideo: v.strictObject({
    id,
    timeout_seconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(LONGEST_WAIT)), USUAL_WAIT),
    first_frame: v.optional(v.boolean(), true),
  }),
  saveFrame: v.strictObject({
    id,
    at: v.optional(
      v.union([v.picklist(['first', 'last']), v.pipe(v.number(), v.finite(), v.minValue(0))]),
      'last',
    ),
  }),
  pickTake: v.strictObject({
    id,
    decision: v.optional(v.picklist(['pick', 'reject', 'clear'])),
    note: v.optional(v.pipe(v.string(), v.maxLength(LONGEST_NOTE))),
  }),
  trackVideo: v.strictObject({ ids: text }),
  exportCut: v.strictObject({
    shot_file: wish.shot_file,
    ids: v.optional(v.pipe(v.array(id), v.minLength(1), v.maxLength(MOST_IN_CUT))),
    formats: v.optional(v.pipe(v.array(v.picklist(CUT_FORMATS)), v.minLength(1)), ['otio']),
    folder: v.optional(path),
  }),
} as const;

/** An agent's input, checked; throws with all that is wrong in it. */
export function readInput<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const read = v.safeParse(schema, input);
  if (read.success) {
    return read.output;
  }
  const issues = read.issues.slice(0, 5).map(issue => {
    const path = v.getDotPath(issue);
    return path === null ? issue.message : `${path}: ${issue.message}`;
  });
  throw new ToolError(`The input is not valid, so nothing was done. ${issues.join(' ')}`);
}
