import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installWithApt } from './apt.ts';

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
  const known = findKnownBrowser() ?? (await installBrowser());
  if (known) return known;
  throw new Error(
    `No browser found. Install Chromium, Google Chrome or Microsoft Edge, or name one in ${BROWSER_VARIABLE}. ` +
      'On Debian and Ubuntu: sudo apt-get install chromium',
  );
}

/** Chromium without its windows, which shows a page at half the work. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Installs what shows pages that need no more than an engine where that can be had; they do with any browser. */
export async function installHeadlessShell(): Promise<void> {
  if (!existsSync(HEADLESS_SHELL)) {
    await installWithApt('chromium-headless-shell').catch(() => undefined);
  }
}

/** The executable for pages that need no more than an engine: as `findBrowser`, but Chromium's headless shell where there is one. */
export async function findHeadlessShell(): Promise<string> {
  return !process.env[BROWSER_VARIABLE] && existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : findBrowser();
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

async function installBrowser(): Promise<string | undefined> {
  if (await installWithApt('chromium', FONT_PACKAGES)) return findKnownBrowser();
  return undefined;
}
