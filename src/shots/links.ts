import { DocumentLink, type DocumentLinkProvider, type TextDocument } from 'vscode';
import { shotImage } from '../host/shotPath.ts';
import { filesNamedIn } from './linksIn.ts';
import { rangeOf } from './ranges.ts';
import type { ShotDocuments } from './shotDocuments.ts';

/** Makes links of the images and clips that a shot file names. */
export class Links implements DocumentLinkProvider {
  private readonly documents: ShotDocuments;

  constructor(documents: ShotDocuments) {
    this.documents = documents;
  }

  provideDocumentLinks(document: TextDocument): DocumentLink[] {
    return filesNamedIn(this.documents.read(document)).flatMap(({ path, span }) => {
      const target = shotImage(document.uri, path);
      return target ? [new DocumentLink(rangeOf(document, span), target)] : [];
    });
  }
}
