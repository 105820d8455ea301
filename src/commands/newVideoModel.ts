import { l10n, QuickPickItemKind, type QuickPickItem } from 'vscode';
import { CREATE_PATHS, FAMILIES, type Family, type Model } from '../gateway/models.ts';
import { valuesText } from '../host/requestProblemText.ts';
import type { Next, Pages } from '../host/steps.ts';
import { familyOf } from '../making/request.ts';
import { friendlyModel } from '../views/shortText.ts';
import { parameterText } from './newVideoText.ts';
import { numberOf, type NewVideoForm } from './newVideoForm.ts';

interface ModelRow extends QuickPickItem {
  readonly model?: Model;
  readonly isAnother?: boolean;
}

/** Which model makes the video: one of the table, or any other by its name. */
export async function promptForModel(form: NewVideoForm, pages: Pages): Promise<Next> {
  const { draft } = form;
  const known = form.models();
  const rows: ModelRow[] = FAMILIES.flatMap(family => {
    const ofFamily = known.filter(model => model.family === family);
    return ofFamily.length === 0
      ? []
      : [{ label: familyName(family), kind: QuickPickItemKind.Separator }, ...ofFamily.map(rowOf)];
  });
  const isOther = draft.model !== '' && !known.some(({ id }) => id === draft.model);
  const another: ModelRow = {
    label: l10n.t('Another Model…'),
    description: isOther ? draft.model : '',
    detail: l10n.t('Enter its name. Its parameters are sent unchecked.'),
    isAnother: true,
  };
  const { taken } = await pages.pick<ModelRow>({
    step: numberOf('model'),
    placeholder: l10n.t('Select a model'),
    items: [...rows, { label: '', kind: QuickPickItemKind.Separator }, another],
    active: isOther ? another : rows.find(row => row.model?.id === draft.model),
  });
  if (!taken?.model) {
    return next => promptForModelName(form, next);
  }
  form.draft = { ...draft, model: taken.model.id, family: null };
  return form.steps.images;
}

function rowOf(model: Model): ModelRow {
  return { label: friendlyModel(model.id), description: model.id, detail: whatItTakes(model), model };
}

/** What a model makes and takes, in one line. */
function whatItTakes({ parameters, reference, frames, seconds }: Model): string {
  const { resolution, aspect_ratio: ratio, duration } = parameters;
  const most = reference?.sure ?? reference?.most ?? 0;
  return [
    resolution && valuesText(resolution.values),
    ratio && valuesText(ratio.values),
    duration ? parameterText('duration', valuesText(duration.values)) : '',
    !duration && seconds !== null ? parameterText('duration', seconds) : '',
    most === 1 ? l10n.t('1 reference image') : most > 1 ? l10n.t('{0} reference images', most) : '',
    frames === 'none' ? '' : l10n.t('first and last frame'),
  ]
    .filter(part => part !== undefined && part !== '')
    .join(' · ');
}

async function promptForModelName(form: NewVideoForm, pages: Pages): Promise<Next> {
  const { taken = '' } = await pages.type({
    step: numberOf('model'),
    prompt: l10n.t("The model's name on the gateway"),
    placeholder: 'veo_4_fast',
    value: form.modelOf(form.draft.model) ? '' : form.draft.model,
    judge: text =>
      text.trim() === ''
        ? l10n.t('Enter a model name.')
        : /\s/.test(text.trim())
          ? l10n.t("Model names can't contain spaces.")
          : undefined,
  });
  const model = taken.trim();
  if (form.modelOf(model)) {
    form.draft = { ...form.draft, model, family: null };
    return form.steps.images;
  }
  const isSame = model === form.draft.model;
  form.draft = { ...form.draft, model, family: isSame ? form.draft.family : null };
  return next => promptForFamily(form, next);
}

async function promptForFamily(form: NewVideoForm, pages: Pages): Promise<Next> {
  const { draft } = form;
  const rows = FAMILIES.map(family => ({
    label: familyName(family),
    description: CREATE_PATHS[family],
    family,
  }));
  const likely = draft.family ?? familyOf(draft.model);
  const { taken } = await pages.pick({
    step: numberOf('model'),
    placeholder: l10n.t('Select the endpoint that generates its videos. Parameters are sent unchecked.'),
    items: rows,
    active: rows.find(({ family }) => family === likely),
  });
  form.draft = { ...draft, family: taken?.family ?? null };
  return form.steps.images;
}

function familyName(family: Family): string {
  return family === 'veo' ? 'Veo' : 'Grok';
}
