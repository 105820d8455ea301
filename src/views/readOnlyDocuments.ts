import { commands, EventEmitter, extensions, languages, Uri, window, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { documents } from '../ids.ts';

type Scheme = (typeof documents)[keyof typeof documents];

/** VS Code's built-in Markdown extension and its preview editor. */
const MARKDOWN = { extension: 'vscode.markdown-language-features', editor: 'vscode.markdown.preview.editor' };

/** The documents of a scheme, which cannot be written to. Their text is read when one is opened, and again when it has changed. */
export class ReadOnlyDocuments implements Disposable {
  private readonly scheme: Scheme;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<Uri>());

  constructor(scheme: Scheme, textOf: (uri: Uri) => string | Promise<string>) {
    this.scheme = scheme;
    this.owned.add(
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changes.event,
        provideTextDocumentContent: textOf,
      }),
    );
  }

  /** Has those that are open, and that `isStale` says, read again. */
  update(isStale: (uri: Uri) => boolean = () => true): void {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme === this.scheme && isStale(uri)) {
        this.changes.fire(uri);
      }
    }
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/** The address of a document: its path is what the tab shows, `query` which one it is. */
export function readOnlyUri(scheme: Scheme, title: string, query = ''): Uri {
  return Uri.from({ scheme, path: `/${title.replaceAll(/[/\\]/g, '_')}`, query });
}

/** Opens a document in the Markdown preview, or as text if the Markdown extension is disabled. */
export async function showMarkdown(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  if (extensions.getExtension(MARKDOWN.extension)) {
    await commands.executeCommand('vscode.openWith', uri, MARKDOWN.editor);
  } else {
    await window.showTextDocument(await languages.setTextDocumentLanguage(document, 'markdown'));
  }
}
