import { Diagnostic, DiagnosticSeverity, l10n, languages, Range, workspace, type TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { readDefaults } from './defaults.ts';
import { issueText } from './issueText.ts';
import type { Issue } from './issues.ts';
import { missingImages } from './missingImages.ts';
import { rangeOf } from './ranges.ts';
import type { ShotServices } from './services.ts';
import { isDefaultsDocument, isShotDocument, type ShotDocuments } from './shotDocuments.ts';

/** What VS Code calls the one who says that something is wrong. */
export const SOURCE = 'Dailies';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** Keeps what is wrong in shot files, and in the defaults of their folders, in the Problems view and under their lines. */
export function showDiagnostics(documents: ShotDocuments, services: ShotServices): Disposable {
  const owned = new DisposableStore();
  const shown = owned.add(languages.createDiagnosticCollection('dailies'));
  const show = (document: TextDocument): void => {
    if (document.isClosed) {
      shown.delete(document.uri);
    } else if (isShotDocument(document)) {
      void showShots(document);
    } else if (isDefaultsDocument(document)) {
      const { issues } = readDefaults(document.getText(), services.modelOf);
      shown.set(
        document.uri,
        issues.map(issue => diagnosticOf(document, issue, services)),
      );
    }
  };
  const showShots = async (document: TextDocument): Promise<void> => {
    const read = documents.read(document);
    const { version } = document;
    const found = read.issues.map(issue => diagnosticOf(document, issue, services));
    shown.set(document.uri, found);
    const missing = await missingImages(document, read);
    if (missing.length > 0 && document.version === version && !document.isClosed) {
      shown.set(document.uri, [
        ...found,
        ...missing.map(({ text, span }) =>
          named(
            new Diagnostic(rangeOf(document, span), missingText(text), DiagnosticSeverity.Error),
            'noFile',
          ),
        ),
      ]);
    }
  };
  owned.add(documents.onDidChange(show));
  const again = (): void => {
    documents.lookAtAll();
  };
  owned.add(workspace.onDidSaveTextDocument(again));
  for (const event of [workspace.onDidCreateFiles, workspace.onDidDeleteFiles, workspace.onDidRenameFiles]) {
    owned.add(event(again));
  }
  workspace.textDocuments.forEach(show);
  return owned;
}

/** That an image file is not there. */
export function missingText(image: string): string {
  return l10n.t('File not found: {0}', image);
}

function diagnosticOf(document: TextDocument, issue: Issue, { texts }: ShotServices): Diagnostic {
  const range = rangeOf(document, issue.span);
  const text = issueText(issue, texts.modelName);
  return named(new Diagnostic(atLeastOne(range), text, SEVERITIES[issue.severity]), issue.code);
}

/** VS Code draws nothing where there is nothing: then the place before or after is marked. */
function atLeastOne(range: Range): Range {
  const { start } = range;
  return range.isEmpty && start.character > 0 ? new Range(start.translate(0, -1), start) : range;
}

function named(diagnostic: Diagnostic, code: string): Diagnostic {
  diagnostic.source = SOURCE;
  diagnostic.code = code;
  return diagnostic;
}
