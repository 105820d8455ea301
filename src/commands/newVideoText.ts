import { l10n } from 'vscode';
import { basename } from 'node:path';
import { plain } from '../base/plainText.ts';
import { FRAME_FIELDS, REFERENCE_FIELDS } from '../gateway/models.ts';
import { imageForm } from '../making/images.ts';
import type { Draft } from '../making/draft.ts';
import { firstWords } from '../views/shortText.ts';

/** How much of a value is shown in a row, characters. */
const VALUE_LENGTH = 60;

/** What a parameter is called. */
export function parameterName(name: string): string {
  switch (name) {
    case 'resolution':
      return l10n.t('Resolution');
    case 'aspect_ratio':
      return l10n.t('Aspect ratio');
    case 'duration':
      return l10n.t('Duration');
    default:
      return plain(firstWords(name, VALUE_LENGTH));
  }
}

/** A parameter's value, with its unit. */
export function parameterText(name: string, value: unknown): string {
  if (name === 'duration' && (typeof value === 'number' || typeof value === 'string')) {
    return l10n.t('{0} s', value);
  }
  return plain(firstWords(typeof value === 'string' ? value : JSON.stringify(value), VALUE_LENGTH));
}

/** What an image is called: a file by its name, a link by its last part, or its host. */
export function imageName(image: string): string {
  if (imageForm(image) === 'data') {
    return 'data:image/…';
  }
  const url = /^https?:/i.test(image) ? URL.parse(image) : null;
  const name = url ? (url.pathname.split('/').findLast(part => part !== '') ?? url.host) : basename(image);
  return plain(name);
}

/** What a video is made from, in a few words. */
export function imagesText({ mode, images }: Draft): string {
  const names = images.map(imageName);
  const [first, last] = names;
  if (mode === 'text' || first === undefined) {
    return l10n.t('none');
  }
  if (mode === 'frames') {
    return last === undefined
      ? l10n.t('First frame: {0}', first)
      : l10n.t('First frame: {0}, last frame: {1}', first, last);
  }
  return names.length === 1
    ? l10n.t('1 reference image: {0}', first)
    : l10n.t('{0} reference images: {1}', names.length, names.join(', '));
}

/** Whether a field of a request has images. */
export function isImageField(field: string): boolean {
  return [...FRAME_FIELDS, ...REFERENCE_FIELDS].some(name => name === field);
}
