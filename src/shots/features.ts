import { CodeActionKind, languages as vscodeLanguages, type DocumentSelector } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { languages } from '../ids.ts';
import { Completion, COMPLETION_SIGNS } from './completion.ts';
import { showDiagnostics } from './diagnostics.ts';
import { Hovers } from './hover.ts';
import { DROP_TYPES, IMAGE_EDIT, ImageDrop } from './imageDrop.ts';
import { Lenses } from './lenses.ts';
import { Links } from './links.ts';
import { Outline } from './outline.ts';
import { QuickFixes } from './quickFixes.ts';
import type { ShotServices } from './services.ts';
import { DEFAULTS_FILE, isShotDocument, type ShotDocuments } from './shotDocuments.ts';
import { keepTakesOnSave } from './shotTakes.ts';

const SHOTS: DocumentSelector = { language: languages.shot };

const DEFAULTS: DocumentSelector = { pattern: `**/${DEFAULTS_FILE}` };

/** Gives shot files all that VS Code can do with a language. */
export function registerFeatures(documents: ShotDocuments, services: ShotServices): Disposable {
  const owned = new DisposableStore();
  const lenses = owned.add(new Lenses(documents, services));
  const drop = new ImageDrop(documents, services);
  const outline = new Outline();
  const completion = new Completion(documents, services);
  owned.add(showDiagnostics(documents, services));
  owned.add(keepTakesOnSave(documents, services));
  owned.add(
    vscodeLanguages.registerCodeLensProvider(SHOTS, {
      onDidChangeCodeLenses: lenses.onDidChangeCodeLenses,
      // Not in versions of the past, nor in cells of a notebook.
      provideCodeLenses: document => (isShotDocument(document) ? lenses.provideCodeLenses(document) : []),
    }),
  );
  owned.add(
    vscodeLanguages.registerCompletionItemProvider([SHOTS, DEFAULTS].flat(), completion, ...COMPLETION_SIGNS),
  );
  owned.add(vscodeLanguages.registerHoverProvider(SHOTS, new Hovers(documents, services)));
  owned.add(vscodeLanguages.registerDocumentLinkProvider(SHOTS, new Links(documents)));
  owned.add(vscodeLanguages.registerDocumentSymbolProvider(SHOTS, outline));
  owned.add(vscodeLanguages.registerFoldingRangeProvider(SHOTS, outline));
  owned.add(
    vscodeLanguages.registerCodeActionsProvider(SHOTS, new QuickFixes(documents, services), {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    }),
  );
  owned.add(
    vscodeLanguages.registerDocumentDropEditProvider(SHOTS, drop, {
      providedDropEditKinds: [IMAGE_EDIT],
      dropMimeTypes: DROP_TYPES,
    }),
  );
  owned.add(
    vscodeLanguages.registerDocumentPasteEditProvider(SHOTS, drop, {
      providedPasteEditKinds: [IMAGE_EDIT],
      pasteMimeTypes: DROP_TYPES,
    }),
  );
  return owned;
}
