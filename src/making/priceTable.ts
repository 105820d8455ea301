import type { PriceTable } from './price.ts';

/** A price of a person's that cannot be used: of which model, and which of its fields; empty where the row as a whole is no price. */
export interface PriceTrouble {
  readonly model: string;
  readonly field: string;
}

/** What a price is for: one video, or one second of it. */
const UNITS = ['call', 'second'] as const;

/** The longest name that is shown, characters. */
const LONGEST = 100;

/** A person's own prices (`dailies.prices`, an object of rows by model), and what is wrong in them. Takes any value and never throws. */
export function priceTable(setting: unknown): { table: PriceTable; troubles: readonly PriceTrouble[] } {
  const rows = isFields(setting) ? Object.entries(setting) : [];
  const table = rows.map(([model, row]) => [model, isFields(row) ? rowOf(row) : {}] as const);
  return {
    // A model may be called as something that every object has.
    table: Object.assign(Object.create(null), Object.fromEntries(table)) as PriceTable,
    troubles: rows.flatMap(([model, row]) => {
      const field = wrongIn(row);
      return field === undefined ? [] : [{ model: model.slice(0, LONGEST), field: field.slice(0, LONGEST) }];
    }),
  };
}

function rowOf(row: Fields): PriceTable[string] {
  return Object.fromEntries(UNITS.flatMap(unit => (isPrice(row[unit]) ? [[unit, row[unit]]] : [])));
}

function wrongIn(row: unknown): string | undefined {
  return !isFields(row) || Object.keys(row).length === 0
    ? ''
    : Object.keys(row).find(name => !UNITS.some(unit => unit === name) || !isPrice(row[name]));
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
