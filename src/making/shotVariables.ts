/** A variable in a text, whatever its name. */
export const VARIABLE = /\{\{([^{}\r\n]{0,100})\}\}/g;

/** The values of each variable. */
export type Variables = ReadonlyMap<string, readonly string[]>;

/** The variables in the value of `vars`, and the names that have no usable values; '' if the value itself has no names. */
export function readVariables(value: unknown): {
  readonly variables: Variables;
  readonly invalid: readonly string[];
} {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { variables: new Map(), invalid: [''] };
  }
  const variables = new Map<string, string[]>();
  const invalid: string[] = [];
  for (const [name, given] of Object.entries(value)) {
    const values = (Array.isArray(given) ? given : [given]) as readonly unknown[];
    const texts = values.map(one =>
      typeof one === 'string' || typeof one === 'number' ? String(one) : undefined,
    );
    if (texts.length > 0 && texts.every(one => one !== undefined)) {
      variables.set(name, texts);
    } else {
      invalid.push(name);
    }
  }
  return { variables, invalid };
}

/** A variable that a text uses: its name, and where it is written, as offsets. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The variables that a text uses, in order. */
export function variablesUsed(text: string): VariableUse[] {
  return [...text.matchAll(VARIABLE)].map(({ 0: whole, 1: name = '', index }) => ({
    name: name.trim(),
    start: index,
    end: index + whole.length,
  }));
}

/** Every combination of values, the last variable changing first; at most `most`. */
export function combinations(variables: Variables, most: number): Record<string, string>[] {
  let sets: Record<string, string>[] = [{}];
  for (const [name, values] of variables) {
    sets = sets.flatMap(set => values.map(value => ({ ...set, [name]: value }))).slice(0, most);
  }
  return sets;
}

/** A value with its variables filled in: a text, or a list with texts. */
export function filled(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return filledText(value, variables);
  }
  return Array.isArray(value)
    ? value.map((one: unknown) => (typeof one === 'string' ? filledText(one, variables) : one))
    : value;
}

/** A text with its variables filled in; one that has no value stays as it is written. */
export function filledText(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => {
    const variable = name.trim();
    return Object.hasOwn(variables, variable) ? (variables[variable] ?? whole) : whole;
  });
}
