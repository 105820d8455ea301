import { Uri } from 'vscode';
import { storedFolder } from '../saving/folderPath.ts';

/** Where a saved clip is: a task's `filePath` is a path of this machine, or a URI where only VS Code reaches it. */
export function clipUri(filePath: string): Uri {
  return storedFolder(filePath).kind === 'local' ? Uri.file(filePath) : Uri.parse(filePath);
}

/** The same the other way: a file or folder as a task or a setting holds it. */
export function storedPath(uri: Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}
