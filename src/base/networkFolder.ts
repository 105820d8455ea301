import { realpathSync, statfsSync } from 'node:fs';

/** What Linux calls network file systems (statfs(2)): NFS, SMB, SMB2, CIFS, AFS, Coda, 9P, and FUSE, which mostly are (sshfs). */
const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x73757245, 0x01021997, 0x65735546,
]);

/**
 * Whether a folder is known to be on a network drive. Determined by the kind of its file system on Linux, and by its path on
 * Windows, where a drive letter can stand for one; `false` elsewhere.
 */
export function isNetworkFolder(folder: string): boolean {
  try {
    if (process.platform === 'win32') {
      return /^\\\\(?![.?]\\[a-z]:)/i.test(realpathSync.native(folder));
    }
    // Some kinds fill 32 bits, and come with their sign.
    return process.platform === 'linux' && NETWORK_TYPES.has(statfsSync(folder).type >>> 0);
  } catch {
    // Missing or unreadable: opening it will fail with the reason.
    return false;
  }
}
