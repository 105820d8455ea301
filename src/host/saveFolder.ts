import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Log } from '../base/log.ts';
import { saveFolderSetting } from './settings.ts';
import { videosFolder } from './videosFolder.ts';

/** The folder that clips are saved to: the setting's, where it is an absolute path or begins with `~`. */
export function saveFolder(log: Log): string {
  const wish = saveFolderSetting().trim();
  const folder = wish.replace(/^~(?=$|[\\/])/, homedir());
  if (isAbsolute(folder)) {
    return folder;
  }
  if (wish !== '') {
    log.warn(`The folder "${wish}" is not an absolute path: the usual one is used.`);
  }
  return join(videosFolder(log), 'Dailies');
}
