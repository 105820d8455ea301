/** What was found of JSON in a text. */
export interface PastedJson {
  /** Every object or list that stands in it, one after the other or amid other text. */
  readonly values: readonly unknown[];
  /** What else stands there. */
  readonly rest: string;
  /** Whether an object begins that does not end, or is no JSON. */
  readonly isBroken: boolean;
}

/** Where the gateway's JSON carries an id, in order of trust (api.md section 4, create envelopes). */
const ID_FIELDS = [
  'task_id',
  'taskId',
  'id',
  'projectId',
  'job_id',
  'jobId',
  'video_id',
  'videoId',
  'generation_id',
] as const;

/** Where tasks stand in envelopes. */
const HOLDERS = [
  'data',
  'result',
  'output',
  'task',
  'video',
  'response',
  'tasks',
  'list',
  'items',
  'records',
  'results',
  'body',
] as const;

/** What envelopes have; their own id is that of the request. */
const ENVELOPE = ['code', 'msg', 'success', 'request_id'] as const;

/** How deep tasks are looked for. */
const DEEPEST = 8;

/** So many brackets are looked at that do not end: each costs a walk through the rest. */
const MOST_UNENDED = 20;

/** Takes the JSON out of a text: NDJSON, objects back to back, a body after its headers. */
export function takeJson(text: string): PastedJson {
  const values: unknown[] = [];
  let rest = '';
  let isBroken = false;
  let unended = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const isOpening = (character === '{' || character === '[') && unended < MOST_UNENDED;
    const end = isOpening ? endOfValue(text, at) : -1;
    unended += isOpening && end === -1 ? 1 : 0;
    const value = end === -1 ? undefined : parsed(text.slice(at, end));
    if (value !== undefined) {
      values.push(value);
      rest += ' ';
      at = end - 1;
      continue;
    }
    isBroken ||= character === '{' || (character === '[' && /^\[\s*[{"]/.test(text.slice(at, at + 100)));
    rest += character;
  }
  return { values, rest, isBroken };
}

/** The ids of the tasks that a value of JSON is about; none where it names none. */
export function idsInJson(value: unknown, depth = 0): string[] {
  if (depth > DEEPEST || value === null || value === undefined) {
    return [];
  }
  if (typeof value === 'string') {
    const inner = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    return inner === undefined ? [value] : idsInJson(inner, depth + 1);
  }
  if (Array.isArray(value)) {
    const lists = value.map(element => idsInJson(element, depth + 1));
    return lists.some(ids => ids.length === 0) ? [] : lists.flat();
  }
  return typeof value === 'object' ? idsOf(value as Record<string, unknown>, depth) : [];
}

function idsOf(object: Record<string, unknown>, depth: number): string[] {
  const own = ID_FIELDS.map(name => object[name]).find(
    (id): id is string => typeof id === 'string' && id !== '' && !/^\s*[[{]/.test(id),
  );
  const held = HOLDERS.map(name => object[name])
    .filter(holder => (typeof holder === 'object' && holder !== null) || /^\s*[[{]/.test(asText(holder)))
    .map(holder => idsInJson(holder, depth + 1))
    .find(ids => ids.length > 0);
  const isEnvelope = ENVELOPE.some(name => name in object);
  const ownIds = own === undefined ? [] : [own];
  return held !== undefined && (isEnvelope || own === undefined) ? held : ownIds;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** JSON, whole numbers in it as they are written, since ids can be longer than numbers can hold; `undefined` for what is none. */
function parsed(text: string): unknown {
  const keepNumbers = (_name: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && /^[1-9]\d*$/.test(context?.source ?? String(value))
      ? (context?.source ?? String(value))
      : value;
  try {
    return JSON.parse(text, keepNumbers);
  } catch {
    // Not JSON, or not all of it.
    return undefined;
  }
}

/** Where the object or list ends that begins here; -1 where it does not. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === '{' || character === '[') {
      depth++;
    } else if ((character === '}' || character === ']') && --depth === 0) {
      return at + 1;
    }
  }
  return -1;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}
