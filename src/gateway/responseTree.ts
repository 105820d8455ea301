/** A value of a response. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A value and the names that lead to it, in words, the outermost first; nodes in lists have none. */
export interface JsonNode {
  readonly value: Json;
  readonly path: readonly (readonly string[])[];
  /** Whether it is one of several in a list, or stands below one. */
  readonly isOneOfMany: boolean;
}

/**
 * How deep, how far and how wide a response is looked through: far more than any was seen to have, and so little that the extension
 * host is held up for some ms only.
 */
const DEEPEST = 20;
const MOST_NODES = 4_000;
const MOST_NAMES = 200;
const MOST_NAMES_IN_ALL = 4_000;

/** What parsing a JSON text may cost, in costs of a number in a list, and what else costs: a text, that it is a name, and an object or list. */
const DEAREST = 640_000;
const COSTS = { text: 5, name: 6, group: 5 } as const;

/** JSON within a string is opened up to this length, characters. */
const LONGEST_INNER = 4 * 1024 * 1024;

/** What stands in a response and is not the task: what was requested, and the response's own structure. */
const OTHER_MATTER: ReadonlySet<string> = new Set(
  `input inputs request req param params parameter parameters prompt prompts config configuration option options setting settings
   args arguments webhook callback notify usage billing user account log logs step steps history header headers`.split(
    /\s+/,
  ),
);

/** Reads a body, also one that is JSON in a JSON string, or in lists of one. `undefined` for what holds no JSON object. */
export function parseResponse(body: string, id?: string): JsonObject | undefined {
  let now = opened(inner(body.replace(/^\ufeff/, '').trim()) ?? null);
  for (let depth = 0; Array.isArray(now) && depth < DEEPEST; depth++) {
    const elements = elementsOf(now as readonly Json[], id);
    if (elements.length !== 1) {
      return elements.some(element => isObject(opened(element))) ? { list: elements } : undefined;
    }
    now = opened(elements[0] as Json);
  }
  return isObject(now) ? now : undefined;
}

/** The nodes of responses that somebody still reads, and the task that they are read for: each is gone through several times. */
const gathered = new WeakMap<JsonObject, { readonly id: string | undefined; readonly nodes: JsonNode[] }>();

/** Every value of a response that may be about the task, the outer ones first, in the order in which they stand. */
export function nodesIn(root: JsonObject, id?: string): readonly JsonNode[] {
  const known = gathered.get(root);
  if (known && known.id === id) {
    return known.nodes;
  }
  const nodes = gather(root, id);
  gathered.set(root, { id, nodes });
  return nodes;
}

function gather(root: JsonObject, id: string | undefined): JsonNode[] {
  const queue: JsonNode[] = [{ value: root, path: [], isOneOfMany: false }];
  let names = 0;
  // The queue grows while it is gone through.
  for (const node of queue) {
    if (node.path.length < DEEPEST) {
      for (const next of below(node, id)) {
        names += isObject(next.value) ? Object.keys(next.value).length : 0;
        if (queue.length === MOST_NODES || names > MOST_NAMES_IN_ALL) {
          return queue;
        }
        queue.push(next);
      }
    }
  }
  return queue;
}

function* below({ value, path, isOneOfMany }: JsonNode, id?: string): Generator<JsonNode> {
  if (Array.isArray(value)) {
    const elements = elementsOf(value as readonly Json[], id);
    for (const element of elements) {
      yield { value: opened(element), path, isOneOfMany: isOneOfMany || elements.length > 1 };
    }
  } else if (isObject(value)) {
    for (const [name, child] of Object.entries(value)) {
      const words = wordsIn(name);
      if (!words.some(word => OTHER_MATTER.has(word))) {
        yield { value: opened(child), path: [...path, words], isOneOfMany };
      }
    }
  }
}

/** Of several tasks, the one that was requested. */
function elementsOf(list: readonly Json[], id: string | undefined): readonly Json[] {
  const requested =
    id === undefined ? [] : list.filter(element => isObject(element) && namesTask(element, id));
  return requested.length > 0 ? requested : list;
}

/** Whether an object is about a task, or about the very one with this id. */
export function namesTask(object: JsonObject, id?: string): boolean {
  return Object.entries(object).some(([name, value]) => {
    const word = wordsIn(name).join(' ');
    const isId = /^((task|job|video|generation|project|prediction) )?id$/.test(word);
    return id === undefined
      ? (isId || /^(model|model name|video url|actual duration)$/.test(word)) &&
          value !== null &&
          value !== ''
      : isId && (value === id || (typeof value === 'number' && String(value) === id));
  });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As much of a name is read, characters. */
const LONGEST_NAME = 100;

const known = new Map<string, readonly string[]>();

/** The words of a name, lower-cased: `taskStatus` and `task_status` are the same. */
export function wordsIn(name: string): readonly string[] {
  const told = name.slice(0, LONGEST_NAME);
  const seen = known.get(told);
  if (seen) {
    return seen;
  }
  const words = told
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(word => word !== '');
  if (known.size < 1000) {
    known.set(told, words);
  }
  return words;
}

/** A value, or what a string holds that is JSON itself; of an object with names without end, the first. */
export function opened(value: Json): Json {
  let now = value;
  for (let depth = 0; typeof now === 'string' && depth < 4; depth++) {
    const found = /^\s*["[{]/.test(now) && now.length <= LONGEST_INNER ? inner(now) : undefined;
    if (found === undefined) {
      break;
    }
    now = found;
  }
  return isObject(now) ? narrow(now) : now;
}

function narrow(object: JsonObject): JsonObject {
  const names = Object.keys(object);
  return names.length <= MOST_NAMES
    ? object
    : Object.fromEntries(names.slice(0, MOST_NAMES).map(name => [name, object[name] ?? null]));
}

function inner(text: string): Json | undefined {
  try {
    return isTooMuch(text) ? undefined : (JSON.parse(text) as Json);
  } catch {
    // Just a text.
    return undefined;
  }
}

/** Whether what would be JSON has more values than are read; what stands in its texts does not count. */
export function isTooMuch(text: string): boolean {
  if (!/^[\s\ufeff]*["[{]/.test(text)) {
    return false;
  }
  let left = DEAREST;
  for (let at = 0; at < text.length && left > 0; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      at = endOfText(text, at + 1);
      left -= COSTS.text;
    } else if (character === BRACKET || character === BRACE) {
      left -= COSTS.group;
    } else if (character === COLON) {
      left -= COSTS.name;
    } else if (character === COMMA) {
      left--;
    }
  }
  return left <= 0;
}

const [QUOTE, COMMA, COLON, BRACKET, BACKSLASH, BRACE] = [0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x7b];

/** Where the quotation mark stands that ends a text. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (first > start && text.charCodeAt(first - 1) === BACKSLASH) {
      first--;
    }
    if ((at - first) % 2 === 0) {
      return at;
    }
  }
  return text.length;
}
