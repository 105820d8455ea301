import {
  DocumentDropEdit,
  DocumentDropOrPasteEditKind,
  DocumentPasteEdit,
  l10n,
  Uri,
  type DataTransfer,
  type DocumentDropEditProvider,
  type DocumentPasteEditProvider,
  type Position,
  type Range,
  type TextDocument,
} from 'vscode';
import { isImage } from './imageFiles.ts';
import { imageEdit } from './imageField.ts';
import { workspaceEdit } from './ranges.ts';
import { relativePath } from './relativePath.ts';
import type { ShotServices } from './services.ts';
import type { ShotDocuments } from './shotDocuments.ts';

/** Files, as VS Code hands them over. */
export const DROP_TYPES = ['text/uri-list'] as const;

/** What such a change is called in settings that choose between several. */
export const IMAGE_EDIT = DocumentDropOrPasteEditKind.Empty.append('dailies', 'image');

/** Takes images that are dropped on a shot, or pasted into it, into the field that they belong to. */
export class ImageDrop implements DocumentDropEditProvider, DocumentPasteEditProvider {
  private readonly documents: ShotDocuments;
  private readonly services: ShotServices;

  constructor(documents: ShotDocuments, services: ShotServices) {
    this.documents = documents;
    this.services = services;
  }

  async provideDocumentDropEdits(
    document: TextDocument,
    position: Position,
    data: DataTransfer,
  ): Promise<DocumentDropEdit | undefined> {
    const edit = await this.editFor(document, position, data);
    if (!edit) {
      return undefined;
    }
    const drop = new DocumentDropEdit('', l10n.t('Use Image in Shot'), IMAGE_EDIT);
    drop.additionalEdit = edit;
    return drop;
  }

  async provideDocumentPasteEdits(
    document: TextDocument,
    [range]: readonly Range[],
    data: DataTransfer,
  ): Promise<DocumentPasteEdit[] | undefined> {
    const edit = range && (await this.editFor(document, range.start, data));
    if (!edit) {
      return undefined;
    }
    const paste = new DocumentPasteEdit('', l10n.t('Use Image in Shot'), IMAGE_EDIT);
    paste.additionalEdit = edit;
    return [paste];
  }

  private async editFor(
    document: TextDocument,
    position: Position,
    data: DataTransfer,
  ): Promise<ReturnType<typeof workspaceEdit> | undefined> {
    const paths = imagesIn(await data.get('text/uri-list')?.asString(), document.uri);
    if (paths.length === 0) {
      return undefined;
    }
    const read = this.documents.read(document);
    const edit = imageEdit(read, document.offsetAt(position), paths, this.services.modelOf);
    return edit && workspaceEdit(document, [edit]);
  }
}

/** The images in a list of addresses, as a shot file names them; none where anything else is among them. */
function imagesIn(list: string | undefined, document: Uri): string[] {
  const uris = (list ?? '')
    .split(/\r?\n/)
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => Uri.parse(line));
  const paths = uris.map(uri => (isImage(uri.path) ? pathFrom(document, uri) : undefined));
  return paths.every(path => path !== undefined) ? paths : [];
}

/** How a shot file names an image. `undefined` for one that a path from here does not lead to: in a remote window, a file of the person's own computer. */
export function pathFrom(document: Uri, image: Uri): string | undefined {
  if (image.scheme === 'http' || image.scheme === 'https') {
    return image.toString(true);
  }
  const isNear =
    image.scheme === document.scheme &&
    image.authority === document.authority &&
    driveOf(image) === driveOf(document);
  if (isNear) {
    return relativePath(Uri.joinPath(document, '..').path, image.path);
  }
  return image.scheme === 'file' ? image.fsPath : undefined;
}

function driveOf({ path }: Uri): string {
  return /^\/[a-z]:/i.exec(path)?.[0].toLowerCase() ?? '';
}
