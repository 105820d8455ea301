import { FileType, RelativePattern, Uri, workspace } from 'vscode';
import { relativePath } from './relativePath.ts';

/** The images that a gateway can be expected to read. */
const IMAGE = /\.(?:png|jpe?g|webp)$/i;

/** So many files are suggested. */
const MOST = 500;

/** The image files that are near a document, as paths relative to it: those of its own folder first. */
export async function imageFiles(document: Uri): Promise<string[]> {
  const folder =
    workspace.getWorkspaceFolder(document) ??
    (document.scheme === 'untitled' ? workspace.workspaceFolders?.[0] : undefined);
  const base = document.scheme === 'untitled' ? folder?.uri : Uri.joinPath(document, '..');
  if (!base) {
    return [];
  }
  const found = folder
    ? await workspace.findFiles(
        new RelativePattern(folder, '**/*.{png,jpg,jpeg,webp,PNG,JPG,JPEG,WEBP}'),
        '**/node_modules/**',
        MOST,
      )
    : [];
  const files = found.length > 0 ? found : await filesIn(base);
  return files
    .map(uri => relativePath(base.path, uri.path))
    .sort((a, b) => depthOf(a) - depthOf(b) || a.localeCompare(b));
}

/** Outside of a workspace, and where files cannot be searched: those of the folder itself. */
async function filesIn(folder: Uri): Promise<Uri[]> {
  try {
    const entries = await workspace.fs.readDirectory(folder);
    return entries
      .filter(([name, type]) => (type & FileType.File) !== 0 && IMAGE.test(name))
      .slice(0, MOST)
      .map(([name]) => Uri.joinPath(folder, name));
  } catch {
    return [];
  }
}

function depthOf(path: string): number {
  return path.split('/').length + (path.startsWith('..') ? 10 : 0);
}

/** Whether a file is an image by its name. */
export function isImage(path: string): boolean {
  return IMAGE.test(path);
}
