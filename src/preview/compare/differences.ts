import type { Fact } from '../protocol.ts';

/** The values of one property, in the order of the clips; `null` if a clip does not have it. */
export interface Row {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** Divides the properties of clips into those that differ and those that are identical in all, in the order of the clips. */
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
