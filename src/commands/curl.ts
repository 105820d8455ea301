import { CREATE_PATHS, type Family } from '../gateway/models.ts';
import { resultAddress } from '../gateway/resultAddress.ts';
import type { Task } from '../tasks/task.ts';

/**
 * The request for a task's status, as a command line for a POSIX shell. It reads the API key from the variable `DAILIES_KEY`, and
 * does not follow redirects, so that the key is only sent to the gateway.
 */
export function curlOf(task: Pick<Task, 'gateway' | 'id'>): string {
  return `curl -H "Authorization: Bearer $DAILIES_KEY" ${quoted(resultAddress(task))}`;
}

/** A request that creates a video. `body` is JSON, sent as it is. */
export interface CreateCall {
  readonly gateway: string;
  readonly family: Family;
  readonly body: string;
}

/** The longest body that is passed on the command line, characters. Systems limit it, and inline images exceed that limit. */
const LONGEST_ARGUMENT = 60_000;

/**
 * The request that creates a video, as a command line for a POSIX shell. It reads the API key from the variable `DAILIES_KEY`.
 * Running it creates another video, which is charged.
 */
export function createCurlOf({ gateway, family, body }: CreateCall): string {
  const start = `curl -H "Authorization: Bearer $DAILIES_KEY" -H 'Content-Type: application/json'`;
  const address = quoted(gateway + CREATE_PATHS[family]);
  if (body.length <= LONGEST_ARGUMENT) {
    return `${start} --data-raw ${quoted(body)} ${address}`;
  }
  // On standard input. JSON starts with a brace, so no line of it can be the delimiter.
  return `${start} --data-binary @- ${address} <<'END_OF_REQUEST'\n${body}\nEND_OF_REQUEST`;
}

/** Quotes a word for the shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
