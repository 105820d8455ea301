import type { Fact } from '../protocol.ts';

/** What the clips have under one name, in their order; `null` where one has nothing. */
export interface Row {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** What differs between clips, and what is the same in all, in the order in which the clips tell it. */
export function compareFacts(clips: readonly (readonly Fact[])[]): {
  readonly different: readonly Row[];
  readonly same: readonly Fact[];
} {
  const known = clips.map(facts => new Map(facts));
  const names = new Set(clips.flatMap(facts => facts.map(([name]) => name)));
  const rows = [...names].map(name => ({ name, values: known.map(facts => facts.get(name) ?? null) }));
  const isSame = ({ values }: Row): boolean => new Set(values).size === 1;
  return {
    different: rows.filter(row => !isSame(row)),
    same: rows.filter(isSame).map(({ name, values }) => [name, values[0] ?? '']),
  };
}
