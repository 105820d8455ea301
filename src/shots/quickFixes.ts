import {
  CodeAction,
  CodeActionKind,
  type CodeActionContext,
  type CodeActionProvider,
  type Range,
  type TextDocument,
} from 'vscode';
import { SOURCE } from './diagnostics.ts';
import { fixesOf } from './fixes.ts';
import { issueText } from './issueText.ts';
import { rangeOf, workspaceEdit } from './ranges.ts';
import type { ShotServices } from './services.ts';
import type { ShotDocuments } from './shotDocuments.ts';

/** Offers what mends an issue, where it is marked. */
export class QuickFixes implements CodeActionProvider {
  private readonly documents: ShotDocuments;
  private readonly services: ShotServices;

  constructor(documents: ShotDocuments, services: ShotServices) {
    this.documents = documents;
    this.services = services;
  }

  provideCodeActions(document: TextDocument, range: Range, { diagnostics }: CodeActionContext): CodeAction[] {
    const read = this.documents.read(document);
    const { models, texts } = this.services;
    const shown = diagnostics.filter(({ source }) => source === SOURCE);
    return read.issues
      .filter(({ span }) => rangeOf(document, span).intersection(range))
      .flatMap(issue => {
        const text = issueText(issue, texts.modelName);
        const diagnostic = shown.find(({ code, message }) => code === issue.code && message === text);
        return fixesOf(read, issue, { all: models(), nameOf: texts.modelName }).map(fix => {
          const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
          action.edit = workspaceEdit(document, fix.edits);
          action.isPreferred = fix.isPreferred;
          action.diagnostics = diagnostic ? [diagnostic] : [];
          return action;
        });
      });
  }
}
