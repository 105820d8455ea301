import { env, l10n, UIKind, window } from 'vscode';
import { messages } from '../host/messages.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Kept } from '../host/kept.ts';
import type { Keys } from '../host/secrets.ts';
import type { KeyVerdict } from '../gateway/keyCheck.ts';
import { commands } from '../ids.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import { chooseGateway } from './gatewayChoice.ts';
import { readKey } from './keyInput.ts';
import { showVerdict, waitForVerdict } from './keyVerdict.ts';
import { registerCommand } from './register.ts';

/** What the commands depend on. */
export interface KeyDependencies {
  readonly keys: Keys;
  /**
   * The origins whose key was entered and not cleared, stored apart from the secrets: if one of them has no key, this browser
   * did not keep it.
   */
  readonly entered: Kept<readonly string[]>;
  /** Checks whether a gateway accepts a key. Rejects when aborted. */
  readonly check: (gateway: string, key: string, signal: AbortSignal) => Promise<KeyVerdict>;
}

export function registerKeyCommands({ keys, entered, check }: KeyDependencies): Disposable {
  const registered = new DisposableStore();
  /** Aborts the check in progress, whose key is no longer the current one. */
  let checking = new AbortController();
  registered.add({
    dispose: () => {
      checking.abort();
    },
  });
  registered.add(registerCommand(commands.setKey, (gateway?: unknown) => setKey(gateway)));
  registered.add(registerCommand(commands.clearKey, () => clearKey()));
  return registered;

  async function setKey(gateway: unknown): Promise<void> {
    const address = chooseGateway(typeof gateway === 'string' ? gateway : undefined);
    if (!address) {
      return;
    }
    const text = await window.showInputBox({
      title: l10n.t('Set API Key'),
      prompt: l10n.t(
        'API key for {0}. Stored securely by VS Code and sent only to this gateway.',
        address.origin,
      ),
      placeHolder: l10n.t('Paste your API key'),
      password: true,
      ignoreFocusOut: true,
      validateInput: typed => problemOf(typed),
    });
    const input = text === undefined ? undefined : readKey(text);
    if (input && 'key' in input) {
      const wasLost = await save(address.origin, input.key);
      await judge(address, input.key, wasLost);
    }
  }

  /** Stores a key. Resolves to whether this browser has lost the previous one. */
  async function save(origin: string, key: string): Promise<boolean> {
    const wasLost = env.uiKind === UIKind.Web && entered.get().includes(origin) && !(await has(origin));
    await keys.set(origin, key);
    await entered.set([...new Set([...entered.get(), origin])]);
    return wasLost;
  }

  /** Checks a key that was saved, and shows the result. */
  async function judge({ base }: GatewayAddress, key: string, wasLost: boolean): Promise<void> {
    checking.abort();
    const { signal } = (checking = new AbortController());
    const verdict = await waitForVerdict(stop => check(base, key, stop), signal);
    const note = wasLost
      ? l10n.t(
          "The previous one wasn't kept: in this browser, you may need to enter it again after each reload.",
        )
      : undefined;
    void showVerdict(verdict, base, note).then(async wantsAnother => {
      if (wantsAnother) {
        await setKey(base);
      }
    });
  }

  /** Whether a key is stored. If the keyring cannot be read, it counts as stored. */
  async function has(origin: string): Promise<boolean> {
    return keys.get(origin).then(
      key => key !== undefined,
      () => true,
    );
  }

  async function clearKey(): Promise<void> {
    const address = chooseGateway();
    if (!address) {
      return;
    }
    if ((await keys.get(address.origin)) === undefined) {
      void messages.info(l10n.t('No API key is set for {0}.', address.origin));
      return;
    }
    checking.abort();
    await keys.clear(address.origin);
    await entered.set(entered.get().filter(origin => origin !== address.origin));
    void messages.info(
      env.uiKind === UIKind.Web
        ? // In a browser, each window keeps the secrets that it loaded when it was opened.
          l10n.t('API key removed. Reload other windows so they stop using it.')
        : l10n.t('API key removed. Polling is paused until you set a new one.'),
    );
  }
}

function problemOf(text: string): string | undefined {
  const input = readKey(text);
  if ('key' in input) {
    return undefined;
  }
  switch (input.problem) {
    case 'empty':
      return l10n.t('Enter your API key.');
    case 'whiteSpace':
      return l10n.t("API keys can't contain spaces. Copy only the key.");
    case 'control':
      return l10n.t('API keys can contain only ASCII characters. Copy only the key.');
  }
}
