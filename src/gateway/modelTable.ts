import {
  MODELS,
  PARAMETERS,
  FAMILIES,
  type Model,
  type ParameterName,
  type ParameterRule,
} from './models.ts';

/** What is wrong with a person's row of the model table: of which model, and which of its fields; the row is not used. */
export interface ModelTrouble {
  readonly model: string;
  /** `family.resolution` and the like; empty where the row as a whole is no row. */
  readonly field: string;
}

/** The models that are known: those that Dailies brings, with a person's own rows over them. */
export interface ModelTable {
  readonly models: readonly Model[];
  readonly troubles: readonly ModelTrouble[];
}

type Fields = Readonly<Record<string, unknown>>;

/** More rows, or more values of a parameter, are no table of a person. */
const MOST = 200;

/** The longest text of a row, characters. */
const LONGEST = 100;

/** What a row of a person can say. */
const ROW_FIELDS = new Set(['like', 'family', 'parameters', 'reference', 'frames', 'seconds', 'billing']);

/**
 * The table with a person's own rows (`dailies.models`, an object of rows by model). A row says what differs: from the row of the
 * same model, or from that of `like`, or from the first of its `family`. Takes any value and never throws; a row with anything
 * wrong in it is not used.
 */
export function modelTable(setting: unknown): ModelTable {
  const models = new Map(MODELS.map(model => [model.id, model]));
  const troubles: ModelTrouble[] = [];
  for (const [model, row] of isFields(setting) ? Object.entries(setting).slice(0, MOST) : []) {
    const id = model.trim();
    const found = isText(id) ? rowOf(id, row, models) : '';
    if (typeof found === 'string') {
      troubles.push({ model: model.slice(0, LONGEST), field: found });
    } else {
      models.set(id, found);
    }
  }
  return { models: [...models.values()], troubles };
}

/** One row, or the name of the field that is wrong in it. */
function rowOf(id: string, row: unknown, models: ReadonlyMap<string, Model>): Model | string {
  if (!isFields(row)) {
    return '';
  }
  const unknown = Object.keys(row).find(name => !ROW_FIELDS.has(name));
  if (unknown !== undefined) {
    return unknown.slice(0, LONGEST);
  }
  const base = baseOf(id, row, models);
  if (typeof base === 'string') {
    return base;
  }
  const { family = base.family, frames = base.frames, billing = base.billing, seconds = base.seconds } = row;
  const parameters = parametersOf(row.parameters, base);
  if (typeof parameters === 'string') {
    return parameters;
  }
  const reference = referenceOf(row.reference, base);
  if (reference === undefined) {
    return 'reference';
  }
  const words = { family, frames, billing };
  const wrong = (['family', 'frames', 'billing'] as const).find(
    name => !(WORDS[name] as readonly unknown[]).includes(words[name]),
  );
  if (wrong !== undefined) {
    return wrong;
  }
  if (seconds !== null && !(isNumber(seconds) && seconds > 0)) {
    return 'seconds';
  }
  return { id, parameters, reference, seconds, ...words } as Model;
}

const WORDS = {
  family: FAMILIES,
  frames: ['none', 'optional', 'only'],
  billing: ['second', 'call', 'unknown'],
} as const;

/** The row that another says the difference to, or the name of the field that should have named it. */
function baseOf(id: string, { like, family }: Fields, models: ReadonlyMap<string, Model>): Model | string {
  if (like !== undefined) {
    return (typeof like === 'string' ? models.get(like.trim()) : undefined) ?? 'like';
  }
  return models.get(id) ?? MODELS.find(model => model.family === family) ?? 'family';
}

function parametersOf(value: unknown, base: Model): Model['parameters'] | string {
  if (value === undefined) {
    return base.parameters;
  }
  if (!isFields(value)) {
    return 'parameters';
  }
  const rules: Partial<Record<ParameterName, ParameterRule>> = { ...base.parameters };
  for (const [name, rule] of Object.entries(value)) {
    const parameter = PARAMETERS.find(one => one === name);
    const read = parameter && ruleOf(rule, parameter);
    if (parameter === undefined || read === undefined) {
      return `parameters.${name.slice(0, LONGEST)}`;
    }
    if (read === null) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of three names
      delete rules[parameter];
    } else {
      rules[parameter] = read;
    }
  }
  return rules;
}

/** A rule as a person writes it: `null` for a parameter that is not taken, a list of values of which the first is the usual one, or both. */
function ruleOf(rule: unknown, name: ParameterName): ParameterRule | null | undefined {
  if (rule === null) {
    return null;
  }
  const { values, default: usual } = isFields(rule) ? rule : { values: rule };
  if (!Array.isArray(values) || values.length === 0 || values.length > MOST) {
    return undefined;
  }
  const suits =
    name === 'duration' ? (one: unknown) => isNumber(one) && Number.isInteger(one) && one > 0 : isText;
  if (!values.every(suits)) {
    return undefined;
  }
  const found: unknown = usual ?? values[0];
  return values.includes(found)
    ? { values: [...(values as (string | number)[])], default: found as string | number }
    : undefined;
}

/** `null` for none; `undefined` for what is none of these. */
function referenceOf(value: unknown, base: Model): Model['reference'] | undefined {
  if (value === undefined) {
    return base.reference;
  }
  if (value === null || value === 0) {
    return null;
  }
  const { most, takesData = false } = isFields(value) ? value : { most: value };
  const isWhole = isNumber(most) && Number.isInteger(most) && most > 0 && most <= MOST;
  return isWhole && typeof takesData === 'boolean' ? { most, takesData } : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST && value === value.trim();
}
