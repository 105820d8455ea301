import { CREATE_PATHS, type Family } from '../gateway/models.ts';
import { resultAddress } from '../gateway/resultAddress.ts';
import type { Task } from '../tasks/task.ts';

/**
 * What Dailies asks about a task, as a command line for a POSIX shell. In place of the key it names the variable
 * `DAILIES_KEY`. Redirects are not followed, so that the key goes to the gateway alone.
 */
export function curlOf(task: Pick<Task, 'gateway' | 'id'>): string {
  return `curl -H "Authorization: Bearer $DAILIES_KEY" ${quoted(resultAddress(task))}`;
}

/** What makes a video at the gateway: `body` is JSON, sent as it stands. */
export interface CreateCall {
  readonly gateway: string;
  readonly family: Family;
  readonly body: string;
}

/** The longest body that stands in the command line itself, characters: systems have a limit, and images inside a request pass it. */
const LONGEST_ARGUMENT = 60_000;

/**
 * The request that makes a video, as a command for a POSIX shell, with the variable `DAILIES_KEY` in place of the key. Who runs it
 * has one more video made, and charged.
 */
export function createCurlOf({ gateway, family, body }: CreateCall): string {
  const start = `curl -H "Authorization: Bearer $DAILIES_KEY" -H 'Content-Type: application/json'`;
  const address = quoted(gateway + CREATE_PATHS[family]);
  if (body.length <= LONGEST_ARGUMENT) {
    return `${start} --data-raw ${quoted(body)} ${address}`;
  }
  // On standard input. JSON that begins with a brace is never the word that ends it.
  return `${start} --data-binary @- ${address} <<'END_OF_REQUEST'\n${body}\nEND_OF_REQUEST`;
}

/** A word that the shell takes as it stands, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
