import { Range, WorkspaceEdit, type TextDocument } from 'vscode';
import type { Span } from '../making/shotText.ts';
import type { Edit } from './textEdits.ts';

/** A span of a document's text as VS Code says it. */
export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** Changes of a document's text as VS Code makes them. */
export function workspaceEdit(document: TextDocument, edits: readonly Edit[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { span, text } of edits) {
    edit.replace(document.uri, rangeOf(document, span), text);
  }
  return edit;
}
