import { commands as vscodeCommands, l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import { baseUrlSetting } from '../host/settings.ts';
import { settings } from '../ids.ts';
import { judgeAddress, type AddressProblem, type GatewayAddress } from '../tasks/gatewayAddress.ts';

/**
 * The gateway at an address, or that of the setting. If the address is invalid, shows why, with a button to the setting, and
 * returns `undefined`.
 */
export function chooseGateway(address?: string): GatewayAddress | undefined {
  const text = address ?? baseUrlSetting();
  const judged = judgeAddress(text);
  if (typeof judged !== 'string') {
    return judged;
  }
  void showProblem(wordsFor(judged, text));
  return undefined;
}

async function showProblem(message: string): Promise<void> {
  const open = l10n.t('Open Settings');
  if ((await messages.error(message, open)) === open) {
    await vscodeCommands.executeCommand('workbench.action.openSettings', settings.baseUrl);
  }
}

function wordsFor(problem: AddressProblem, text: string): string {
  switch (problem) {
    case 'notAnAddress':
      return l10n.t(
        'The gateway address "{0}" isn\'t a valid URL. Use the form https://example.com/path.',
        text,
      );
    case 'notHttps':
      return l10n.t('The gateway address "{0}" must start with https:// to keep your key private.', text);
    case 'hasPassword':
      return l10n.t("The gateway address can't contain a user name or password.");
  }
}
