import { spawn, type ChildProcess } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf, messageOf } from '../base/errors.ts';
import { LARGEST_OUTPUT, LONGEST_UPLOAD, publicLink, shortened, UploadError } from './uploaders.ts';

/**
 * Runs a person's command with a file's path as its last argument, and gives the link that it prints. No shell comes between, so
 * nothing in a path means anything. Rejects with an `UploadError`, or with the reason of `signal` when that is aborted.
 */
export async function uploadByCommand(
  command: readonly string[],
  path: string,
  signal: AbortSignal,
  longest = LONGEST_UPLOAD,
): Promise<string> {
  const [program = '', ...words] = command;
  signal.throwIfAborted();
  const stop = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
  const run = new Run(inHome(program), [...words, path]);
  const end = (): void => {
    run.kill();
  };
  stop.addEventListener('abort', end, { once: true });
  try {
    const { code, output, errors } = await run.over;
    signal.throwIfAborted();
    if (stop.aborted) {
      throw new UploadError({ kind: 'timeout' });
    }
    if (run.saidTooMuch) {
      throw new UploadError({ kind: 'tooMuch' });
    }
    if (code !== 0) {
      throw new UploadError({ kind: 'exit', code, text: shortened(lastLine(errors) || lastLine(output)) });
    }
    return publicLink(linkIn(output));
  } finally {
    stop.removeEventListener('abort', end);
  }
}

/** What a program came to that has ended. */
interface Ended {
  /** -1 where a signal ended it. */
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** One run of a program; what it prints is kept, up to a limit. */
class Run {
  readonly over: Promise<Ended>;
  /** Whether it was ended for printing beyond all measure. */
  saidTooMuch = false;
  private child: ChildProcess | undefined;

  constructor(program: string, words: readonly string[]) {
    this.over = new Promise((done, fail) => {
      try {
        // In the person's own folder: a program of that name in a workspace is not meant.
        const child = spawn(program, words, { cwd: homedir(), windowsHide: true, shell: false });
        this.child = child;
        const output = this.read(child.stdout);
        const errors = this.read(child.stderr);
        // It has no standard input.
        child.stdin.on('error', () => undefined).end();
        child.once('error', error => {
          fail(startProblem(error, program));
        });
        child.once('close', code => {
          done({ code: code ?? -1, output: output.text, errors: errors.text });
        });
      } catch (error) {
        // What no system can start: an empty name, a zero byte in a word.
        fail(startProblem(error, program));
      }
    });
  }

  /** Ends it; what it has started itself may hold its output open, and is not waited for. */
  kill(): void {
    this.child?.kill('SIGKILL');
    this.child?.stdout?.destroy();
    this.child?.stderr?.destroy();
  }

  private read(stream: NodeJS.ReadableStream): { text: string } {
    const read = { text: '' };
    stream.setEncoding('utf8');
    stream.on('error', () => undefined);
    stream.on('data', (part: string) => {
      read.text += part;
      if (read.text.length > LARGEST_OUTPUT) {
        this.saidTooMuch = true;
        this.kill();
      }
    });
    return read;
  }
}

function startProblem(error: unknown, program: string): UploadError {
  return new UploadError(
    codeOf(error) === 'ENOENT'
      ? { kind: 'notFound', text: program }
      : { kind: 'notRunnable', text: shortened(messageOf(error)) },
  );
}

/** The last line that is a link: programs say other things before it. Where no line is, the last one. */
function linkIn(output: string): string {
  const lines = linesOf(output);
  return lines.findLast(line => /^https?:\/\/\S+$/i.test(line)) ?? lines.at(-1) ?? '';
}

function lastLine(text: string): string {
  return linesOf(text).at(-1) ?? '';
}

function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map(line => line.trim())
    .filter(line => line !== '');
}

function inHome(program: string): string {
  return /^~[/\\]/.test(program) ? join(homedir(), program.slice(2)) : program;
}
