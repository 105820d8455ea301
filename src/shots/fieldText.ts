import { l10n } from 'vscode';
import { valuesText } from '../host/requestProblemText.ts';
import { PARAMETERS, referenceFieldsOf, type Model, type ParameterName } from '../gateway/models.ts';
import { MOST_TAKES } from '../making/shotFile.ts';

/** What a field of a shot file does, in a sentence or two; `undefined` for one that Dailies does not know. */
export function fieldText(name: string): string | undefined {
  switch (name) {
    case 'model':
      return l10n.t('The model that generates the video.');
    case 'resolution':
      return l10n.t('The resolution of the video.');
    case 'aspect_ratio':
      return l10n.t('The width of the video relative to its height.');
    case 'duration':
      return l10n.t('The length of the video, in seconds.');
    case 'first_image':
      return l10n.t('The image that the video starts from: a link, or a file relative to this one.');
    case 'last_image':
      return l10n.t('The image that the video ends with. Requires first_image.');
    case 'image_urls':
    case 'input_reference':
      return l10n.t('Reference images: links, or files relative to this one.');
    case 'takes':
      return l10n.t('How many videos to generate, from 1 to {0}. Each is charged.', MOST_TAKES);
    case 'vars':
      return l10n.t(
        'Variables and their values, used in the prompt and other fields as {0}. Each combination of values is a video of its own.',
        '{{name}}',
      );
    case 'family':
      return l10n.t('The endpoint for an unknown model: veo or grok.');
    default:
      return undefined;
  }
}

/** What a model allows for a field, and what is sent without it; `undefined` where there is nothing to say. */
export function allowedText(name: string, model: Model): string | undefined {
  const parameter = PARAMETERS.find(one => one === name);
  if (parameter) {
    return parameterText(parameter, model);
  }
  if (name === 'image_urls' || name === 'input_reference') {
    return model.reference !== null && referenceFieldsOf(model).includes(name)
      ? l10n.t('Up to {0} images.', model.reference.most)
      : notTaken();
  }
  if (name === 'first_image' || name === 'last_image') {
    return model.frames === 'none' ? notTaken() : undefined;
  }
  return undefined;
}

function parameterText(name: ParameterName, model: Model): string {
  const rule = model.parameters[name];
  if (!rule) {
    return name === 'duration' && model.seconds !== null
      ? l10n.t('Always {0} s for this model.', model.seconds)
      : notTaken();
  }
  const allowed = l10n.t('Allowed: {0}. Default: {1}.', valuesText(rule.values), rule.default);
  return rule.disputed ? `${allowed} ${l10n.t('May be accepted: {0}.', valuesText(rule.disputed))}` : allowed;
}

function notTaken(): string {
  return l10n.t('Not accepted by this model.');
}
