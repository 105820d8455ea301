import { languages, l10n, Selection, window, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import { writeShot, type ShotToWrite } from '../making/shotWriter.ts';
import { languages as languageIds } from '../ids.ts';

/** Opens a request as a new shot file that is not saved yet, at its prompt. A message names what a shot file cannot hold. */
export async function openAsShotFile(shot: ShotToWrite): Promise<void> {
  const { text, left } = writeShot(shot);
  await showShotText(text);
  if (left.length > 0) {
    void messages.warning(l10n.t("A shot file can't contain this, so it was left out: {0}", left.join(', ')));
  }
}

/** Opens a text as a shot file that is not saved yet, with its last line that is not empty in front of the person. */
export async function showShotText(text: string): Promise<void> {
  const isKnown = (await languages.getLanguages()).includes(languageIds.shot);
  const document = await workspace.openTextDocument({
    content: text,
    language: isKnown ? languageIds.shot : 'markdown',
  });
  const editor = await window.showTextDocument(document, { preview: false });
  const end = document.lineAt(document.positionAt(text.trimEnd().length).line).range.end;
  editor.selection = new Selection(end, end);
  editor.revealRange(editor.selection);
}
