import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { posix, win32 } from 'node:path';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

/** The sources for a person's folders on a machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file's content; `undefined` where it cannot be read. */
  readonly read: (path: string) => string | undefined;
  /** What `reg query` says of `My Video`, on Windows; `undefined` where it is not available. */
  readonly query: () => string | undefined;
}

const SHELL_FOLDERS = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';

/** The registry responds within a few ms, ms. */
const LONGEST_QUERY = 3_000;

/** What the registry said. It is read once: a folder that is moved meanwhile counts after a restart. */
let registry: string | undefined;

/** The person's own videos folder, where the system says it is. */
export function videosFolder(log: Log): string {
  return videosFolderOf({
    platform: platform(),
    home: homedir(),
    env: process.env,
    read: path => trying(log, () => readFileSync(path, 'utf8')),
    query: () => (registry ??= trying(log, queryRegistry)),
  });
}

/** `Videos`, `Movies` on macOS; wherever it was moved to on Windows, and XDG's choice on Linux. */
export function videosFolderOf(machine: Machine): string {
  if (machine.platform === 'darwin') {
    return posix.join(machine.home, 'Movies');
  }
  return machine.platform === 'win32'
    ? (shellFolder(machine) ?? win32.join(machine.home, 'Videos'))
    : xdgFolder(machine);
}

/** The value of `My Video` (REG_SZ or REG_EXPAND_SZ), such as `%USERPROFILE%\Videos` or `D:\Videos`. */
function shellFolder({ env, query }: Machine): string | undefined {
  const value = /^\s*My Video\s+REG_(?:EXPAND_)?SZ\s+(.+?)\s*$/m.exec(query() ?? '')?.[1];
  const names = new Map(Object.entries(env).map(([name, text]) => [name.toUpperCase(), text]));
  const folder = value?.replace(/%([^%]+)%/g, (sign, name: string) => names.get(name.toUpperCase()) ?? sign);
  return folder !== undefined && win32.isAbsolute(folder) && !folder.includes('%') ? folder : undefined;
}

/**
 * `XDG_VIDEOS_DIR` of user-dirs.dirs (freedesktop.org, xdg-user-dirs): `"$HOME/…"` or an absolute path. Flatpak and Snap let
 * `XDG_CONFIG_HOME` lead into their sandbox, and Snap the home too: what the person has outside of it goes first.
 */
function xdgFolder({ env, home, read }: Machine): string {
  const real = env.SNAP_REAL_HOME ?? home;
  const outside = [env.HOST_XDG_CONFIG_HOME, env.XDG_CONFIG_HOME_VSCODE_SNAP_ORIG];
  const usual = posix.join(real, '.config');
  const isSandboxed = env.FLATPAK_ID !== undefined || env.SNAP !== undefined;
  const own = isSandboxed ? [...outside, usual, env.XDG_CONFIG_HOME] : [env.XDG_CONFIG_HOME, usual];
  for (const folder of own.flatMap(one => (one ? [one] : []))) {
    const text = read(posix.join(folder, 'user-dirs.dirs')) ?? '';
    const line = /^\s*XDG_VIDEOS_DIR="(.+)"\s*$/m.exec(text)?.[1];
    if (line !== undefined) {
      const found = line
        .replace(/\\(.)/g, '$1')
        .replace(/^\$HOME(?=\/|$)/, () => real)
        .replace(/\/+$/, '');
      // A folder that is the home itself means "not set".
      return found === real || !posix.isAbsolute(found) ? posix.join(real, 'Videos') : found;
    }
  }
  return posix.join(real, 'Videos');
}

/** In UTF-8: the default is the code page of the console. */
function queryRegistry(): string {
  return execSync(`chcp 65001>nul & reg query "${SHELL_FOLDERS}" /v "My Video"`, {
    encoding: 'utf8',
    timeout: LONGEST_QUERY,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function trying<T>(log: Log, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    // Most servers and minimal desktops have no such folders.
    log.debug(`Videos folder: ${messageOf(error)}`);
    return undefined;
  }
}
