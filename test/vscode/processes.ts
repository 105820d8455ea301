import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** What must end, or go away, when this process does. Run synchronously, last made first. */
const lastRites = new Set<() => void>();
let isListening = false;

/**
 * Promises to call `rite` when this process ends in any way it can hear about: by itself, by `process.exit`, by Ctrl-C, by
 * SIGTERM or by a closed terminal. Returns the undo. The rite must be synchronous.
 */
export function beforeExit(rite: () => void): () => void {
  if (!isListening) {
    isListening = true;
    process.on('exit', () => {
      for (const last of [...lastRites].reverse()) last();
    });
    // 128 + the signal's number, as shells report it. Exiting (rather than dying of the signal) is what runs the rites.
    for (const [signal, code] of [
      ['SIGINT', 130] as const,
      ['SIGTERM', 143] as const,
      ['SIGHUP', 129] as const,
    ])
      process.on(signal, () => {
        // Whoever else listens wants to end things in their own way first. Pressed again, it is meant.
        if (process.listenerCount(signal) === 1) process.exit(code);
      });
  }
  lastRites.add(rite);
  return () => lastRites.delete(rite);
}

/** A process with everything it started. */
export interface ProcessTree {
  readonly child: ChildProcess;
  /** Resolves when the first process of the tree has ended, with what a person would want to know about it. */
  readonly ended: Promise<string>;
  /** Ends the whole tree: asks (SIGTERM), and after `graceMs` insists (SIGKILL). Resolves when the first process is gone. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Starts a process as the head of its own group, so that its children (the server forks an extension host per window) can be
 * ended with it. The tree also ends when this process does, and its children when the head does.
 */
export function startTree(command: string, args: readonly string[], options: SpawnOptions): ProcessTree {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const end = (): void => {
    signalTree(child, 'SIGKILL');
  };
  const forget = beforeExit(end);
  const ended = new Promise<string>(resolve => {
    child.once('error', error => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      end();
      forget();
      resolve(signal ? `was ended by ${signal}` : `exited with code ${code ?? 'unknown'}`);
    });
  });
  return {
    child,
    ended,
    async stop(graceMs = 3_000) {
      const insist = setTimeout(end, graceMs);
      signalTree(child, 'SIGTERM');
      await ended;
      clearTimeout(insist);
    },
  };
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the group is gone already, which is what was wanted.
  }
}
