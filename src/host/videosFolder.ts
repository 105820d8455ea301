import { readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

/** The person's own videos folder, where the system says it is: `Videos`, `Movies` on macOS, XDG's choice on Linux. */
export function videosFolder(log: Log): string {
  const home = homedir();
  if (platform() === 'darwin') {
    return join(home, 'Movies');
  }
  return (platform() === 'linux' ? xdgVideosFolder(home, log) : undefined) ?? join(home, 'Videos');
}

/** Reads `XDG_VIDEOS_DIR` from user-dirs.dirs (freedesktop.org, xdg-user-dirs): `"$HOME/…"` or an absolute path. */
function xdgVideosFolder(home: string, log: Log): string | undefined {
  const file = join(process.env.XDG_CONFIG_HOME ?? join(home, '.config'), 'user-dirs.dirs');
  try {
    const line = /^XDG_VIDEOS_DIR="(.+)"$/m.exec(readFileSync(file, 'utf8'))?.[1];
    const folder = line?.replace(/^\$HOME(?=\/|$)/, home).replace(/\/+$/, '');
    // A folder that is the home itself means "not set".
    return folder === home ? undefined : folder;
  } catch (error) {
    // Most servers and minimal desktops have no such file.
    log.debug(`No XDG folders: ${messageOf(error)}`);
    return undefined;
  }
}
