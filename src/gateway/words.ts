import { isObject, opened, type Json, type JsonObject } from './responseTree.ts';

/** How much of a foreign text is worth repeating to a person, characters. */
const LONGEST_TEXT = 500;

/** What says nothing. */
const EMPTY = /^(null|none|nil|undefined|n\/a|-|0)?$/i;

/** What says that all is well. */
const FINE =
  /^(success(ful|fully)?|succe(ss|ed|eded)|ok|okay|done|completed?|finished|(操作|请求|查询|获取)?成功)[.!。！]?$/i;

/** Where objects say in words what is the matter, in order of trust. */
const TEXT_FIELDS = [
  'message',
  'msg',
  'error_msg',
  'error_message',
  'errorMessage',
  'errmsg',
  'errMsg',
  'ErrMsg',
  'error_description',
  'detail',
  'details',
  'description',
  'raw_message',
  'reason',
  'status_msg',
  'statusMsg',
  'title',
  'text',
  'error',
  'info',
] as const;

const CODE_FIELDS = ['code', 'error_code', 'errorCode', 'errcode', 'type'] as const;

/** What a value says that is wrong, as text; `undefined` where it says nothing. Objects of the kind `{code, message}` and lists are read. */
export function textOf(value: Json | undefined, depth = 0): string | undefined {
  const said = value === undefined ? null : opened(value);
  if (typeof said === 'string') {
    const text = said.trim();
    return EMPTY.test(text) ? undefined : shortened(text);
  }
  if (typeof said === 'number') {
    return said === 0 ? undefined : String(said);
  }
  if (depth > 5 || said === null || typeof said === 'boolean') {
    return undefined;
  }
  if (isObject(said)) {
    return textOfObject(said, depth);
  }
  const all = said.slice(0, 20).map(part => textOf(part, depth + 1));
  return shortened([...new Set(all.filter(text => text !== undefined))].join('; ')) || undefined;
}

function textOfObject(object: JsonObject, depth: number): string | undefined {
  const message = firstOf(object, TEXT_FIELDS, depth);
  const code = firstOf(object, CODE_FIELDS, depth);
  return message === undefined || code === undefined || message.includes(code)
    ? (message ?? code)
    : `${message} (${code})`;
}

function firstOf(object: JsonObject, names: readonly string[], depth: number): string | undefined {
  return names.map(name => textOf(object[name], depth + 1)).find(text => text !== undefined);
}

/** The words with which an envelope says what is the matter; its code, where that is all and no number. */
export function wordsOf(object: JsonObject): string | undefined {
  const names = ['msg', 'error', ...TEXT_FIELDS, 'base_resp', 'errors'];
  const said = names.map(name => textOf(object[name])).find(text => text !== undefined && !FINE.test(text));
  return said ?? codeWordOf(object);
}

/** A code that is a word, such as `insufficient_quota`. */
export function codeWordOf(object: JsonObject): string | undefined {
  return CODE_FIELDS.map(name => object[name]).find(
    (code): code is string => typeof code === 'string' && /[a-z]{3}/i.test(code) && !FINE.test(code),
  );
}

/** Whether words say that all is well. */
export function isFine(text: string): boolean {
  return FINE.test(text);
}

/** The words of a page or text that came in place of JSON. */
export function firstWords(body: string): string | undefined {
  const words = body
    .slice(0, 4_000)
    .replace(/<(script|style)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? undefined : words.slice(0, 120);
}

export function shortened(words: string): string {
  return words.length > LONGEST_TEXT ? `${words.slice(0, LONGEST_TEXT)}…` : words;
}
