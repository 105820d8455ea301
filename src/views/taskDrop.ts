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
 * Rows that are dropped into a text become the paths of their clips, also where VS Code, in a browser, would write addresses that
 * only it understands. Markdown is left to VS Code, which makes a video of them.
 */
export function registerTaskDrop(): Disposable {
  return languages.registerDocumentDropEditProvider(
    // All files, by a selector that goes before VS Code's own for all languages.
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
