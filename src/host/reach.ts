import type { Uri } from 'vscode';
import { workspace } from 'vscode';

const REMOTE = 'vscode-remote';

/** The remote machine that this window is connected to, as its URIs call it. VS Code does not say it in an empty window. */
let authority: string | undefined;

/** Has a folder or file remembered that a person has chosen in this window: it is connected to its machine. */
export function learnReach(uri: Uri): void {
  if (uri.scheme === REMOTE) {
    authority = uri.authority;
  }
}

/**
 * Whether this window is connected to the file system of a URI. VS Code itself does not look at the machine that a remote URI
 * names: it would take the same path on the machine that it is connected to.
 */
export async function isInReach(uri: Uri): Promise<boolean> {
  if (uri.scheme === REMOTE) {
    const open = [workspace.workspaceFile, ...(workspace.workspaceFolders ?? []).map(folder => folder.uri)];
    open.filter(one => one !== undefined).forEach(learnReach);
    return uri.authority === authority;
  }
  if (isKnown(uri)) {
    return true;
  }
  // The extension that brings the file system may have to be started first.
  await workspace.fs.stat(uri).then(
    () => undefined,
    () => undefined,
  );
  return isKnown(uri);
}

function isKnown({ scheme }: Uri): boolean {
  return workspace.fs.isWritableFileSystem(scheme) !== undefined;
}
