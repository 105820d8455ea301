import type { TaskResponse } from '../tasks/reply.ts';
import {
  isObject,
  namesTask,
  nodesIn,
  wordsIn,
  type Json,
  type JsonObject,
  type JsonNode,
} from './responseTree.ts';
import { isEnvelope } from './envelope.ts';

/** What a response says of the generation, and the word that says it. */
export interface Status {
  readonly generation: TaskResponse['generation'];
  readonly word: string;
  /** Whether it may be the envelope that speaks, not the task. */
  readonly isLoose: boolean;
  /** Whether the word stands in an object that names a task. */
  readonly isNamed: boolean;
}

/**
 * Status words (api.md 3.2). Documented are queued, processing, completed, failed and cancelled; the rest is what relays were seen
 * to say, without their prefixes. A word that is not here is shown as it came, and polling continues.
 */
const STATUS_WORDS: ReadonlyMap<string, TaskResponse['generation']> = new Map(
  (
    [
      [
        'queued',
        `queued queue queueing queuing in_queue enqueued pending waiting wait created submitted accepted not_start not_started
         preparing scheduled init initializing initialized 排队中 等待中 待处理 已提交`,
      ],
      [
        'processing',
        'processing process running run in_progress inprogress progress generating working started rendering in_process 处理中 生成中 进行中 运行中',
      ],
      [
        'completed',
        'completed complete succeeded succeed successed successful successfully success done finished finish ok 已完成 完成 成功 生成成功',
      ],
      [
        'failed',
        'failed fail failure error errored expired rejected create_failed generate_failed 失败 已失败 生成失败',
      ],
      ['cancelled', 'cancelled canceled cancel 已取消'],
    ] as const
  ).flatMap(([generation, words]) => words.split(/\s+/).map(word => [word, generation] as const)),
);

/** What a status word is made of: `!ok` and `done?` say something else than `ok` and `done`. */
const STATUS_FORM = /^[\p{L}\d\s_.:/-]+[!…。]*$/u;

/** Words that stand before the status in names of constants: `TASK_STATUS_SUCCEED`. */
const PREFIXES: ReadonlySet<string> = new Set(['task', 'job', 'video', 'generation', 'status', 'state']);

/** What `successFlag` says (relays of the kie kind): 2 and 3 are failures of creating and of generating. */
const FLAGS: readonly TaskResponse['generation'][] = ['processing', 'completed', 'failed', 'failed'];

/** One value that says how a task is doing. */
interface Claim extends Status {
  /** `own`: named after the task; `flag`: a truth value; else just `status` or `state`. */
  readonly kind: 'own' | 'plain' | 'flag';
  readonly isPart: boolean;
  readonly depth: number;
}

/** What stands for a piece of the result rather than for the task. */
const PARTS =
  /^(video|output|content|asset|creation|work|file|image|result|sub|subtask|segment|scene|shot|clip)s?$/;

/**
 * How the task is doing, wherever the response says so; `undefined` where it does not, or where it is ambiguous. The words of an
 * envelope are none of the task's. Of several claims that do not agree, one that it is not finished wins, since what is final stays
 * so; but not one about a part, where the task itself calls itself completed and has its clip.
 */
export function findStatus(root: JsonObject, hasLink: boolean, id?: string): Status | undefined {
  const claims = nodesIn(root, id).flatMap(node =>
    isObject(node.value) ? claimsOf(node, node.value, id) : [],
  );
  const spoken = claims.filter(({ kind }) => kind !== 'flag');
  const inner = spoken.filter(claim => !(claim.isLoose && spoken.some(({ depth }) => depth > claim.depth)));
  const own = inner.filter(({ kind }) => kind === 'own');
  const named = own.length > 0 ? own : inner;
  const inWords = named.filter(({ word }) => !/^\d+$/.test(word));
  const relevant = inWords.length > 0 ? inWords : named;
  return agreed(relevant.length > 0 ? relevant : claims, hasLink);
}

function agreed(claims: readonly Claim[], hasLink: boolean): Status | undefined {
  const isWhole = (claim: Claim): boolean =>
    !claim.isPart && claim.isNamed && claim.generation === 'completed';
  const mayBeOld = hasLink && claims.some(isWhole);
  const spoken = mayBeOld ? claims.filter(({ isPart }) => !isPart) : claims;
  const unfinished = spoken.find(({ generation }) => generation === 'queued' || generation === 'processing');
  if (unfinished) {
    return unfinished;
  }
  const ofTask = claims.filter(({ isPart }) => !isPart);
  const relevant = ofTask.length > 0 ? ofTask : claims;
  const [first] = relevant;
  const unrecognised = relevant.find(({ generation }) => generation === 'unrecognised');
  const finals = relevant.filter(claim => claim !== unrecognised && claim.generation !== 'unrecognised');
  if (unrecognised && !(hasLink && finals.some(({ generation }) => generation === 'completed'))) {
    return unrecognised;
  }
  const [final = first] = finals;
  const isContested = finals.some(
    claim => claim.generation !== final?.generation && !bothEnded(claim, final),
  );
  if (!final || isContested) {
    return undefined;
  }
  // An envelope says "success" of the request.
  const isDoubtful = final.generation === 'completed' && final.isLoose && !hasLink;
  return isDoubtful ? undefined : final;
}

function bothEnded(a: Status, b: Status | undefined): boolean {
  return a.generation !== 'completed' && b?.generation !== 'completed';
}

function claimsOf({ path, isOneOfMany }: JsonNode, object: JsonObject, id: string | undefined): Claim[] {
  // What went wrong has states of its own.
  if (path.some(words => words.some(word => /^(errors?|failures?|urls|links)$/.test(word)))) {
    return [];
  }
  const isPart = isOneOfMany || path.some(words => words.some(word => PARTS.test(word)));
  const isNamed = namesTask(object);
  return Object.entries(object).flatMap(([name, value]): Claim[] => {
    const kind = kindOf(wordsIn(name));
    const word = kind && wordOf(kind, value, path.length === 0 && !isNamed);
    if (!kind || word === undefined) {
      return [];
    }
    const generation = meaningOf(kind, wordsIn(name).join(' '), word, object);
    const isLoose = kind === 'plain' && isLooseWord(word, object, id);
    return [{ generation, word, kind, isPart, isLoose, isNamed, depth: path.length }];
  });
}

/** Whether a status may be an envelope's: the object is one, or names no task and says what envelopes say. */
function isLooseWord(word: string, object: JsonObject, id: string | undefined): boolean {
  if (id !== undefined && namesTask(object, id)) {
    return false;
  }
  return isEnvelope(object) || (!namesTask(object) && /^(success|ok|error|fail)$/i.test(word));
}

function kindOf(words: readonly string[]): Claim['kind'] | undefined {
  const name = words.join(' ');
  if (/^(status|state)$/.test(name)) {
    return 'plain';
  }
  if (/^((task|job|video|generation|render|run|work) (status|state)|success flag)$/.test(name)) {
    return 'own';
  }
  return /^(is )?(done|finished|completed)$/.test(name) ? 'flag' : undefined;
}

/** The word of a claim. A number at the top of what names no task, or one like HTTP's, is a code. */
function wordOf(kind: Claim['kind'], value: Json, isTop: boolean): string | undefined {
  if (kind === 'flag') {
    return typeof value === 'boolean' ? String(value) : undefined;
  }
  const word = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  const isCode = kind === 'plain' && /^\d+$/.test(word) && (isTop || Number(word) >= 100);
  return word === '' || isCode ? undefined : word;
}

function meaningOf(
  kind: Claim['kind'],
  name: string,
  word: string,
  { error }: JsonObject,
): TaskResponse['generation'] {
  if (kind === 'flag') {
    const ended = isObject(error) || (typeof error === 'string' && error !== '') ? 'failed' : 'completed';
    return word === 'true' ? ended : 'processing';
  }
  return name === 'success flag' ? (FLAGS[Number(word)] ?? 'unrecognised') : generationOf(word);
}

/** What a status word means; `unrecognised` where it is not known. */
export function generationOf(word: string): TaskResponse['generation'] {
  if (!STATUS_FORM.test(word)) {
    return 'unrecognised';
  }
  const words = wordsIn(/[a-z]/.test(word) ? word : word.toLowerCase());
  const bare = words.slice(words.findLastIndex(part => PREFIXES.has(part)) + 1);
  return STATUS_WORDS.get(words.join('_')) ?? STATUS_WORDS.get(bare.join('_')) ?? 'unrecognised';
}
