import { commands as vscodeCommands, l10n, Uri, window, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import { messageOf } from '../base/errors.ts';
import type { FrameSpot } from './protocol.ts';

/** Saves a picture from a clip, and tells the person where it is. `as`: where the person says, else beside the clip. */
export type SaveFrame = (clip: Uri, spot: FrameSpot, png: Uint8Array, as: boolean) => Promise<void>;

export const saveFrame: SaveFrame = async (clip, spot, png, as) => {
  const folder = Uri.joinPath(clip, '..');
  const name = `${baseOf(clip)}_${spot}`;
  if (as) {
    await saveWhereAsked(folder, name, png);
    return;
  }
  try {
    // Loaded on first use.
    const { writeNewFile } = await import('../host/newFile.ts');
    tell(await writeNewFile(folder, name, 'png', png));
  } catch (error) {
    const choose = l10n.t('Choose Another Location…');
    const message = l10n.t("Couldn't save the frame next to the clip: {0}", messageOf(error));
    if ((await messages.error(message, choose)) === choose) {
      await saveWhereAsked(folder, name, png);
    }
  }
};

async function saveWhereAsked(folder: Uri, name: string, png: Uint8Array): Promise<void> {
  const target = await window.showSaveDialog({
    title: l10n.t('Save Frame As'),
    defaultUri: Uri.joinPath(folder, `${name}.png`),
    filters: { [l10n.t('Image')]: ['png'] },
  });
  if (target) {
    // The dialog has asked whether a file that is there may go.
    await workspace.fs.writeFile(target, png);
    tell(target);
  }
}

/** Not waited for: a person may leave the message where it is. */
function tell(file: Uri): void {
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
