import { FRAME_FIELDS, type Model } from '../gateway/models.ts';
import type { Field } from '../making/settingsText.ts';
import { IMAGE_FIELDS } from './images.ts';
import type { ReadShots } from './issues.ts';
import { placeAt, shotAt } from './place.ts';
import { setShotField } from './shotField.ts';
import { lineEndOf, startOfLine, yamlText, type Edit } from './textEdits.ts';

/**
 * The change that puts images into the shot at an offset: into the field that the offset stands in, else into the one that the model takes and
 * that is free. `undefined` where no field takes them. `paths` are as they are written down.
 */
export function imageEdit(
  read: ReadShots,
  offset: number,
  paths: readonly string[],
  modelOf: (id: string) => Model | undefined,
): Edit | undefined {
  const { text, file } = read;
  const index = shotAt(file, offset);
  const shot = file.shots[index];
  const [first] = paths;
  if (!shot || first === undefined || isAboveShots(read, offset)) {
    return undefined;
  }
  const place = placeAt(text, offset, file);
  const isFrame = (name: string): boolean => FRAME_FIELDS.some(field => field === name);
  if (
    place?.kind === 'value' &&
    IMAGE_FIELDS.includes(place.field) &&
    (paths.length === 1 || !isFrame(place.field))
  ) {
    const written = paths.map(yamlText).join(', ');
    const isList = paths.length > 1 && !place.isItem;
    return { span: place.span, text: place.lead + (isList ? `[${written}]` : written) };
  }
  const given = shot.fields.get('model')?.value;
  const model = typeof given === 'string' ? modelOf(given.trim()) : undefined;
  const has = (name: string): boolean => isGiven(shot.fields.get(name));
  const list = ['image_urls', 'input_reference'].find(has);
  if (list !== undefined) {
    return appended(read, shot.fields.get(list), paths);
  }
  const takesFrames = model === undefined ? !has('image_urls') : model.frames !== 'none';
  if (takesFrames && paths.length === 1) {
    const frame = ['first_image', 'last_image'].find(name => !has(name));
    return frame === undefined ? undefined : setShotField(read, index, frame, yamlText(first));
  }
  return model?.reference === null || has('first_image')
    ? undefined
    : setShotField(read, index, 'image_urls', `[${paths.map(yamlText).join(', ')}]`);
}

/** Above the first of several shots, and outside of all settings, a text belongs to no shot. */
function isAboveShots({ file }: ReadShots, offset: number): boolean {
  const [first] = file.shots;
  const isInFront = file.frontMatter !== null && offset <= file.frontMatter.end;
  return first !== undefined && first.heading !== null && offset < first.headingSpan.start && !isInFront;
}

function isGiven(field: Field | undefined): boolean {
  const value = field?.value;
  return (
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  );
}

/** Adds to a list as it is written: between brackets, in lines of its own, or one image that becomes two. */
function appended({ text }: ReadShots, field: Field | undefined, paths: readonly string[]): Edit | undefined {
  if (!field || field.name.end === 0) {
    return undefined;
  }
  const { start } = field.span;
  const raw = text.slice(start, field.span.end).trimEnd();
  const end = start + raw.length;
  const written = paths.map(yamlText);
  if (raw.startsWith('[')) {
    const inside = raw.slice(1, raw.lastIndexOf(']')).trimEnd();
    const at = start + 1 + inside.length;
    return { span: { start: at, end: at }, text: `${inside.trim() === '' ? '' : ', '}${written.join(', ')}` };
  }
  if (raw.startsWith('-')) {
    const indent = text.slice(startOfLine(text, start), start);
    const lineEnd = lineEndOf(text);
    return { span: { start: end, end }, text: written.map(one => `${lineEnd}${indent}- ${one}`).join('') };
  }
  return { span: { start, end }, text: `[${[raw, ...written].join(', ')}]` };
}
