import { commands as vscodeCommands, l10n, window, type QuickPickItem } from 'vscode';
import { messages } from '../host/messages.ts';
import { limitText, spentText } from '../host/priceText.ts';
import { requestProblemText } from '../host/requestProblemText.ts';
import { FAMILIES, CREATE_PATHS, type Family } from '../gateway/models.ts';
import { settings } from '../ids.ts';
import type { Refusal, Wish } from '../making/making.ts';
import { isError } from '../making/request.ts';
import { isOfFile } from '../store/sqliteErrors.ts';
import { friendlyModel } from '../views/shortText.ts';

/** Shows why nothing was sent, with what can be done about it. */
export function showRefusal(refusal: Refusal, wishes: readonly Wish[]): void {
  const setting = settingOf(refusal);
  const open = l10n.t('Open Settings');
  const actions = setting === undefined ? [] : [open];
  void messages.error(textOf(refusal, wishes), ...actions).then(chosen => {
    if (chosen === open && setting !== undefined) {
      void vscodeCommands.executeCommand('workbench.action.openSettings', setting);
    }
  });
}

/** What a verb of making gives; a list that cannot be written just now is one that nothing can be written in. */
export function written<T>(act: () => T): T | (Refusal & { readonly kind: 'noLedger' }) {
  try {
    return act();
  } catch (error) {
    if (isOfFile(error)) {
      return { kind: 'noLedger' };
    }
    throw error;
  }
}

/** The family of a model that the table does not know, as a person chooses it, in all wishes for that model; `undefined`: they left. */
export async function withFamily(
  wishes: readonly Wish[],
  index: number,
): Promise<readonly Wish[] | undefined> {
  const model = wishes[index]?.request.model;
  const items = FAMILIES.map((family): QuickPickItem & { family: Family } => ({
    family,
    label: family === 'veo' ? 'Veo' : 'Grok',
    description: CREATE_PATHS[family],
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Dailies doesn\'t know the model "{0}"', String(model)),
    placeHolder: l10n.t('Select the endpoint that generates its videos. Parameters are sent unchecked.'),
    ignoreFocusOut: true,
  });
  return (
    chosen && wishes.map(wish => (wish.request.model === model ? { ...wish, family: chosen.family } : wish))
  );
}

function textOf(refusal: Refusal, wishes: readonly Wish[]): string {
  switch (refusal.kind) {
    case 'problems':
      return problemsText(refusal, wishes);
    case 'overLimit':
      return l10n.t(
        'Nothing was sent: your limit for today is {0}. Today: {1}.',
        limitText(refusal.limit),
        spentText(refusal.today),
      );
    case 'unpriced':
      return l10n.t(
        'Nothing was sent: the price is unknown, and you have limited the amount per day. Add a price, or change the limit.',
      );
    case 'noLedger':
      return l10n.t("Nothing was sent: the task list can't be written, so the video couldn't be tracked.");
    case 'noFamily':
    case 'repeated':
      return l10n.t('Nothing was sent.');
  }
}

function problemsText({ index, problems }: Refusal & { kind: 'problems' }, wishes: readonly Wish[]): string {
  const errors = problems.filter(isError);
  const [first] = errors;
  const model = wishes[index]?.request.model;
  const name = typeof model === 'string' && model.trim() !== '' ? friendlyModel(model.trim()) : undefined;
  const what = first ? requestProblemText(first, name) : '';
  const more = errors.length - 1;
  const text = more > 0 ? l10n.t('{0} (and {1} more)', what, more) : what;
  return wishes.length > 1
    ? l10n.t('Nothing was sent. Video {0} of {1}: {2}', index + 1, wishes.length, text)
    : l10n.t('Nothing was sent. {0}', text);
}

/** Where a person can change what stands in the way. */
function settingOf({ kind }: Refusal): string | undefined {
  if (kind === 'overLimit') {
    return settings.dayLimit;
  }
  return kind === 'unpriced' ? settings.prices : undefined;
}
