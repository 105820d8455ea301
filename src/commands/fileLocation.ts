import { commands as vscodeCommands, env, l10n, UIKind, Uri, workspace } from 'vscode';
import { plain } from '../base/plainText.ts';
import { storedPath } from '../host/clipUri.ts';
import { messages } from '../host/messages.ts';

/** Reveals the file in the system's file manager, in the Explorer, or, if neither can show it, names its folder. */
export async function openFolder(file: Uri): Promise<void> {
  if (canReach(file)) {
    await vscodeCommands.executeCommand('revealFileInOS', file);
  } else if (workspace.getWorkspaceFolder(file)) {
    await vscodeCommands.executeCommand('revealInExplorer', file);
  } else {
    await showLocation(file);
  }
}

/** The same as a button: what it says, and what it does. Where nothing can show the file, its path is copied. */
export function locationAction(file: Uri): { readonly title: string; run(): Thenable<unknown> } {
  if (canReach(file)) {
    return {
      title: l10n.t('Open Folder'),
      run: () => vscodeCommands.executeCommand('revealFileInOS', file),
    };
  }
  return workspace.getWorkspaceFolder(file)
    ? {
        title: l10n.t('Reveal in Explorer View'),
        run: () => vscodeCommands.executeCommand('revealInExplorer', file),
      }
    : { title: l10n.t('Copy File Path'), run: () => env.clipboard.writeText(storedPath(file)) };
}

/** Whether the user's system can open the file: a browser cannot reach the server's files, nor a desktop those of a remote. */
export function canReach(file: Uri): boolean {
  return env.uiKind === UIKind.Desktop && env.remoteName === undefined && file.scheme === 'file';
}

/** Names the folder of a file. */
export async function showLocation(file: Uri): Promise<void> {
  const copy = l10n.t('Copy File Path');
  const path = storedPath(file);
  const folder = Uri.joinPath(file, '..');
  const where = storedPath(folder);
  if ((await messages.info(l10n.t('Saved in {0}', plain(where)), copy)) === copy) {
    await env.clipboard.writeText(path);
  }
}
