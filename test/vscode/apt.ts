import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Installs a package of Debian or Ubuntu, and of the `extras` those that exist there; as root or with a `sudo` that asks no
 * password. Gives `false` where that is not possible, and throws where it fails.
 */
export async function installWithApt(name: string, extras: readonly string[] = []): Promise<boolean> {
  if (!(await isDebianLike())) return false;
  const root = await becomeRoot();
  if (!root) return false;
  const started = performance.now();
  console.log(`No ${name} found: installing it with apt-get`);
  try {
    await run(...root('apt-get', ['update']));
    const available: string[] = [];
    for (const extra of extras) if (await isAvailable(extra)) available.push(extra);
    await run(...root('apt-get', ['install', '-y', '--no-install-recommends', name, ...available]));
  } catch (error) {
    throw new Error(`Could not install ${name} with apt-get. Install it by hand.`, { cause: error });
  }
  console.log(`Installed ${name} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return true;
}

async function isDebianLike(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release) && existsSync('/usr/bin/apt-get');
}

async function isAvailable(packageName: string): Promise<boolean> {
  const { stdout } = await run('apt-cache', ['policy', packageName]);
  return /Candidate: (?!\(none\))/.test(stdout);
}

type AsRoot = (
  command: string,
  args: string[],
) => [string, string[], { env: NodeJS.ProcessEnv; maxBuffer: number }];

async function becomeRoot(): Promise<AsRoot | undefined> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 };
  if (process.getuid?.() === 0) return (command, args) => [command, args, options];
  try {
    await run('sudo', ['-n', 'true']);
    return (command, args) => ['sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', command, ...args], options];
  } catch {
    // No sudo, or one that asks for a password: the caller says what to install.
    return undefined;
  }
}
