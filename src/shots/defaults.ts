import type { Model } from '../gateway/models.ts';
import type { Span } from '../making/shotText.ts';
import { readShots, type Issue } from './issues.ts';
import { placeAt, type Place } from './place.ts';

/** Around the fields of a folder's defaults, so that they read as a shot file. */
const BEFORE = '---\n';
const AFTER = '\n---\nx';

/** What a folder's defaults leave open: each shot adds to them. */
const OPEN: ReadonlySet<string> = new Set(['missing', 'unresolved', 'needs']);

/** A folder's defaults, read as a shot file with nothing but them: what is wrong in them, at its place in their own text. */
export function readDefaults(
  text: string,
  modelOf: (id: string) => Model | undefined,
): { issues: readonly Issue[] } {
  const { issues } = readShots(BEFORE + text + AFTER, new Map(), modelOf);
  return {
    issues: issues
      .filter(
        ({ code, what }) => !OPEN.has(code) || (what.from === 'request' && what.problem.index !== undefined),
      )
      .map(issue => ({ ...issue, span: moved(issue.span, text.length) })),
  };
}

/** What stands at a place in a folder's defaults. */
export function placeInDefaults(
  text: string,
  offset: number,
  modelOf: (id: string) => Model | undefined,
): { place: Place | undefined; model: Model | undefined; taken: ReadonlySet<string> } {
  const whole = BEFORE + text + AFTER;
  const { file } = readShots(whole, new Map(), modelOf);
  const place = placeAt(whole, offset + BEFORE.length, file);
  const fields = file.shots[0]?.fields;
  const model = fields?.get('model')?.value;
  return {
    place: place && { ...place, span: moved(place.span, text.length) },
    model: typeof model === 'string' ? modelOf(model) : undefined,
    taken: new Set(fields?.keys()),
  };
}

function moved({ start, end }: Span, length: number): Span {
  const at = (offset: number): number => Math.min(length, Math.max(0, offset - BEFORE.length));
  return { start: at(start), end: at(end) };
}
