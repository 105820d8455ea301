import { REFERENCE_FIELDS, type Model } from '../gateway/models.ts';
import type { ReadShots } from './issues.ts';
import { sectionsOf } from './sections.ts';
import { setShotField } from './shotField.ts';
import { lineEndOf, yamlText, type Edit } from './textEdits.ts';

/** The field of the frame that a shot starts from. */
export const FIRST_IMAGE = 'first_image';

/** Why a shot cannot start from a frame as it is written: its model takes no images, or only reference images, or these are in it already. */
export type FrameObjection =
  { readonly why: 'noImages' | 'noFrames'; readonly model: string } | { readonly why: 'references' };

/** `undefined` where nothing is in the way, or nobody knows the model. */
export function objectionToFrame(
  { file }: Pick<ReadShots, 'file'>,
  index: number,
  modelOf: (id: string) => Model | undefined,
): FrameObjection | undefined {
  const fields = file.shots[index]?.fields;
  const given = fields?.get('model')?.value;
  const model = typeof given === 'string' ? modelOf(given.trim()) : undefined;
  if (model?.frames === 'none') {
    return { why: model.reference === null ? 'noImages' : 'noFrames', model: model.id };
  }
  const hasReferences = REFERENCE_FIELDS.some(name => {
    const value = fields?.get(name)?.value;
    return (
      value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
    );
  });
  return hasReferences ? { why: 'references' } : undefined;
}

/** The image that a shot starts from so far, as it is written down; `undefined` where there is none. */
export function firstImageOf({ file }: Pick<ReadShots, 'file'>, index: number): string | undefined {
  const value = file.shots[index]?.fields.get(FIRST_IMAGE)?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The change that has a shot start from an image. `path` is as it is written down. */
export function firstImageEdit(read: ReadShots, index: number, path: string): Edit {
  return setShotField(read, index, FIRST_IMAGE, yamlText(path));
}

/** The change that gives a shot an image as its only reference. */
export function referenceEdit(read: ReadShots, index: number, path: string): Edit {
  return setShotField(read, index, 'image_urls', `[${yamlText(path)}]`);
}

/** The change that adds a shot to the end of a file, without a prompt, which starts from an image. */
export function newShotEdit({ text, file }: ReadShots, name: string, path: string): Edit {
  const end = lineEndOf(text);
  const taken = new Set(sectionsOf(file));
  let heading = name;
  for (let number = 2; taken.has(heading); number++) {
    heading = `${name} ${number}`;
  }
  const lines = ['', '', `## ${heading}`, '', '```yaml', `${FIRST_IMAGE}: ${yamlText(path)}`, '```', '', ''];
  return { span: { start: text.trimEnd().length, end: text.length }, text: lines.join(end) };
}
