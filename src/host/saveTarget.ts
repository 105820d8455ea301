import type { Log } from '../base/log.ts';
import { storedFolder } from '../saving/folderPath.ts';
import type { Target } from '../saving/target.ts';
import { userSaveFolder } from './saveFolder.ts';

/**
 * A folder that clips go to: one that was fixed, else the person's of now. `workFolder` is where clips for folders
 * elsewhere come together.
 */
export async function saveTarget(fixed: string | null, workFolder: string, log: Log): Promise<Target> {
  const folder = fixed === null ? userSaveFolder(log) : storedFolder(fixed);
  // Loaded on first use, as all that saving needs.
  if (folder.kind === 'local') {
    const { LocalFolder } = await import('../saving/place.ts');
    return new LocalFolder(folder.path);
  }
  const [{ RemoteFolder }, { remoteFiles }] = await Promise.all([
    import('../saving/remoteFolder.ts'),
    import('./remoteFiles.ts'),
  ]);
  return new RemoteFolder(folder.uri, workFolder, remoteFiles);
}
