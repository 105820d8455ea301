import { commands as vscodeCommands, l10n } from 'vscode';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';

/**
 * Whether a gateway has a key, which a person is offered to set first; `message` says what for. Where that cannot be known, a
 * message says so, and it has none.
 */
export async function ensureKey(
  { base, origin }: GatewayAddress,
  hasKey: (origin: string) => Promise<boolean>,
  message = l10n.t('Set your API key for {0} to generate videos.', new URL(base).host),
): Promise<boolean> {
  try {
    if (await hasKey(origin)) {
      return true;
    }
    const set = l10n.t('Set API Key…');
    if ((await messages.info(message, { modal: true }, set)) !== set) {
      return false;
    }
    await vscodeCommands.executeCommand(commands.setKey, base);
    return await hasKey(origin);
  } catch {
    void messages.error(
      l10n.t("Can't read your API key, so nothing was sent. If the system's keyring is locked, unlock it."),
    );
    return false;
  }
}
