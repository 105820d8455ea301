import type { Verdict } from '../tasks/shot.ts';

/** What a page can have done with takes; each is the name of a command. */
export const TAKE_VERBS = ['pick', 'unpick', 'reject', 'unreject', 'note'] as const;
export type TakeVerb = (typeof TAKE_VERBS)[number];

/** What a person has decided about a take. */
export type Decision = Verdict | 'none';

/** The decision about a clip, by the words of `capabilitiesOf`; `undefined` where there is nothing to decide. */
export function decisionIn(words: string): Decision | undefined {
  const known = words.split(' ');
  if (known.includes('picked')) {
    return 'picked';
  }
  if (known.includes('rejected')) {
    return 'rejected';
  }
  return known.includes('pickable') ? 'none' : undefined;
}

/** What a toggle does to takes with these decisions: it is taken back only where it holds for all; `undefined` where there is nothing to decide. */
export function toggled(
  verb: 'pick' | 'reject',
  decisions: readonly (Decision | undefined)[],
): TakeVerb | undefined {
  const known = decisions.filter(one => one !== undefined);
  if (known.length === 0) {
    return undefined;
  }
  const [holds, back] =
    verb === 'pick' ? (['picked', 'unpick'] as const) : (['rejected', 'unreject'] as const);
  return known.every(one => one === holds) ? back : verb;
}

export function isTakeVerb(verb: unknown): verb is TakeVerb {
  return TAKE_VERBS.some(one => one === verb);
}
