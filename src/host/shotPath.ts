import { Uri, workspace } from 'vscode';

/**
 * How a shot file is written down with its takes: the name of its workspace folder and its path in there, with slashes, so that it holds on
 * every machine; outside of all folders its path, or its address where it is no file of this machine. `null` for one that is nowhere yet.
 */
export function shotPath(uri: Uri): string | null {
  if (uri.scheme === 'untitled') {
    return null;
  }
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder) {
    return workspace.asRelativePath(uri, true);
  }
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

/** The shot file that was written down so, in the folders of this window; `undefined` where it is in none of them. */
export function shotUri(path: string): Uri | undefined {
  if (/^(?:[/\\]|[a-z]:[/\\])/i.test(path)) {
    return Uri.file(path);
  }
  if (/^[a-z][\w+.-]+:/i.test(path)) {
    return Uri.parse(path);
  }
  const [name = '', ...rest] = path.split('/');
  const folder = workspace.workspaceFolders?.find(
    one => workspace.asRelativePath(Uri.joinPath(one.uri, 'x'), true) === `${name}/x`,
  );
  return folder && rest.length > 0 ? Uri.joinPath(folder.uri, ...rest) : undefined;
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
