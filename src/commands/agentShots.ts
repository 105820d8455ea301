import { l10n, Uri, workspace, type TextDocument } from 'vscode';
import { shotUri } from '../host/shotPath.ts';
import { isShotDocument } from '../shots/shotDocuments.ts';

/** A file or folder as an agent names it: by an absolute path, or by one from a folder of the workspace on. */
export function uriOf(path: string): Uri | undefined {
  const first = workspace.workspaceFolders?.[0]?.uri;
  return shotUri(path) ?? (first && Uri.joinPath(first, path));
}

/** The shot file that an agent names; or why there is none, in words. */
export async function openShotFile(path: string): Promise<TextDocument | string> {
  const uri = uriOf(path);
  try {
    const document = uri && (await workspace.openTextDocument(uri));
    if (document) {
      return isShotDocument(document) ? document : l10n.t('This is not a shot file (.shot.md).');
    }
  } catch {
    // It is not there, a folder, or no text.
  }
  return l10n.t('There is no shot file "{0}" that can be read.', path);
}
