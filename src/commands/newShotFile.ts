import { FileType, l10n, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { showShotText } from './openAsShotFile.ts';
import { shotExample } from './shotExample.ts';

/** The ending of shot files. */
const ENDING = '.shot.md';

/**
 * "New Shot File": a file with an example in it, in the folder that it was called on, or in one of the workspace; where there is
 * none, one that is not saved yet.
 */
export async function newShotFile(given: unknown): Promise<void> {
  const text = shotExample();
  const folder = await folderFor(given);
  if (folder === 'none') {
    await showShotText(text);
  } else if (folder) {
    await createIn(folder, text);
  }
}

/** `undefined`: the person left. */
async function folderFor(given: unknown): Promise<Uri | 'none' | undefined> {
  if (given instanceof Uri) {
    return (await isFolder(given)) ? given : Uri.joinPath(given, '..');
  }
  const { workspaceFolders: folders = [] } = workspace;
  const [first, ...others] = folders;
  if (!first) {
    return 'none';
  }
  const chosen: WorkspaceFolder | undefined =
    others.length === 0 ? first : await window.showWorkspaceFolderPick();
  return chosen?.uri;
}

async function isFolder(uri: Uri): Promise<boolean> {
  const kind = await typeOf(uri);
  return kind !== undefined && (kind & FileType.Directory) !== 0;
}

async function typeOf(uri: Uri): Promise<FileType | undefined> {
  try {
    return (await workspace.fs.stat(uri)).type;
  } catch {
    // It is not there, as required.
    return undefined;
  }
}

async function createIn(folder: Uri, text: string): Promise<void> {
  const free = await freeName(folder);
  const name = await window.showInputBox({
    title: l10n.t('New Shot File'),
    prompt: l10n.t('File name, in {0}', workspace.asRelativePath(folder)),
    value: free,
    valueSelection: [0, free.length - ENDING.length],
    ignoreFocusOut: true,
    validateInput: typed => objectionTo(typed, folder),
  });
  if (name === undefined) {
    return;
  }
  const file = Uri.joinPath(folder, fileName(name));
  await workspace.fs.writeFile(file, Buffer.from(text));
  await window.showTextDocument(file, { preview: false });
}

async function freeName(folder: Uri): Promise<string> {
  for (let number = 1; ; number++) {
    const name = `${number === 1 ? l10n.t('shot') : `${l10n.t('shot')}-${number}`}${ENDING}`;
    if ((await typeOf(Uri.joinPath(folder, name))) === undefined) {
      return name;
    }
  }
}

async function objectionTo(typed: string, folder: Uri): Promise<string | undefined> {
  const name = fileName(typed);
  if (name === ENDING) {
    return l10n.t('Enter a file name.');
  }
  if (/[\\/:*?"<>|\p{Cc}]/u.test(name)) {
    return l10n.t("A file name can't contain any of these characters: {0}", '\\ / : * ? " < > |');
  }
  return (await typeOf(Uri.joinPath(folder, name))) === undefined
    ? undefined
    : l10n.t('There is already a file with this name.');
}

/** With its ending, whichever part of it was typed. */
function fileName(typed: string): string {
  return typed.trim().replace(/(?:\.shot)?(?:\.md)?$/i, '') + ENDING;
}
