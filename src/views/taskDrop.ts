import {
  DocumentDropEdit,
  DocumentDropOrPasteEditKind,
  l10n,
  languages,
  type DataTransfer,
  type Disposable,
  type TextDocument,
} from 'vscode';
import { CLIP_PATHS } from './taskDrag.ts';

const KIND = DocumentDropOrPasteEditKind.Text.append('path', 'dailies');

/**
 * Inserts the paths of clips when rows are dropped on a text document. (VS Code in a browser would insert URIs that nothing else
 * understands.) Markdown is left to VS Code, which inserts a video.
 */
export function registerTaskDrop(): Disposable {
  return languages.registerDocumentDropEditProvider(
    // All files. A pattern outranks VS Code's own provider for all languages.
    { pattern: '**' },
    {
      provideDocumentDropEdits: async (document: TextDocument, _position, transfer: DataTransfer) => {
        const paths = await transfer.get(CLIP_PATHS)?.asString();
        return paths === undefined || document.languageId === 'markdown'
          ? undefined
          : new DocumentDropEdit(paths, l10n.t('Insert Clip Path'), KIND);
      },
    },
    { dropMimeTypes: [CLIP_PATHS], providedDropEditKinds: [KIND] },
  );
}
