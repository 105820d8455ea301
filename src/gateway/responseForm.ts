import { isObject, opened, parseResponse, type Json, type JsonObject } from './responseTree.ts';

/**
 * The known forms of responses, as documentation and relays have them (api.md 3 and 4); what none of them fits is `otherJson`, `text`
 * and so on. A test holds them to the simulated gateway's.
 */
export type ResponseForm = (typeof RESPONSE_FORMS)[number];

export const RESPONSE_FORMS = [
  // About a task.
  'flat',
  'relativeLink',
  'wrapped',
  'modelCenter',
  'envelopeStatus',
  'envelopeSuccess',
  'kling',
  'kie',
  'newApi',
  'dashScope',
  'ark',
  'operation',
  'chat',
  'nested',
  'videoObject',
  'videoList',
  'filtered',
  'inlineClip',
  // Refusals.
  'noHandler',
  'apisix',
  'kong',
  'spring',
  'fastApi',
  'codeMessage',
  'codeMsg',
  'errorObject',
  'messageOnly',
  'noStatus',
  // No JSON.
  'otherJson',
  'page',
  'brokenJson',
  'text',
  'empty',
] as const;

type Test = readonly [form: ResponseForm, fits: (root: JsonObject) => boolean];

/** The particular before the general. */
const TESTS: readonly Test[] = [
  ['kling', root => 'task_result' in dataOf(root)],
  ['kie', root => 'successFlag' in dataOf(root) || 'resultJson' in dataOf(root)],
  ['newApi', root => 'fail_reason' in dataOf(root)],
  ['dashScope', root => 'task_status' in objectAt(root, 'output')],
  ['operation', root => typeof root.done === 'boolean' && typeof root.name === 'string'],
  ['chat', root => Array.isArray(root.choices)],
  ['filtered', root => 'raiMediaFilteredCount' in objectAt(root, 'response')],
  ['nested', root => typeof root.data === 'string' && isGroup(opened(root.data))],
  ['envelopeStatus', root => 'task_status' in dataOf(root)],
  ['modelCenter', root => isTask(dataOf(root)) && 'result_url' in dataOf(root)],
  ['envelopeSuccess', root => root.success === true && isTask(dataOf(root))],
  ['wrapped', root => isTask(dataOf(root)) || 'projectId' in dataOf(root)],
  ['ark', root => isTask(root) && 'content' in root],
  ['inlineClip', root => isTask(root) && JSON.stringify(root).includes('base64')],
  ['videoObject', root => isTask(root) && 'video' in root],
  ['videoList', root => isTask(root) && Array.isArray(root.videos)],
  ['relativeLink', root => isTask(root) && textAt(root, 'video_url').startsWith('/')],
  ['flat', isTask],
  ['noHandler', root => /no handler found/i.test(textAt(root, 'message'))],
  ['apisix', root => 'error_msg' in root],
  ['kong', root => /no route matched/i.test(textAt(root, 'message'))],
  ['spring', root => 'timestamp' in root && 'path' in root],
  ['fastApi', root => 'detail' in root],
  ['errorObject', root => isObject(root.error ?? null)],
  ['codeMsg', root => 'code' in root && 'msg' in root],
  ['codeMessage', root => 'code' in root && 'message' in root],
  ['messageOnly', root => typeof root.message === 'string' || typeof root.msg === 'string'],
  ['noStatus', root => Object.keys(root).length === 0],
];

/** Which of the known forms a response has. */
export function responseForm(body: string): ResponseForm {
  const text = body.replace(/^\ufeff/, '').trim();
  if (text === '') {
    return 'empty';
  }
  const root = parseResponse(text);
  if (!root) {
    return text.startsWith('<') ? 'page' : /^[[{]/.test(text) ? 'brokenJson' : 'text';
  }
  return TESTS.find(([, fits]) => fits(root))?.[0] ?? 'otherJson';
}

/** The names of what a response holds, with those inside its envelope: `id, status, data.id`. No values. */
export function fieldsOf(body: string): string[] {
  const root = parseResponse(body);
  if (!root) {
    return [];
  }
  const { data } = root;
  const inner = isObject(data ?? null) ? Object.keys(data as JsonObject).map(name => `data.${name}`) : [];
  return [...Object.keys(root), ...inner].filter(name => /^[\w.$-]{1,60}$/.test(name)).slice(0, 60);
}

/** Whether an object says how a task is doing. */
function isTask(object: JsonObject): boolean {
  return typeof object.status === 'string' && ('id' in object || 'video_url' in object || 'model' in object);
}

function dataOf(root: JsonObject): JsonObject {
  return objectAt(root, 'data');
}

function objectAt(root: JsonObject, name: string): JsonObject {
  const value = root[name] ?? null;
  return isObject(value) ? value : {};
}

function textAt(root: JsonObject, name: string): string {
  const value = root[name];
  return typeof value === 'string' ? value : '';
}

function isGroup(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
