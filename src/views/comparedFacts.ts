import { l10n } from 'vscode';
import { plain } from '../base/plainText.ts';
import { promptOf, type Task } from '../tasks/task.ts';
import { durationText } from './measures.ts';
import { friendlyModel } from './shortText.ts';
import { parametersOf } from './taskText.ts';

/**
 * What a clip was generated with, one property per parameter, for comparisons. Properties that pages read from the file (duration,
 * resolution, frame rate) have the same names.
 */
export function comparedFactsOf(task: Task): [name: string, value: string][] {
  const facts: [string, string][] = [
    [l10n.t('Model'), friendlyModel(task.model ?? '')],
    [l10n.t('Prompt'), promptOf(task) ?? ''],
    ...parametersOf(task.request)
      .filter(([name]) => name !== 'prompt' && name !== 'model')
      .map(([name, value]): [string, string] => [parameterName(name), valueText(name, value)]),
  ];
  return facts.filter(([, value]) => value !== '');
}

/** The display name of a request parameter. An unknown one is derived from its name: `enhance_prompt` is "Enhance prompt". */
export function parameterName(name: string): string {
  switch (wordsOf(name)) {
    case 'duration':
    case 'duration seconds':
    case 'seconds':
      return l10n.t('Duration');
    case 'resolution':
      return l10n.t('Resolution');
    case 'fps':
    case 'frame rate':
      return l10n.t('Frame rate');
    case 'aspect ratio':
    case 'ratio':
      return l10n.t('Aspect ratio');
    case 'seed':
      return l10n.t('Seed');
    case 'negative prompt':
      return l10n.t('Negative prompt');
    case 'image urls':
    case 'images':
    case 'input reference':
    case 'reference images':
      return l10n.t('Reference images');
    case 'image':
    case 'image url':
      return l10n.t('Image');
    case 'first image':
    case 'first frame':
      return l10n.t('First frame');
    case 'last image':
    case 'last frame':
      return l10n.t('Last frame');
    case 'generate audio':
      return l10n.t('Audio');
    default: {
      const words = plain(wordsOf(name));
      return words.charAt(0).toUpperCase() + words.slice(1);
    }
  }
}

/** The words of a parameter's name: `aspect_ratio` and `aspectRatio` give the same. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The whole value of a parameter, so that different values read differently, with its unit. Links lose their query and fragment. */
function valueText(name: string, value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(one => valueText(name, one)).join('\n');
  }
  const number = typeof value === 'boolean' || value === '' ? NaN : Number(value ?? NaN);
  if (Number.isFinite(number)) {
    switch (parameterName(name)) {
      case l10n.t('Duration'):
        return durationText(number);
      case l10n.t('Frame rate'):
        return l10n.t('{0} fps', number);
    }
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  // An inline image is identified by its beginning and end.
  return /^data:/i.test(text)
    ? text.replace(/^(.{40}).*(.{20})$/s, '$1…$2')
    : text.replace(/^(https?:[^?#]*)[?#].*$/is, '$1');
}
