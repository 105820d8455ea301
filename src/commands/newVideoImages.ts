import { dirname } from 'node:path';
import {
  l10n,
  QuickPickItemKind,
  ThemeIcon,
  window,
  type QuickInputButton,
  type QuickPickItem,
} from 'vscode';
import { plain } from '../base/plainText.ts';
import { messages } from '../host/messages.ts';
import { pathText } from '../host/pathText.ts';
import { requestProblemText } from '../host/requestProblemText.ts';
import type { Next, Pages } from '../host/steps.ts';
import { areImagesReady, imageProblems, modesOf, mostImages } from '../making/draft.ts';
import { imageForm } from '../making/images.ts';
import { isError, type Mode } from '../making/request.ts';
import { friendlyModel } from '../views/shortText.ts';
import { imageName, isImageField } from './newVideoText.ts';
import { modelIn, numberOf, type NewVideoForm } from './newVideoForm.ts';

/** The images that are offered in the dialog: those that are known to be taken (api.md section 1). */
const IMAGE_ENDINGS = ['png', 'jpg', 'jpeg', 'webp'];

/** What the video is made from: text alone, or images too. */
export async function promptForMode(form: NewVideoForm, pages: Pages): Promise<Next> {
  const { draft } = form;
  const rows = modesOf(modelIn(form)).map(mode => modeRow(mode, form));
  const { taken } = await pages.pick({
    step: numberOf('images'),
    placeholder: l10n.t('Select what the video is generated from'),
    items: rows,
    active: rows.find(({ mode }) => mode === draft.mode),
  });
  const mode = taken?.mode ?? 'text';
  form.draft = { ...draft, mode, images: mode === draft.mode ? draft.images : [] };
  return mode === 'text' ? form.steps.format : next => promptForImages(form, next);
}

function modeRow(mode: Mode, form: NewVideoForm): QuickPickItem & { readonly mode: Mode } {
  switch (mode) {
    case 'text':
      return { mode, label: l10n.t('Text Only'), detail: textDetail(form) };
    case 'reference':
      return {
        mode,
        label: l10n.t('Reference Images…'),
        detail: mostDetail(mostImages(mode, modelIn(form))),
      };
    case 'frames':
      return {
        mode,
        label: l10n.t('First and Last Frame…'),
        detail: l10n.t('The video starts with the first image, and ends with the second, if any'),
      };
  }
}

function textDetail(form: NewVideoForm): string {
  const [doubt] = imageProblems({ ...form.draft, mode: 'text', images: [] }, modelIn(form));
  return doubt ? `$(warning) ${requestProblemText(doubt, friendlyModel(form.draft.model))}` : '';
}

function mostDetail(most: number): string {
  if (most === 1) {
    return l10n.t('One image of a subject or a style');
  }
  return Number.isFinite(most)
    ? l10n.t('Up to {0} images of subjects or styles', most)
    : l10n.t('Images of subjects or styles');
}

interface ImageRow extends QuickPickItem {
  readonly act?: 'continue' | 'choose' | 'link';
  /** Which image of the list, from 0. */
  readonly index?: number;
}

/** The images themselves: files, links, or both. Their problems are shown in the list. */
async function promptForImages(form: NewVideoForm, pages: Pages): Promise<Next> {
  const { draft } = form;
  const rows = imageRows(form);
  const { taken, button } = await pages.pick<ImageRow>({
    step: numberOf('images'),
    placeholder:
      draft.mode === 'frames' ? l10n.t('Add the first frame, then the last') : l10n.t('Add images'),
    items: rows,
    active: rows.find(({ act }) => act !== undefined),
  });
  if (button && taken?.index !== undefined) {
    form.draft = { ...draft, images: draft.images.filter((_, index) => index !== taken.index) };
    return 'again';
  }
  switch (taken?.act) {
    case 'continue':
      return form.steps.format;
    case 'choose':
      await chooseFiles(form, pages);
      return 'again';
    case 'link':
      return next => promptForLink(form, next);
    case undefined:
      return 'again';
  }
}

function imageRows(form: NewVideoForm): ImageRow[] {
  const { draft } = form;
  const problems = imageProblems(draft, modelIn(form)).filter(
    ({ kind }) => kind !== 'unproven' || draft.images.length > 0,
  );
  const isFull = draft.images.length >= mostImages(draft.mode, modelIn(form));
  const actions: ImageRow[] = [
    ...(areImagesReady(draft, modelIn(form))
      ? [{ label: l10n.t('Continue'), act: 'continue' as const }]
      : []),
    ...(isFull
      ? []
      : [
          { label: `$(folder-opened) ${chooseTitle(form)}`, act: 'choose' as const },
          { label: `$(link) ${l10n.t('Paste Link…')}`, act: 'link' as const },
        ]),
  ];
  return [
    ...actions,
    ...problems.map(problem => ({
      label: `$(${isError(problem) ? 'error' : 'warning'}) ${plain(requestProblemText(problem, friendlyModel(draft.model)))}`,
    })),
    ...(draft.images.length > 0 ? [{ label: l10n.t('Images'), kind: QuickPickItemKind.Separator }] : []),
    ...draft.images.map((image, index) => imageRow(image, index, draft.mode)),
  ];
}

function imageRow(image: string, index: number, mode: Mode): ImageRow {
  const remove: QuickInputButton = { iconPath: new ThemeIcon('close'), tooltip: l10n.t('Remove') };
  const place = mode !== 'frames' ? '' : index === 0 ? l10n.t('First frame') : l10n.t('Last frame');
  const where = imageForm(image) === 'file' ? pathText(dirname(image)) : image;
  return {
    label: `$(file-media) ${imageName(image)}`,
    description: plain(
      [place, where]
        .filter(part => part !== '')
        .join(' · ')
        .slice(0, 300),
    ),
    buttons: [remove],
    index,
  };
}

function chooseTitle({ draft }: NewVideoForm): string {
  if (draft.mode !== 'frames') {
    return l10n.t('Choose Files…');
  }
  return draft.images.length === 0 ? l10n.t('Choose First Frame…') : l10n.t('Choose Last Frame…');
}

async function chooseFiles(form: NewVideoForm, pages: Pages): Promise<void> {
  pages.close();
  const { draft } = form;
  const room = mostImages(draft.mode, modelIn(form)) - draft.images.length;
  const chosen = await window.showOpenDialog({
    title: l10n.t('Choose Images'),
    openLabel: l10n.t('Add'),
    canSelectMany: draft.mode === 'reference' && room > 1,
    filters: { [l10n.t('Images')]: IMAGE_ENDINGS },
  });
  const files = (chosen ?? []).filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  if (files.length < (chosen ?? []).length) {
    void messages.warning(l10n.t('Only files on this computer can be used. For others, paste a link.'));
  }
  form.draft = { ...draft, images: [...new Set([...draft.images, ...files])] };
}

async function promptForLink(form: NewVideoForm, pages: Pages): Promise<Next> {
  const { draft } = form;
  const { taken = '' } = await pages.type({
    step: numberOf('images'),
    prompt: l10n.t('Public link to an image'),
    placeholder: 'https://…',
    value: '',
    judge: text => objectionTo(text, form),
  });
  form.draft = { ...draft, images: [...new Set([...draft.images, taken.trim()])] };
  return 'back';
}

/** What is wrong with a link, by the same check that the request goes through. */
function objectionTo(text: string, form: NewVideoForm): string | undefined {
  if (imageForm(text) === 'empty' || imageForm(text) === 'file') {
    return l10n.t('Enter a link that starts with https://');
  }
  const alone = { ...form.draft, images: [text.trim()] };
  const problem = imageProblems(alone, modelIn(form)).find(one => isError(one) && isImageField(one.field));
  return problem && requestProblemText(problem, friendlyModel(form.draft.model));
}
