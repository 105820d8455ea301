import { isObject, nodesIn, wordsIn, type Json, type JsonObject, type JsonNode } from './responseTree.ts';
import { isEnvelope } from './envelope.ts';

/** Names of what is an id of a task, and of nothing else. */
const TASK_ID = /^(task|job|video|generation|project|prediction) id$/;

/** What is wrapped around a task; a bare `id` anywhere else is that of a model, a file, a person, … */
const WRAPPER =
  /^(data|results?|output|response|resp|payload|body|info|details?|lists?|items?|tasks?|jobs?|generation)$/;

/** Ids of what is no task: of requests, of responses of a chat, of files. */
const OTHER_KIND =
  /^(req|request|resp|response|res|chat|chatcmpl|cmpl|msg|message|trace|span|log|evt|event|call|conv|conversation|thread|run|step|file|asset|img|image|user|org|acct)([-_.:]|cmpl)/i;

/** Shorter ones are within others by chance, characters. */
const SHORTEST = 8;

/**
 * The id of the task that a response is about, where it names one and nowhere the requested one: what it says is none of
 * ours, whatever it is. `undefined` where the response is about the task `id`, or does not say which.
 */
export function foreignTask(root: JsonObject, id: string): string | undefined {
  const nodes = nodesIn(root, id);
  if (nodes.some(({ value }) => isSame(value, id))) {
    return undefined;
  }
  return nodes.flatMap(node => idsAt(node, id))[0];
}

/** Whether a value is that id, or has it in it, as names of operations have, or is what stands after its prefix. */
function isSame(value: Json, id: string): boolean {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return (
    text === id ||
    (id.length >= SHORTEST && text.includes(id)) ||
    (text.length >= SHORTEST && id.includes(text))
  );
}

/** What an object calls its task. */
function idsAt({ value, path }: JsonNode, requested: string): string[] {
  if (!isObject(value)) {
    return [];
  }
  const isTask = path.every(words => WRAPPER.test(words.join(' '))) && !isEnvelope(value);
  return Object.entries(value).flatMap(([name, said]) => {
    const id = typeof said === 'string' || typeof said === 'number' ? String(said).trim() : '';
    const word = wordsIn(name).join(' ');
    const isId = TASK_ID.test(word) || (word === 'id' && isTask && isLikeTask(id, requested));
    return isId && id !== '' ? [id] : [];
  });
}

/** Whether a bare id can be a task's: not the number of a row, unless the requested one is a number, too. */
function isLikeTask(id: string, requested: string): boolean {
  return !OTHER_KIND.test(id) && (!/^\d+$/.test(id) || /^\d+$/.test(requested));
}
