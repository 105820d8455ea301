import { l10n } from 'vscode';
import { shownStateOf, type ShownState } from '../tasks/shownState.ts';
import type { SaveProblem, Task } from '../tasks/task.ts';
import { endingIn, isImageOrAudio, mediumOfFile } from '../tasks/clipKind.ts';
import { mediumOf } from '../tasks/family.ts';
import { readPart } from '../tasks/part.ts';
import { bytesNumber, bytesText, remainingText } from './measures.ts';
import { plain } from '../base/plainText.ts';
import { LOOKS } from './stateLooks.ts';

/** The state in one or two words; for an unrecognised one, the gateway's own word. */
export function stateOf(task: Task): string {
  const state = shownStateOf(task);
  if (state === 'unrecognised' && task.statusWord !== null) {
    return plain(task.statusWord);
  }
  return otherThanVideo(state, task) ?? LOOKS[state].word();
}

/** The words for images and audio, where those for videos do not fit. */
function otherThanVideo(state: ShownState, { model, filePath }: Task): string | undefined {
  const medium = state === 'ready' ? mediumOfFile(filePath ?? '') : mediumOf(model);
  if (medium === 'video') {
    return undefined;
  }
  const isImage = medium === 'image';
  if (state === 'ready') {
    return isImage ? l10n.t('Image ready') : l10n.t('Audio ready');
  }
  if (state === 'noVideo') {
    return isImage ? l10n.t('Completed without an image') : l10n.t('Completed without audio');
  }
  if (state === 'linkToCome') {
    return l10n.t('Completed, waiting for link');
  }
  return state === 'rendering' ? l10n.t('Generating') : undefined;
}

/** Why the last check of a task failed, as a sentence; '' if it did not. */
export function problemText(task: Pick<Task, 'gateway' | 'problem' | 'problemText'>): string {
  const detail = plain(task.problemText ?? '');
  switch (task.problem) {
    case null:
      return '';
    case 'noKey':
      return l10n.t('No API key is set for {0}.', task.gateway);
    case 'keyUnreadable':
      return l10n.t("Can't read the API key from the system's keyring: {0}", detail);
    case 'keyRejected':
      return l10n.t('The gateway rejected the API key: {0}', detail);
    case 'outOfCredit':
      return l10n.t('The gateway account is out of credit: {0}', detail);
    case 'rateLimited':
      return l10n.t('The gateway is rate-limiting requests. Dailies will try again later.');
    case 'network':
      return l10n.t("Can't reach the gateway: {0}", detail);
    case 'timeout':
      return l10n.t('The gateway timed out.');
    case 'notFound':
      return l10n.t("The gateway doesn't recognize this ID: {0}", detail);
    case 'wrongAddress':
      return l10n.t('No gateway found at {0}.', task.gateway);
    case 'notJson':
      return l10n.t('The gateway returned a web page instead of JSON: {0}', detail);
    case 'server':
    case 'redirected':
    case 'refused':
    case 'unexpected':
      return l10n.t('The gateway returned an error: {0}', detail);
  }
}

/** Why a clip could not be saved, as a sentence; '' without a problem. `foreign`: untrusted detail. */
export function saveProblemText(problem: SaveProblem | null, foreign: string): string {
  const detail = plain(foreign);
  switch (problem) {
    case null:
      return '';
    case 'unreachable':
      return l10n.t('Download failed: {0}', detail);
    case 'status':
      return l10n.t('The media server returned HTTP {0}.', detail);
    case 'page':
      return l10n.t('The media server returned a web page instead of a video: {0}', detail);
    case 'incomplete':
      return l10n.t('The download was interrupted ({0} bytes).', detail);
    case 'stalled':
      return l10n.t('The download stalled for one minute.');
    case 'tooLarge':
      return l10n.t('The clip is larger than {0}.', bytesText(Number(detail)));
    case 'redirects':
      return l10n.t('The video link was redirected more than {0} times.', detail);
    case 'refusedLink':
      return l10n.t('Blocked video link: {0}', detail);
    case 'playlist':
      return l10n.t('The link leads to a streaming playlist (HLS or DASH), not to a video file.');
    case 'notVideo':
      return detail === ''
        ? l10n.t('The media server returned nothing.')
        : l10n.t('The media server returned text instead of a video: {0}', detail);
    case 'tooShort':
      return l10n.t('The clip is shorter than the reported {0} s.', detail);
    case 'diskFull':
      return l10n.t('The disk is full.');
    case 'held':
      return l10n.t('Another program may be using the file: {0}', detail);
    case 'outOfReach':
      return l10n.t('The clip is downloaded, but no open window is connected to its folder: {0}', detail);
    case 'folder':
      return l10n.t("Can't write to the folder: {0}", detail);
  }
}

/** Why the saved file could not be checked, as a sentence; '' if it was checked, or not yet. */
export function fileCheckText({ fileCheck, fileCheckText: why, filePath }: Task): string {
  switch (fileCheck === 'notChecked' && !isImageOrAudio(filePath ?? '') ? why : null) {
    case null:
      return '';
    case 'cutOff':
      return l10n.t('Not checked: the video may be incomplete. Every download ended early.');
    case 'unreadable':
      return l10n.t("Not checked: the file's contents can't be read. It may still play.");
    case 'noPicture':
      return l10n.t('Not checked: no video track was found in the file.');
    case 'otherKind':
      return l10n.t("Not checked: Dailies doesn't read {0} files.", endingIn(filePath ?? '').toUpperCase());
    case 'tooMuch':
      return l10n.t('Not checked: reading the file took too much time or memory.');
    case 'broke':
      return l10n.t('Not checked: the check was interrupted.');
    case 'noAccess':
      return l10n.t('Not checked: another program prevented the file from being read.');
  }
}

/** Progress is shown in steps of so many percent: each step redraws a row, which closes its tooltip. */
const STEP = 5;

/** The progress of a download: `20% · ~3 min left`; with an unknown size, the bytes so far; '' before the first byte. */
export function progressText(task: Task): string {
  const { size = 0, total = null, rate = 0 } = readPart(task.part) ?? {};
  if (size === 0 || total === null || total === 0) {
    return progressInBytes(task);
  }
  const share = l10n.t('{0}%', Math.floor(((size / total) * 100) / STEP) * STEP);
  const left = rate === 0 ? '' : remainingText(((total - size) / rate) * 1_000);
  return [share, left].filter(part => part !== '').join(' · ');
}

/** The same in bytes: `3.2 / 24 MB · 1.5 MB/s`. */
export function progressInBytes(task: Task): string {
  const { size = 0, total = null, rate = 0 } = readPart(task.part) ?? {};
  if (size === 0) {
    return '';
  }
  const far = total === null ? bytesText(size) : `${bytesNumber(size, total)} / ${bytesText(total)}`;
  return rate === 0 ? far : `${far} · ${l10n.t('{0}/s', bytesText(rate))}`;
}
