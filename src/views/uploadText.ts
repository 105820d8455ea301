import { l10n } from 'vscode';
import { basename } from 'node:path';
import { pathText } from '../host/pathText.ts';
import { bytesText } from './measures.ts';
import { LARGEST_IMAGE, type ImageTrouble } from '../making/imageFile.ts';
import type { UploadProblem } from '../making/uploaders.ts';

/** Why an image of this machine cannot be sent, in a sentence or two. */
export function imageTroubleText(trouble: ImageTrouble): string {
  const name = basename(trouble.path);
  switch (trouble.kind) {
    case 'gone':
      return l10n.t("The image {0} doesn't exist.", pathText(trouble.path));
    case 'empty':
      return l10n.t('The image {0} is empty.', name);
    case 'notImage':
      return l10n.t("{0} isn't a JPEG, PNG, or WebP image.", name);
    case 'tooLarge':
      return l10n.t(
        'The image {0} is too large: {1}. The gateway takes up to {2}.',
        name,
        bytesText(trouble.bytes),
        bytesText(LARGEST_IMAGE),
      );
    case 'unreadable':
      return l10n.t("Can't read the image {0}: {1}", name, trouble.text);
  }
}

/** Why an image did not get to the web, in a sentence or two. */
export function uploadProblemText(problem: UploadProblem, name: string): string {
  const reason = reasonText(problem);
  return l10n.t("Couldn't upload {0}. {1}", name, reason);
}

function reasonText(problem: UploadProblem): string {
  switch (problem.kind) {
    case 'notRunning':
      return l10n.t('Start PicGo and turn on its server.');
    case 'notPicGo':
      return l10n.t("Another program responded at PicGo's address: {0}.", problem.text);
    case 'failed':
      return problem.text === '' ? l10n.t('The uploader gave no reason.') : problem.text;
    case 'notFound':
      return l10n.t('The command {0} was not found.', problem.text);
    case 'notRunnable':
      return l10n.t("The command can't be run: {0}", problem.text);
    case 'exit':
      return problem.text === ''
        ? l10n.t('The command ended with exit code {0}.', problem.code)
        : l10n.t('The command ended with exit code {0}: {1}', problem.code, problem.text);
    case 'timeout':
      return l10n.t('The upload timed out.');
    case 'tooMuch':
      return l10n.t('The command printed too much text.');
    case 'noLink':
      return l10n.t('The uploader returned no link.');
    case 'notPublic':
      return l10n.t('The uploader returned no public web link: {0}', problem.link);
  }
}
