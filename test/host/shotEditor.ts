import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { waitUntil, workbench, type RemoteWorkbench } from '../vscode/bridgeClient.ts';
import { useStage, type Stage } from './stage.ts';

/** What a suite does with shot files in the editor. */
export interface ShotEditor {
  readonly window: RemoteWorkbench;
  readonly stage: () => Stage;
  /** Writes a file into the folder of the shots. */
  readonly write: (text: string | Uint8Array, name: string) => vscode.Uri;
  readonly open: (text: string, name?: string) => Promise<vscode.TextEditor>;
  readonly untilLenses: (...expected: string[]) => Promise<void>;
  /** Some lens holds these words. */
  readonly untilLens: (words: string | RegExp) => Promise<void>;
  /** What is wrong, as the Problems view has it: `[the marked text] message`. */
  readonly untilProblems: (
    editor: Pick<vscode.TextEditor, 'document'>,
    ...expected: string[]
  ) => Promise<void>;
  /** Selects in the editor and gives it the focus; setting `selection` instead resolves before the window has done so. */
  readonly select: (editor: Pick<vscode.TextEditor, 'document'>, selection: vscode.Range) => Promise<void>;
  readonly untilSelected: (editor: vscode.TextEditor, expected: string) => Promise<void>;
  /** The list changes with each letter that is typed. */
  readonly untilSuggestions: (...expected: string[]) => Promise<void>;
  /** Puts a text in place of another, as an edit that is not saved. */
  readonly replace: (document: vscode.TextDocument, from: string, to: string) => Promise<void>;
}

/** Sets the stage for shot files in the editor. */
export function useShotEditor(): ShotEditor {
  const window = workbench();
  const stage = useStage();

  // In a browser VS Code saves by itself.
  before(() => autoSave('off'));
  after(() => autoSave(undefined));

  const write = (text: string | Uint8Array, name: string): vscode.Uri => {
    const file = join(stage().clips, 'shots', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return vscode.Uri.file(file);
  };
  const lensText = async (): Promise<string> => (await window.lenses()).join('\n');
  return {
    window,
    stage,
    write,
    open: async (text, name = 'ferry.shot.md') =>
      vscode.window.showTextDocument(await vscode.workspace.openTextDocument(write(text, name))),
    untilLenses: async (...expected) => {
      await waitUntil(
        `the lenses ${expected.join(' / ')}`,
        async () => (await lensText()) === expected.join('\n') || undefined,
        lensText,
      );
    },
    untilLens: async words => {
      const isIt = (lens: string): boolean =>
        typeof words === 'string' ? lens.includes(words) : words.test(lens);
      await waitUntil(
        `the lens ${String(words)}`,
        async () => (await window.lenses()).some(isIt) || undefined,
        lensText,
      );
    },
    untilProblems: async ({ document }, ...expected) => {
      const text = (): string =>
        vscode.languages
          .getDiagnostics(document.uri)
          .map(({ message, range }) => `[${document.getText(range)}] ${message}`)
          .join('\n');
      await waitUntil(
        `the problems ${expected.join(' / ')}`,
        () => text() === expected.join('\n') || undefined,
        text,
      );
    },
    select: async ({ document }, selection) => {
      await vscode.window.showTextDocument(document, { selection });
    },
    untilSelected: async (editor, expected) => {
      const text = (): string => editor.document.getText(editor.selection);
      await waitUntil(`"${expected}" to be selected`, () => text() === expected || undefined, text);
    },
    untilSuggestions: async (...expected) => {
      const text = async (): Promise<string> => (await window.suggestions()).join(' / ');
      const wanted = expected.join(' / ');
      await waitUntil(`the suggestions ${wanted}`, async () => (await text()) === wanted || undefined, text);
    },
    replace: async (document, from, to) => {
      const start = document.getText().indexOf(from);
      const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range, to);
      await vscode.workspace.applyEdit(edit);
    },
  };
}

async function autoSave(value: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('files')
    .update('autoSave', value, vscode.ConfigurationTarget.Global);
}
