import type { TaskResponse } from '../tasks/reply.ts';
import { isObject, nodesIn, wordsIn, type Json, type JsonObject } from './responseTree.ts';
import { shortened } from './words.ts';

/** What a response says of its task besides how it is doing. What is missing, or of the wrong type, is `null`. */
export function findFacts(
  root: JsonObject,
  id?: string,
): Pick<TaskResponse, 'model' | 'createdAt' | 'actualDuration' | 'amount'> {
  const objects = nodesIn(root, id).flatMap(({ value }) => (isObject(value) ? [value] : []));
  const first = <T>(names: RegExp, read: (value: Json) => T | null): T | null => {
    for (const object of objects) {
      for (const [name, value] of Object.entries(object)) {
        const found = names.test(wordsIn(name).join(' ')) ? read(value) : null;
        if (found !== null) {
          return found;
        }
      }
    }
    return null;
  };
  return {
    model: first(/^model( name)?$/, value =>
      typeof value === 'string' && value !== '' ? shortened(value) : null,
    ),
    createdAt: first(/^(created|create time|created at)$/, readCreated),
    actualDuration: first(/^actual duration$/, positive),
    // Its currency is stated nowhere (api.md 3.1).
    amount: first(/^amount$/, notNegative),
  };
}

function notNegative(value: Json): number | null {
  return value === 0 || value === '0' ? 0 : positive(value);
}

function positive(value: Json): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : null;
}

function readCreated(value: Json): number | null {
  const created = positive(value);
  if (created === null) {
    return null;
  }
  // Documented in seconds; one client met milliseconds (api.md 3.1).
  const at = created > 1e12 ? created : created * 1000;
  // The range of a JavaScript date.
  return at <= 8.64e15 ? Math.round(at) : null;
}
