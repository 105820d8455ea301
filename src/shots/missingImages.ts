import { FileType, workspace, type TextDocument } from 'vscode';
import { shotImage } from '../host/shotPath.ts';
import { imagesIn, type NamedImage } from './images.ts';
import type { ReadShots } from './issues.ts';

/** So many image files of a document are looked for. */
const MOST = 200;

/** The image files that a document names and that are not there. */
export async function missingImages(document: TextDocument, read: ReadShots): Promise<NamedImage[]> {
  const files = imagesIn(read)
    .filter(({ isFile }) => isFile)
    .slice(0, MOST);
  const isMissing = await Promise.all(files.map(async ({ text }) => !(await isThere(document, text))));
  return files.filter((_, index) => isMissing[index]);
}

async function isThere(document: TextDocument, image: string): Promise<boolean> {
  try {
    const uri = shotImage(document.uri, image);
    // Of a document that is nowhere yet nobody can say.
    return uri === undefined || ((await workspace.fs.stat(uri)).type & FileType.Directory) === 0;
  } catch {
    return false;
  }
}
