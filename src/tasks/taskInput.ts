/** What a person's input was recognised as, or why it was not. */
export type TaskInput =
  | {
      readonly kind: 'ids';
      readonly source: 'id' | 'json' | 'url';
      readonly ids: readonly string[];
      /** The addresses before `/v1/result/`, where links were given. */
      readonly gateways: readonly string[];
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

/** Where the gateway's JSON carries an id, in order of trust (api.md section 4, create envelopes). */
const ID_FIELDS = ['id', 'task_id', 'taskId', 'projectId'] as const;

const RESULT_LINK = /^(?<gateway>https?:\/\/[^\s?#]+?)\/v1\/result\/(?<id>[^/?#\s]+)\/?(?:[?#].*)?$/i;

/** Whether text can be put into a path as a task id. */
export function isSafeId(text: string): boolean {
  return text.length <= LONGEST_ID && SAFE_ID.test(text) && !text.includes('..');
}

/**
 * Recognises what a person pasted: one or more ids, a gateway answer in JSON, or `/v1/result/…` links. All or
 * nothing: one part that is none of these makes the whole a problem that names it.
 */
export function recogniseTasks(text: string): TaskInput {
  const trimmed = text.trim();
  if (trimmed === '') {
    return { kind: 'problem', problem: 'empty', text: '' };
  }
  if (/^[{[]/.test(trimmed)) {
    return recogniseJson(trimmed);
  }
  const parts = trimmed.split(/[\s,;]+/).filter(part => part !== '');
  return recogniseParts(parts.map(part => part.replace(/^["'`]+|["'`]+$/g, '')));
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
  return input.kind === 'ids' && (input.source !== 'id' || input.ids.every(id => KNOWN_ID.test(id)));
}

function recogniseJson(text: string): TaskInput {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { kind: 'problem', problem: 'brokenJson', text };
  }
  const bodies: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  const ids = bodies.map(idIn);
  const missing = ids.includes(undefined);
  return missing || ids.length === 0
    ? { kind: 'problem', problem: 'noIdInJson', text }
    : judged('json', ids as string[], []);
}

function idIn(body: unknown): string | undefined {
  if (typeof body === 'string') {
    return body;
  }
  if (typeof body !== 'object' || body === null) {
    return undefined;
  }
  const fields = body as Record<string, unknown>;
  for (const name of ID_FIELDS) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  return 'data' in fields ? idIn(fields.data) : undefined;
}

function recogniseParts(parts: readonly string[]): TaskInput {
  const ids: string[] = [];
  const gateways: string[] = [];
  for (const part of parts) {
    if (!part.includes('/')) {
      if (isSafeId(part) && !/\d/.test(part) && !ASSET_ID.test(part)) {
        return { kind: 'problem', problem: 'plainWord', text: part };
      }
      ids.push(part);
      continue;
    }
    const link = RESULT_LINK.exec(part)?.groups;
    if (link?.id === undefined || link.gateway === undefined) {
      return { kind: 'problem', problem: 'notAResultLink', text: part };
    }
    ids.push(decoded(link.id));
    gateways.push(link.gateway);
  }
  return judged(gateways.length > 0 ? 'url' : 'id', ids, gateways);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not an encoded segment: judged as it stands, and refused for its '%'.
    return segment;
  }
}

function judged(
  source: 'id' | 'json' | 'url',
  all: readonly string[],
  gateways: readonly string[],
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
  return { kind: 'ids', source, ids, gateways: [...new Set(gateways)] };
}
