import { commands as vscodeCommands, l10n, window, type QuickPickItem } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messages } from '../host/messages.ts';
import { commands, type CommandId } from '../ids.ts';
import type { TaskStore } from '../store/store.ts';
import type { Intent } from '../tasks/intent.ts';
import { intentActionTitle } from '../views/intentActions.ts';
import { intentName, intentReason, intentState } from '../views/intentText.ts';
import { friendlyModel } from '../views/shortText.ts';
import { registerCommand } from './register.ts';

/**
 * Registers the verbs on videos that are still to be made, or may have been. Called with some (rows of the list, or IDs) they take those;
 * called without, they show a quick pick.
 */
export class IntentCommands implements Disposable {
  private readonly store: TaskStore;
  private readonly registered = new DisposableStore();

  constructor(store: TaskStore) {
    this.store = store;
  }

  /**
   * A verb on any number of intents that `suit`. `title` is that of the quick pick; `isRow`: whether a row of the list was pressed, where
   * the focus stays.
   */
  on(
    id: CommandId,
    title: string,
    suits: (intent: Intent) => boolean,
    run: (intents: readonly [Intent, ...Intent[]], isRow: boolean) => unknown,
  ): void {
    this.registered.add(
      registerCommand(id, async (pointed, selected) => {
        const given = idsGiven(pointed, selected)?.map(one => this.store.intents.get(one));
        const intents = given?.filter(one => one !== undefined) ?? (await this.pick(title, suits));
        const [first, ...others] = intents.filter(suits);
        if (first) {
          await run([first, ...others], typeof pointed === 'object' && pointed !== null);
        } else if (given) {
          await showTooLate(intents[0]);
        }
      }),
    );
  }

  dispose(): void {
    this.registered.dispose();
  }

  private async pick(title: string, suits: (intent: Intent) => boolean): Promise<Intent[]> {
    const items = this.store.intents
      .open()
      .filter(suits)
      .map((intent): QuickPickItem & { intent: Intent } => ({
        intent,
        label: intentName(intent),
        description: friendlyModel(intent.model),
        detail: [intentState(intent), intentReason(intent)].filter(part => part !== '').join(' · '),
      }));
    if (items.length === 0) {
      void messages.info(l10n.t('No video supports this action.'));
      return [];
    }
    const chosen = await window.showQuickPick(items, { title, placeHolder: l10n.t('Select a video') });
    return chosen ? [chosen.intent] : [];
  }
}

/** The IDs of the intents that a command was called with; `undefined` where it was called with none. */
export function idsGiven(pointed: unknown, selected: unknown): string[] | undefined {
  const given = Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [pointed];
  const ids = given.map(idOf).filter(id => id !== undefined);
  return ids.length === 0 ? undefined : [...new Set(ids)];
}

/** An intent's ID, or what stands for it in the list. */
function idOf(given: unknown): string | undefined {
  if (typeof given === 'string') {
    return given;
  }
  if (typeof given !== 'object' || given === null) {
    return undefined;
  }
  if ('intent' in given) {
    return idOf(given.intent);
  }
  return 'id' in given && typeof given.id === 'string' ? given.id : undefined;
}

/** Says why a verb does not fit; of what may have been made, with what does. */
async function showTooLate(intent: Intent | undefined): Promise<void> {
  if (intent?.state !== 'unknown' || intent.resolution !== null) {
    void messages.info(tooLateText(intent));
    return;
  }
  const actions = [commands.foundVideo, commands.notMade] as const;
  const text = l10n.t('"{0}" may have been made and charged, so decide about it first.', intentName(intent));
  const chosen = await messages.info(text, ...actions.map(intentActionTitle));
  const action = actions.find(one => intentActionTitle(one) === chosen);
  if (action) {
    await vscodeCommands.executeCommand(action, intent.id);
  }
}

/** Why a verb comes too late: another window, or the maker, was faster. */
function tooLateText(intent: Intent | undefined): string {
  if (!intent) {
    return l10n.t('This video is no longer in the list.');
  }
  if (intent.state === 'sending') {
    return l10n.t('Too late: the request is being sent right now.');
  }
  return intent.state === 'accepted'
    ? l10n.t('Too late: the gateway has accepted the request.')
    : l10n.t('This is no longer possible: {0}.', intentState(intent));
}
