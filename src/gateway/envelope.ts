import { isObject, namesTask, nodesIn, wordsIn, type JsonObject, type JsonNode } from './responseTree.ts';
import { codeWordOf, textOf, wordsOf } from './words.ts';

/** What an envelope says is wrong: a code that means what the HTTP status would, or any other. */
export interface EnvelopeProblem {
  readonly httpStatus: number | undefined;
  readonly code: string | undefined;
  readonly words: string | undefined;
  readonly codeWord: string | undefined;
  /** Whether the same object names a task, whose own code it may be. */
  readonly isNamed: boolean;
  /** Whether a status deeper inside speaks for itself. */
  readonly depth: number;
}

/** Names of codes, as words. */
const CODE_NAMES = /^(code|err ?code|error code|errno|err no|ret|ret ?code|status code|result code)$/;

/** What a code is when nothing is wrong (api.md 3.3: docs "0", live 0; 200 seen as well); relays have words for it, too. */
const FINE_CODE = /^(0+|20[0123]|20+|10000|success|succeed(ed)?|ok|true|null|)$/i;

/** The key was not accepted: `{code:"204", msg:"登录验证失败"}` at HTTP 200 (api.md 3.3). */
const KEY_REJECTED = 204;

/** Whether an object is wrapped around a response: it has a code or says whether the request succeeded, and names no task. */
export function isEnvelope(object: JsonObject): boolean {
  const names = Object.keys(object).map(name => wordsIn(name).join(' '));
  const isCoded = names.some(name => CODE_NAMES.test(name) || /^((is )?success|ok|base resp)$/.test(name));
  const holds = names.some(name => /^(data|result|output|response|payload|body)$/.test(name));
  return isCoded && (holds || !namesTask(object));
}

/** What the envelopes of a response say is wrong; the outermost first. */
export function envelopeProblems(root: JsonObject, id?: string): EnvelopeProblem[] {
  return nodesIn(root, id).flatMap(node => problemAt(node));
}

function problemAt({ value, path, isOneOfMany }: JsonNode): EnvelopeProblem[] {
  if (!isObject(value) || isOneOfMany || path.length > 6) {
    return [];
  }
  const isNamed = namesTask(value);
  const isTop = path.length === 0;
  // Inside, what names the task is the task, and its code that of its failure.
  const isInner = !isTop && (isNamed || !isEnvelope(value));
  const isError = path.length === 1 && path[0]?.join(' ') === 'error';
  if (isInner && !isError) {
    return [];
  }
  const code = codesOf(value, isTop && !isNamed).find(found => !FINE_CODE.test(found));
  const saysNo = Object.entries(value).some(
    ([name, said]) => /^(is ?)?(success|ok)$/i.test(name) && (said === false || said === 'false'),
  );
  if (code === undefined && !saysNo) {
    return [];
  }
  return [
    {
      httpStatus: httpStatusOf(code),
      code,
      words: wordsOf(value),
      codeWord: codeWordOf(value),
      isNamed,
      depth: path.length,
    },
  ];
}

function codesOf(object: JsonObject, hasStatus: boolean): string[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const words = wordsIn(name).join(' ');
    if (isObject(value) && /^(base resp|header|head|meta)$/.test(words)) {
      return codesOf(value, false);
    }
    const isCode =
      CODE_NAMES.test(words) || (hasStatus && words === 'status' && /^\d{3}$/.test(textOf(value) ?? ''));
    return isCode && (typeof value === 'number' || typeof value === 'string') ? [String(value).trim()] : [];
  });
}

/** The HTTP status that a code stands for. */
function httpStatusOf(code: string | undefined): number | undefined {
  const status = Number(code);
  const isHttp = /^\d{3}$/.test(code ?? '') && (status === KEY_REJECTED || (status >= 400 && status < 600));
  return isHttp ? (status === KEY_REJECTED ? 401 : status) : undefined;
}
