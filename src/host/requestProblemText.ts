import { inspect } from 'node:util';
import { l10n } from 'vscode';
import type { Problem } from '../making/request.ts';

/**
 * What is wrong with a request, as one sentence. `modelName`: what people call its model; without one, it is just "this model".
 */
export function requestProblemText(problem: Problem, modelName = l10n.t('This model')): string {
  const field = nameOf(problem);
  switch (problem.kind) {
    case 'missing':
      return missingText(problem);
    case 'notText':
      return l10n.t('{0} must be text.', field);
    case 'notList':
      return l10n.t('{0} must be a list of images.', field);
    case 'notTaken':
      return l10n.t("{0} doesn't accept {1}.", modelName, field);
    case 'notSendable':
      return l10n.t("{0} has a value that can't be sent as JSON.", field);
    case 'notAllowed':
      return l10n.t("{0} can't be {1}. Allowed: {2}.", field, given(problem), valuesText(problem.allowed));
    case 'disputed':
      return l10n.t(
        'The gateway may not accept {1} for {0}. Always accepted: {2}.',
        field,
        given(problem),
        valuesText(problem.allowed),
      );
    case 'tooMany':
      return problem.most === 1
        ? l10n.t('{0} can have only one image.', field)
        : l10n.t('{0} can have at most {1} images.', field, problem.most);
    case 'unproven':
      return unprovenText(field, problem.most, modelName);
    case 'excludes':
      return l10n.t("{0} can't be combined with {1}.", field, problem.other);
    case 'needs':
      return l10n.t('{0} requires {1}.', field, problem.other);
    case 'localFile':
      return l10n.t('{0} is a local file, which has to be uploaded first: {1}', field, given(problem));
    case 'privateLink':
      return l10n.t("{0}: the gateway can't reach this address: {1}", field, given(problem));
    case 'password':
      return l10n.t("{0} can't be a link with a user name or password.", field);
    case 'notLink':
      return l10n.t('{0} must be an image file or an https link: {1}', field, given(problem));
    case 'noData':
      return l10n.t("{0} doesn't accept images as data. Use a link for {1}.", modelName, field);
    case 'tooLarge':
      return l10n.t('{0} is too large to be sent as data. Use a link.', field);
  }
}

/** Values of a field, as short as possible: `6–30` for every whole number between. */
export function valuesText(values: readonly (string | number)[]): string {
  const [first] = values;
  const isRange =
    values.length > 3 &&
    typeof first === 'number' &&
    values.every((value, index) => typeof value === 'number' && value === first + index);
  return isRange ? `${first}–${String(values.at(-1))}` : values.join(', ');
}

function nameOf({ field, index }: Problem): string {
  return index === undefined ? field : `${field}[${index + 1}]`;
}

function missingText(problem: Problem): string {
  if (problem.field === 'model') {
    return l10n.t('Choose a model.');
  }
  return problem.field === 'prompt' ? l10n.t('Enter a prompt.') : l10n.t('{0} is empty.', nameOf(problem));
}

function unprovenText(field: string, most: number, modelName: string): string {
  if (most === 0) {
    return l10n.t('{0} may not work without {1}.', modelName, field);
  }
  return most === 1
    ? l10n.t('{0} may not accept more than one image in {1}.', modelName, field)
    : l10n.t('{0} may not accept more than {1} images in {2}.', modelName, most, field);
}

/** The longest value that a message repeats, characters. */
const LONGEST = 60;

function given({ value }: Problem): string {
  const text = typeof value === 'string' ? value.trim() : inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
