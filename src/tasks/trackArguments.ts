import * as v from 'valibot';
import { GROUPINGS } from './arrangement.ts';
import { shortText } from './foreign.ts';

/** Tasks that a keybinding, a task or another extension hands over. */
export interface TrackRequest {
  /** Each as a person would paste it. Of one that is none of these, only that can be said: `isReadable` is then false. */
  readonly inputs: readonly string[];
  readonly isReadable: boolean;
  /** What the new tasks are to be called. */
  readonly name: string | undefined;
  /** Whether the caller takes a text only, as VS Code's tasks do of what they put into a command line. */
  readonly wantsText: boolean;
}

const inputs = v.union([
  v.pipe(
    v.string(),
    v.transform(text => [text]),
  ),
  v.array(v.string()),
]);

const argument = v.union([
  v.pipe(
    inputs,
    v.transform(ids => ({ ids })),
  ),
  v.strictObject({
    ids: inputs,
    name: v.optional(shortText),
    result: v.optional(v.picklist(['text', 'object'])),
  }),
]);

/**
 * What the command was called with: a text, a list of texts, or an object with either as its `ids`, of which a `name` and the form of
 * the `result` can be said. `undefined` where it was called with nothing, or with the row that has the focus, as VS Code does
 * from the title of the list.
 */
export function readTrackArguments(given: unknown): TrackRequest | undefined {
  if (given === undefined || given === null || isRow(given)) {
    return undefined;
  }
  const read = v.safeParse(argument, given);
  if (!read.success) {
    return { inputs: [], isReadable: false, name: undefined, wantsText: false };
  }
  const { ids, name, result } = { name: undefined, result: undefined, ...read.output };
  const isNamed = name !== undefined && name.trim() !== '';
  return {
    inputs: ids,
    isReadable: true,
    name: isNamed ? name.trim() : undefined,
    wantsText: result === 'text',
  };
}

/** Whether it is a row of the list: that of a task is a number, that of a group is called after its kind. No ID has a colon. */
function isRow(given: unknown): boolean {
  return (
    typeof given === 'number' ||
    (typeof given === 'string' && GROUPINGS.some(grouping => given.startsWith(`${grouping}:`)))
  );
}
