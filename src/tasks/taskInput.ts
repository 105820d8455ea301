import { idsInJson, takeJson } from './pastedJson.ts';
import { isTransfer, linksIn, partsOf, visible, withoutMarkdown } from './pastedText.ts';

/** What a person's input was recognised as, or why it was not. */
export type TaskInput =
  | {
      readonly kind: 'ids';
      readonly source: 'id' | 'json' | 'url';
      readonly ids: readonly string[];
      /** The addresses before `/v1/result/` or `/v2/model-center/tasks/`, where links were given. */
      readonly gateways: readonly string[];
      /** Those of the IDs that a link into the model center names. */
      readonly inModelCenter?: readonly string[];
    }
  | { readonly kind: 'problem'; readonly problem: TaskInputProblem; readonly text: string };

export type TaskInputProblem =
  'empty' | 'brokenJson' | 'noIdInJson' | 'notAResultLink' | 'unsafeId' | 'plainWord' | 'assetId' | 'tooMany';

/** The longest id taken, and how many at once; both far above anything the gateway was seen to give. */
const LONGEST_ID = 200;
export const MOST_IDS = 200;

/** An id is one path segment of plain characters. Prefixes are not judged: new families bring new ones (api.md 4). */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]*$/;

/** The shapes of task ids that documentation shows. */
const KNOWN_ID = /^(vgen|video|sora|proj|mcp)_[A-Za-z0-9_-]{6,}$/;

/** Ids of uploaded assets, which are not tasks (api.md section 4). */
const ASSET_ID = /^asset[-_]/i;

const RESULT_LINK = /^(?<gateway>https?:\/\/[^\s?#]+?)\/v1\/result\/(?<id>[^/?#\s]+)\/?(?:[?#].*)?$/i;

/** A link to a task of the model center (api.md section 4). */
const MODEL_CENTER_LINK =
  /^(?<gateway>https?:\/\/[^\s?#]+?)\/v2\/model-center\/tasks\/(?<id>[^/?#\s]+)\/?(?:[?#].*)?$/i;

/** Whether text can be put into a path as a task id. */
export function isSafeId(text: string): boolean {
  return text.length <= LONGEST_ID && SAFE_ID.test(text) && !text.includes('..');
}

/**
 * Recognises what a person pasted: ids, however they are set apart and quoted; responses of the gateway in JSON, also several, or after
 * their headers; links to tasks, also in Markdown or in a command of curl. All or nothing: one part that is none of these makes
 * the whole a problem that names it.
 */
export function recogniseTasks(text: string): TaskInput {
  const seen = withoutMarkdown(visible(text));
  if (seen === '') {
    return { kind: 'problem', problem: 'empty', text: '' };
  }
  const { values, rest, isBroken } = takeJson(seen);
  if (isTransfer(seen)) {
    return recogniseTransfer(seen, values);
  }
  if (isBroken) {
    return { kind: 'problem', problem: 'brokenJson', text: seen };
  }
  const parts = partsOf(rest);
  const inJson = values.map(value => idsInJson(value));
  if (inJson.some(ids => ids.length === 0)) {
    return { kind: 'problem', problem: 'noIdInJson', text: seen };
  }
  const others = parts.length > 0 || values.length === 0 ? recogniseParts(parts) : undefined;
  return others?.kind === 'problem' || !others || values.length === 0
    ? (others ?? judged('json', inJson.flat(), []))
    : judged('json', [...inJson.flat(), ...others.ids], others.gateways, others.inModelCenter);
}

/** A curl command with its response, or headers and what came after them. */
function recogniseTransfer(text: string, values: readonly unknown[]): TaskInput {
  const links = linksIn(text).filter(link => RESULT_LINK.test(link) || MODEL_CENTER_LINK.test(link));
  if (links.length > 0) {
    return recogniseParts(links);
  }
  // Headers can have lists in them.
  const ids = values.filter(value => !isPlainList(value)).flatMap(value => idsInJson(value));
  return ids.length > 0
    ? judged('json', ids, [])
    : { kind: 'problem', problem: values.length > 0 ? 'noIdInJson' : 'notAResultLink', text };
}

/**
 * Whether text on the clipboard is surely meant for tracking. Bare tokens only in the documented shapes (api.md section
 * 4): any other could be a password, or the API key itself.
 */
export function looksLikeTasks(text: string): boolean {
  if (text.length > 20_000) {
    return false;
  }
  const input = recogniseTasks(text);
  if (input.kind !== 'ids') {
    return false;
  }
  // Much other JSON has ids that are numbers.
  const isSure =
    input.source === 'json' ? (id: string) => !/^\d+$/.test(id) : (id: string) => KNOWN_ID.test(id);
  return input.source === 'url' || input.ids.every(isSure);
}

function isPlainList(value: unknown): boolean {
  return Array.isArray(value) && value.every(element => typeof element !== 'object');
}

function recogniseParts(parts: readonly string[]): TaskInput {
  const ids: string[] = [];
  const gateways: string[] = [];
  const inModelCenter: string[] = [];
  for (const part of parts) {
    if (!part.includes('/')) {
      if (isSafeId(part) && !/\d/.test(part) && !ASSET_ID.test(part)) {
        return { kind: 'problem', problem: 'plainWord', text: part };
      }
      ids.push(part);
      continue;
    }
    const centre = MODEL_CENTER_LINK.exec(part)?.groups;
    const link = centre ?? RESULT_LINK.exec(part)?.groups;
    if (link?.id === undefined || link.gateway === undefined) {
      return { kind: 'problem', problem: 'notAResultLink', text: part };
    }
    const id = decoded(link.id);
    ids.push(id);
    gateways.push(link.gateway);
    if (centre) {
      inModelCenter.push(id);
    }
  }
  return judged(gateways.length > 0 ? 'url' : 'id', ids, gateways, inModelCenter);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not an encoded segment: judged as it is, and refused for its '%'.
    return segment;
  }
}

function judged(
  source: 'id' | 'json' | 'url',
  all: readonly string[],
  gateways: readonly string[],
  inModelCenter: readonly string[] = [],
): TaskInput {
  const ids = [...new Set(all)];
  const unsafe = ids.find(id => !isSafeId(id));
  if (unsafe !== undefined) {
    return { kind: 'problem', problem: 'unsafeId', text: unsafe };
  }
  const asset = ids.find(id => ASSET_ID.test(id));
  if (asset !== undefined) {
    return { kind: 'problem', problem: 'assetId', text: asset };
  }
  if (ids.length > MOST_IDS) {
    return { kind: 'problem', problem: 'tooMany', text: String(ids.length) };
  }
  const found = { kind: 'ids', source, ids, gateways: [...new Set(gateways)] } as const;
  return inModelCenter.length === 0 ? found : { ...found, inModelCenter: [...new Set(inModelCenter)] };
}
