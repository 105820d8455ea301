import { Uri, workspace, type WorkspaceFolder } from 'vscode';

/**
 * How a shot file is written down with its takes: the name of the workspace folder that it is in and its path in there, with slashes, so
 * that it holds on every machine. Outside of all folders, and in one that is called as another before it, its path, or its address where
 * it is no file of this machine. `null` for one that is nowhere yet.
 */
export function shotPath(uri: Uri): string | null {
  if (uri.scheme === 'untitled') {
    return null;
  }
  const folder = workspace.getWorkspaceFolder(uri);
  const name = folder && nameOf(folder);
  const called = workspace.workspaceFolders?.find(one => nameOf(one) === name);
  if (folder && name !== '' && called?.uri.toString() === folder.uri.toString()) {
    return `${name}/${workspace.asRelativePath(uri, false)}`;
  }
  return placeOf(uri);
}

/** Where a file is, whatever folders are open: its path, or its address where it is no file of this machine. */
export function placeOf(uri: Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

/** The shot file that was written down so, in the folders of this window; `undefined` where it is in none of them. */
export function shotUri(path: string): Uri | undefined {
  if (/^(?:[/\\]|[a-z]:[/\\])/i.test(path)) {
    return Uri.file(path);
  }
  const [name = '', ...rest] = path.split('/');
  const folder = workspace.workspaceFolders?.find(one => nameOf(one) === name);
  if (folder && rest.length > 0) {
    return Uri.joinPath(folder.uri, ...rest);
  }
  return /^[a-z][\w+.-]+:/i.test(path) ? Uri.parse(path) : undefined;
}

/** The folder's own name: a workspace may call it something else, and another window something else again. */
function nameOf({ uri }: WorkspaceFolder): string {
  return uri.path.replace(/\/+$/, '').replace(/^.*\//, '');
}

/** The image that a shot file names: a relative path starts at the file's folder; `undefined` if that is unknown. */
export function shotImage(document: Uri, image: string): Uri | undefined {
  const path = image.trim();
  if (/^file:/i.test(path)) {
    return Uri.parse(path);
  }
  if (/^(?:[/\\]|[a-z]:[/\\])/i.test(path)) {
    return document.scheme === 'untitled' || document.scheme === 'file'
      ? Uri.file(path)
      : document.with({ path });
  }
  const relative = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  const folder =
    document.scheme === 'untitled' ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(document, '..');
  return folder && Uri.joinPath(folder, relative);
}
