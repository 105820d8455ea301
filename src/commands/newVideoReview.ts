import { l10n, QuickPickItemKind, ThemeIcon, type QuickInputButton, type QuickPickItem } from 'vscode';
import { plain } from '../base/plainText.ts';
import { requestProblemText } from '../host/requestProblemText.ts';
import type { Next, Pages } from '../host/steps.ts';
import { parametersOf, requestOf } from '../making/draft.ts';
import { checkRequest, isError, type Problem } from '../making/request.ts';
import { firstWords, friendlyModel } from '../views/shortText.ts';
import { imagesText, isImageField, parameterName, parameterText } from './newVideoText.ts';
import { modelIn, numberOf, type NewVideoForm, type StepName } from './newVideoForm.ts';

/** How much of the prompt stands in its row, characters. */
const PROMPT_LENGTH = 200;

/** What the video shall show. A prompt of several lines is shown in one, and stays as it is unless it is changed. */
export async function promptForPrompt(form: NewVideoForm, pages: Pages): Promise<Next> {
  const { draft } = form;
  const shown = draft.prompt.trim().replace(/\s+/g, ' ');
  const edit: QuickInputButton = {
    iconPath: new ThemeIcon('go-to-file'),
    tooltip: l10n.t('Open as Shot File'),
  };
  const { button } = await pages.type({
    step: numberOf('prompt'),
    prompt: l10n.t('Describe the video: action, camera, light, and audio'),
    placeholder: l10n.t('A ferry leaves the harbor at dawn. Slow push-in, gulls, a distant horn.'),
    value: shown,
    buttons: [edit],
    judge: text => (text.trim() === '' ? l10n.t('Enter a prompt.') : undefined),
    keep: text => {
      form.draft = { ...draft, prompt: text === shown ? draft.prompt : text };
    },
  });
  if (button) {
    form.outcome = 'open';
    return 'done';
  }
  return form.steps.review;
}

interface ReviewRow extends QuickPickItem {
  readonly outcome?: NewVideoForm['outcome'];
  /** The step that the row leads to. */
  readonly leadsTo?: StepName;
}

/** All that is sent, and what it is expected to cost. Each row leads back to its step. */
export async function promptForReview(form: NewVideoForm, pages: Pages): Promise<Next> {
  const rows = reviewRows(form);
  const { taken } = await pages.pick<ReviewRow>({
    step: numberOf('review'),
    placeholder: l10n.t('Generate, or select a row to change it'),
    items: rows,
  });
  if (taken?.outcome) {
    form.outcome = taken.outcome;
    return 'done';
  }
  return taken?.leadsTo ? form.steps[taken.leadsTo] : 'again';
}

function reviewRows(form: NewVideoForm): ReviewRow[] {
  const request = requestOf(form.draft, modelIn(form));
  const problems = checkRequest(request, modelIn(form), { allowsFiles: true });
  const [errors, doubts] = [problems.filter(isError), problems.filter(one => !isError(one))];
  const generate: ReviewRow = {
    label: `$(play) ${l10n.t('Generate')}`,
    description: l10n.t('Estimate: {0}', form.estimateOf(request)),
    outcome: 'generate',
  };
  return [
    ...(errors.length === 0 ? [generate] : errors.map(one => problemRow(one, form))),
    {
      label: `$(go-to-file) ${l10n.t('Open as Shot File')}`,
      description: l10n.t('Edit it, or generate several takes'),
      outcome: 'open',
    },
    ...doubts.map(one => problemRow(one, form)),
    { label: l10n.t('Request'), kind: QuickPickItemKind.Separator },
    ...requestRows(form),
  ];
}

function requestRows(form: NewVideoForm): ReviewRow[] {
  const { draft } = form;
  const model = modelIn(form);
  const parameters: (readonly [string, unknown])[] = model
    ? parametersOf(draft, model).map(({ name, value }) => [name, value])
    : Object.entries(draft.parameters);
  return [
    {
      label: l10n.t('Model'),
      description: model ? friendlyModel(draft.model) : l10n.t('{0} (not checked)', plain(draft.model)),
      leadsTo: 'model',
    },
    { label: l10n.t('Images'), description: imagesText(draft), leadsTo: 'images' },
    ...parameters.map(([name, value]): ReviewRow => ({
      label: parameterName(name),
      description: parameterText(name, value),
      leadsTo: 'format',
    })),
    {
      label: l10n.t('Prompt'),
      description: plain(firstWords(draft.prompt, PROMPT_LENGTH)),
      leadsTo: 'prompt',
    },
  ];
}

function problemRow(problem: Problem, { draft }: NewVideoForm): ReviewRow {
  const { field } = problem;
  const icon = isError(problem) ? 'error' : 'warning';
  const leadsTo = isImageField(field) ? 'images' : field === 'prompt' || field === 'model' ? field : 'format';
  return { label: `$(${icon}) ${plain(requestProblemText(problem, friendlyModel(draft.model)))}`, leadsTo };
}
