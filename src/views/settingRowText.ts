import { l10n } from 'vscode';
import type { ModelTrouble } from '../gateway/modelTable.ts';
import type { PriceTrouble } from '../making/priceTable.ts';

/** Why a person's own row of the model table is not used, in a sentence. */
export function modelTroubleText({ model, field }: ModelTrouble): string {
  return field === ''
    ? l10n.t('The models setting has an invalid row, which isn\'t used: "{0}".', model)
    : l10n.t('The row "{0}" of the models setting isn\'t used: {1}', model, modelReason(field));
}

function modelReason(field: string): string {
  switch (field) {
    case 'like':
      return l10n.t('"{0}" must be the name of a known model.', field);
    case 'family':
      return l10n.t('{0} must be {1}.', field, 'veo, grok');
    case 'frames':
      return l10n.t('{0} must be {1}.', field, 'none, optional, only');
    case 'billing':
      return l10n.t('{0} must be {1}.', field, 'second, call, unknown');
    case 'seconds':
      return l10n.t('"{0}" must be a number above 0.', field);
    default:
      return l10n.t('"{0}" is unknown or invalid.', field);
  }
}

/** Why one of a person's own prices is not used, in a sentence. */
export function priceTroubleText({ model, field }: PriceTrouble): string {
  const reason =
    field === 'call' || field === 'second'
      ? l10n.t('"{0}" must be a number, 0 or more.', field)
      : field === ''
        ? l10n.t('It must be {0} or {1} with a number.', 'call', 'second')
        : l10n.t('"{0}" is neither {1} nor {2}.', field, 'call', 'second');
  return l10n.t('The price of "{0}" isn\'t used: {1}', model, reason);
}
