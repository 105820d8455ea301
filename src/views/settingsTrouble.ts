import { commands, l10n, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Disposable } from '../base/disposable.ts';
import { saveFolderTrouble } from '../host/saveFolder.ts';
import { affects } from '../host/settings.ts';
import { settings } from '../ids.ts';

/**
 * Says what is wrong with a setting when a person has changed it: until it is right, the usual value is used.
 * `templateTrouble` gives the part of the template for names that means nothing.
 */
export function watchSettings(templateTrouble: () => Promise<string | undefined>): Disposable {
  return workspace.onDidChangeConfiguration(async event => {
    if (affects(event, settings.saveFolder)) {
      tell(saveFolderTrouble(), settings.saveFolder);
    }
    if (affects(event, settings.saveFileName)) {
      const part = await templateTrouble();
      tell(
        part === undefined
          ? undefined
          : l10n.t('Unknown variable {0} in the file name setting. Using the default.', part),
        settings.saveFileName,
      );
    }
  });
}

function tell(trouble: string | undefined, setting: string): void {
  if (trouble !== undefined) {
    const open = l10n.t('Open Settings');
    void messages.warning(trouble, open).then(chosen => {
      if (chosen === open) {
        void commands.executeCommand('workbench.action.openSettings', setting);
      }
    });
  }
}
