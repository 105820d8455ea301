import { commands, l10n, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Disposable } from '../base/disposable.ts';
import { saveFolderTrouble } from '../host/saveFolder.ts';
import { modelTable } from '../gateway/modelTable.ts';
import { affects, modelsSetting, pricesTroubles } from '../host/settings.ts';
import { settings } from '../ids.ts';
import { modelTroubleText, priceTroubleText } from './settingRowText.ts';

/**
 * Warns when a setting was changed to an invalid value, also while VS Code was closed where that is about money. Until it is
 * corrected, the default is used. `templateTrouble` resolves to the unknown variable of the file name template, if any.
 */
export function watchSettings(templateTrouble: () => Promise<string | undefined>): Disposable {
  warnOfModels();
  warnOfPrices();
  return workspace.onDidChangeConfiguration(async event => {
    if (affects(event, settings.saveFolder)) {
      warn(saveFolderTrouble(), settings.saveFolder);
    }
    if (affects(event, settings.models)) {
      warnOfModels();
    }
    if (affects(event, settings.prices)) {
      warnOfPrices();
    }
    if (affects(event, settings.saveFileName)) {
      const part = await templateTrouble();
      warn(
        part === undefined
          ? undefined
          : l10n.t('Unknown variable {0} in the file name setting. Using the default.', part),
        settings.saveFileName,
      );
    }
  });
}

function warnOfModels(): void {
  const [first] = modelTable(modelsSetting()).troubles;
  warn(first && modelTroubleText(first), settings.models);
}

function warnOfPrices(): void {
  const [first] = pricesTroubles();
  warn(first && priceTroubleText(first), settings.prices);
}

function warn(trouble: string | undefined, setting: string): void {
  if (trouble !== undefined) {
    const open = l10n.t('Open Settings');
    void messages.warning(trouble, open).then(chosen => {
      if (chosen === open) {
        void commands.executeCommand('workbench.action.openSettings', setting);
      }
    });
  }
}
