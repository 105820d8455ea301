import { commands as vscodeCommands, l10n, Uri, window, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import { messageOf } from '../base/errors.ts';
import type { FramePosition } from './protocol.ts';

/**
 * Saves a frame of a clip as a PNG file, shows where, and gives the file; `undefined` if the user cancels. `as`: where the user chooses; otherwise
 * next to the clip.
 */
export type SaveFrame = (
  clip: Uri,
  position: FramePosition,
  png: Uint8Array,
  as: boolean,
) => Promise<Uri | undefined>;

export const saveFrame: SaveFrame = async (clip, position, png, as) => {
  const folder = Uri.joinPath(clip, '..');
  const name = `${baseOf(clip)}_${position}`;
  if (as) {
    return saveToChosenFile(folder, name, png);
  }
  try {
    // Loaded on first use, to keep start-up fast.
    const { writeNewFile } = await import('../host/newFile.ts');
    const file = await writeNewFile(folder, name, 'png', png);
    confirmSaved(file);
    return file;
  } catch (error) {
    const choose = l10n.t('Choose Another Location…');
    const message = l10n.t("Couldn't save the frame next to the clip: {0}", messageOf(error));
    return (await messages.error(message, choose)) === choose
      ? saveToChosenFile(folder, name, png)
      : undefined;
  }
};

/** Keeps the last frame of a clip next to it, and gives the file: that of before, where it is the same. Rejects where it cannot be written. */
export async function keepLastFrame(clip: Uri, png: Uint8Array): Promise<Uri> {
  // Loaded on first use, to keep start-up fast.
  const { keepFile } = await import('../host/newFile.ts');
  return keepFile(Uri.joinPath(clip, '..'), `${baseOf(clip)}_last`, 'png', png);
}

async function saveToChosenFile(folder: Uri, name: string, png: Uint8Array): Promise<Uri | undefined> {
  const target = await window.showSaveDialog({
    title: l10n.t('Save Frame As'),
    defaultUri: Uri.joinPath(folder, `${name}.png`),
    filters: { [l10n.t('Image')]: ['png'] },
  });
  if (target) {
    // The dialog has already confirmed replacing an existing file.
    await workspace.fs.writeFile(target, png);
    confirmSaved(target);
  }
  return target;
}

/** Where in a clip a frame is, s, to the second; `null` for the last. */
export function timeOfFrame(position: FramePosition): number | null {
  if (position === 'last') {
    return null;
  }
  const [hours = 0, minutes = 0, seconds = 0] = position.split('-').map(Number);
  return position === 'first' ? 0 : hours * 3_600 + minutes * 60 + seconds;
}

/** Shows a message with an Open button. Does not wait for it to be closed. */
function confirmSaved(file: Uri): void {
  const open = l10n.t('Open');
  const name = file.path.split('/').at(-1) ?? '';
  void messages.info(l10n.t('Frame saved as "{0}".', name), open).then(async chosen => {
    if (chosen === open) {
      await vscodeCommands.executeCommand('vscode.open', file);
    }
  });
}

function baseOf(clip: Uri): string {
  return (clip.path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
}
