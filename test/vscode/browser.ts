import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Names a browser that must be used, whatever else is installed. */
const BROWSER_VARIABLE = 'DAILIES_BROWSER';

/** Chinese and Latin faces, so that screenshots look as they do on a person's machine. */
const FONT_PACKAGES = ['fonts-noto-cjk', 'fonts-liberation', 'fonts-dejavu-core'];

/**
 * Finds a Chromium, Chrome or Edge and returns its executable: the one that the environment variable `DAILIES_BROWSER` names,
 * else one in a well-known place. Where there is none, it installs Debian's or Ubuntu's `chromium` (as root or with a `sudo`
 * that asks no password), and else fails with an error that says what to install.
 */
export async function findBrowser(): Promise<string> {
  const named = process.env[BROWSER_VARIABLE];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`${BROWSER_VARIABLE} names ${named}, but there is no such file`);
  }
  const known = findKnownBrowser() ?? (await installWithApt());
  if (known) return known;
  throw new Error(
    `No browser found. Install Chromium, Google Chrome or Microsoft Edge, or name one in ${BROWSER_VARIABLE}. ` +
      'On Debian and Ubuntu: sudo apt-get install chromium',
  );
}

function findKnownBrowser(): string | undefined {
  return wellKnownPaths().find(path => existsSync(path));
}

function wellKnownPaths(): string[] {
  if (process.platform === 'darwin')
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      name => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  if (process.platform === 'win32')
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap(variable => {
      const base = process.env[variable];
      if (!base) return [];
      return [
        join(base, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(base, 'Chromium', 'Application', 'chrome.exe'),
        join(base, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ];
    });
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'msedge',
  ];
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap(folder =>
    names.map(name => join(folder, name)),
  );
}

async function installWithApt(): Promise<string | undefined> {
  if (!(await isDebianLike())) return undefined;
  const root = await becomeRoot();
  if (!root) return undefined;
  const started = performance.now();
  console.log('No browser found: installing chromium with apt-get');
  try {
    await run(...root('apt-get', ['update']));
    const available: string[] = [];
    for (const name of FONT_PACKAGES) if (await isAvailable(name)) available.push(name);
    await run(...root('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', ...available]));
  } catch (error) {
    throw new Error('Could not install chromium with apt-get. Install a browser by hand.', { cause: error });
  }
  console.log(`Installed chromium in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return findKnownBrowser();
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
