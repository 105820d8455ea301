import { resultAddress } from '../gateway/resultAddress.ts';
import type { Task } from '../tasks/task.ts';

/**
 * What Dailies asks about a task, as a command line for a POSIX shell. In place of the key it names the variable
 * `DAILIES_KEY`. Redirects are not followed, so that the key goes to the gateway alone.
 */
export function curlOf(task: Pick<Task, 'gateway' | 'id'>): string {
  return `curl -H "Authorization: Bearer $DAILIES_KEY" ${quoted(resultAddress(task))}`;
}

/** A word that the shell takes as it stands, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
