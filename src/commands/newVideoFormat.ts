import { l10n, QuickPickItemKind, ThemeIcon, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { Next, Pages } from '../host/steps.ts';
import type { ParameterName } from '../gateway/models.ts';
import { parametersOf } from '../making/draft.ts';
import { readSettings } from '../making/settingsText.ts';
import { parameterName, parameterText } from './newVideoText.ts';
import { modelIn, numberOf, type NewVideoForm } from './newVideoForm.ts';

interface FormatRow extends QuickPickItem {
  readonly act?: 'continue' | 'add';
  /** The parameter that the row is about. */
  readonly name?: string;
}

/** The parameters that the model takes: Enter takes them as they are, each row leads to its values. */
export async function promptForFormat(form: NewVideoForm, pages: Pages): Promise<Next> {
  const model = modelIn(form);
  if (model && Object.keys(model.parameters).length === 0) {
    return form.steps.prompt;
  }
  const rows = model ? knownRows(form) : otherRows(form);
  const summary = rows.map(({ description }) => description?.split(' · ')[0]).join(' · ');
  const { taken, button } = await pages.pick<FormatRow>({
    step: numberOf('format'),
    placeholder: l10n.t('Press Enter to continue, or select a parameter to change it'),
    items: [
      { label: l10n.t('Continue'), description: summary, act: 'continue' },
      { label: l10n.t('Parameters'), kind: QuickPickItemKind.Separator },
      ...rows,
      ...(model ? [] : [{ label: `$(add) ${l10n.t('Add Parameter…')}`, act: 'add' as const }]),
    ],
  });
  if (button && taken?.name !== undefined) {
    const { [taken.name]: _, ...parameters } = form.draft.parameters;
    form.draft = { ...form.draft, parameters };
    return 'again';
  }
  if (taken?.act === 'continue') {
    return form.steps.prompt;
  }
  const name = taken?.name;
  return model && name !== undefined
    ? next => promptForValue(form, name as ParameterName, next)
    : next => promptForParameter(form, name, next);
}

function knownRows(form: NewVideoForm): FormatRow[] {
  const model = modelIn(form);
  return (model ? parametersOf(form.draft, model) : []).map(({ name, rule, value }) => ({
    label: parameterName(name),
    description: withDefault(parameterText(name, value), value === rule.default),
    name,
  }));
}

/** Those of a model that the table does not know, as the person has given them. */
function otherRows({ draft }: NewVideoForm): FormatRow[] {
  const remove: QuickInputButton = { iconPath: new ThemeIcon('close'), tooltip: l10n.t('Remove') };
  return Object.entries(draft.parameters).map(([name, value]) => ({
    label: parameterName(name),
    description: parameterText(name, value),
    buttons: [remove],
    name,
  }));
}

async function promptForValue(form: NewVideoForm, name: ParameterName, pages: Pages): Promise<Next> {
  const { draft } = form;
  const model = modelIn(form);
  const parameter = model && parametersOf(draft, model).find(one => one.name === name);
  if (!parameter) {
    return 'back';
  }
  const { rule, value } = parameter;
  const disputed = rule.disputed ?? [];
  const rows = [...rule.values, ...disputed].map(one => ({
    label: parameterText(name, one),
    description: disputed.includes(one)
      ? l10n.t('may not be accepted')
      : one === rule.default
        ? l10n.t('default')
        : '',
    value: one,
  }));
  const { taken } = await pages.pick({
    step: numberOf('format'),
    placeholder: parameterName(name),
    items: rows,
    active: rows.find(row => row.value === value),
  });
  form.draft = { ...draft, parameters: { ...draft.parameters, [name]: taken?.value } };
  return 'back';
}

/** A parameter of a model that the table does not know, as it is written in a shot file. */
async function promptForParameter(form: NewVideoForm, name: string | undefined, pages: Pages): Promise<Next> {
  const { draft } = form;
  const { taken = '' } = await pages.type({
    step: numberOf('format'),
    prompt: l10n.t('A parameter and its value'),
    placeholder: 'aspect_ratio: 16:9',
    value: name === undefined ? '' : `${name}: ${JSON.stringify(draft.parameters[name])}`,
    judge: text => (parameterIn(text) ? undefined : l10n.t('Enter a name and a value, such as seed: 7')),
  });
  const [added, value] = parameterIn(taken) ?? ['', null];
  const others = Object.entries(draft.parameters).filter(([one]) => one !== name && one !== added);
  form.draft = { ...draft, parameters: Object.fromEntries([...others, [added, value]]) };
  return 'back';
}

/** Fields that have steps of their own. */
const NO_PARAMETERS = ['model', 'prompt', 'takes', 'vars', 'family'];

function parameterIn(text: string): readonly [string, unknown] | undefined {
  const { fields, problems } = readSettings(text, { start: 0, end: text.length });
  const [first, ...others] = fields;
  const isOne = first !== undefined && others.length === 0 && problems.length === 0;
  return isOne && first[1].value !== null && !NO_PARAMETERS.includes(first[0])
    ? [first[0], first[1].value]
    : undefined;
}

function withDefault(text: string, isDefault: boolean): string {
  return isDefault ? `${text} · ${l10n.t('default')}` : text;
}
