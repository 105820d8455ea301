import { CREATE_PATHS, type Family } from '../gateway/models.ts';
import { resultAddress } from '../gateway/resultAddress.ts';
import type { Task } from '../tasks/task.ts';

/** What a person pastes a command line into. */
export type Shell = 'posix' | 'powershell' | 'windowsPowerShell' | 'cmd';

/** How a shell names curl and the variable with the key, and what it takes as one word. */
interface Dialect {
  readonly curl: string;
  readonly key: string;
  readonly quoted: (text: string) => string;
}

const POWERSHELL: Dialect = {
  curl: 'curl',
  key: '$env:DAILIES_KEY',
  quoted: text => `'${text.replaceAll("'", "''")}'`,
};

const DIALECTS: Readonly<Record<Shell, Dialect>> = {
  posix: { curl: 'curl', key: '$DAILIES_KEY', quoted: text => `'${text.replaceAll("'", `'\\''`)}'` },
  powershell: POWERSHELL,
  // Its own `curl` is another command.
  windowsPowerShell: { ...POWERSHELL, curl: 'curl.exe' },
  cmd: { curl: 'curl', key: '%DAILIES_KEY%', quoted: text => `"${text.replaceAll('"', '\\"')}"` },
};

/** The shell at a path, such as that of VS Code's terminals; a POSIX shell, unless it is known to be another. */
export function shellAt(path: string): Shell {
  const name = path.split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
  switch (name) {
    case 'cmd.exe':
      return 'cmd';
    case 'powershell.exe':
    case 'pwsh.exe':
      return 'windowsPowerShell';
    case 'pwsh':
      return 'powershell';
    default:
      return 'posix';
  }
}

/**
 * The request for a task's status, as a command line. It reads the API key from the variable `DAILIES_KEY`, and does not follow
 * redirects, so that the key is only sent to the gateway.
 */
export function curlOf(task: Pick<Task, 'gateway' | 'id'>, shell: Shell): string {
  return `${startOf(shell)} ${DIALECTS[shell].quoted(resultAddress(task))}`;
}

/** A request that creates a video. `body` is JSON, sent as it is. */
export interface CreateCall {
  readonly gateway: string;
  readonly family: Family;
  readonly body: string;
}

/** The longest body that is passed on the command line, characters. Systems limit it, and inline images exceed that limit. */
const LONGEST_ARGUMENT = 60_000;

/** What is no ASCII, to which Windows PowerShell turns what it pipes; and in JSON also what means something to cmd. */
const NOT_ASCII = /[^ -~]/g;
const NOT_FOR_CMD = /\\["\\]|[^ -~]|[%!^&|<>()`]/g;

/**
 * The request that creates a video, as a command line. It reads the API key from the variable `DAILIES_KEY`. Running it creates
 * another video, which is charged.
 */
export function createCurlOf({ gateway, family, body }: CreateCall, shell: Shell): string {
  const { quoted } = DIALECTS[shell];
  const start = `${startOf(shell)} -H ${quoted('Content-Type: application/json')}`;
  const address = quoted(gateway + CREATE_PATHS[family]);
  switch (shell) {
    case 'posix':
      return body.length <= LONGEST_ARGUMENT
        ? `${start} --data-raw ${quoted(body)} ${address}`
        : // On standard input. JSON starts with a brace, so no line of it can be the delimiter.
          `${start} --data-binary @- ${address} <<'END_OF_REQUEST'\n${body}\nEND_OF_REQUEST`;
    case 'powershell':
    case 'windowsPowerShell':
      // On standard input: older ones take the quotes out of arguments.
      return `${quoted(escaped(body, NOT_ASCII))} | ${start} --data-binary '@-' ${address}`;
    case 'cmd':
      return `${start} --data-raw ${quoted(escaped(body, NOT_FOR_CMD))} ${address}`;
  }
}

function startOf(shell: Shell): string {
  const { curl, key } = DIALECTS[shell];
  return `${curl} -H "Authorization: Bearer ${key}"`;
}

/** The same JSON with some of the signs in its texts as `\u…`. */
function escaped(json: string, signs: RegExp): string {
  return json.replace(signs, sign =>
    Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at))
      // Of `\"` and `\\` it is the second.
      .slice(sign.startsWith('\\') ? 1 : 0)
      .map(code => `\\u${code.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
