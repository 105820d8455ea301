import type { ReadShots } from './issues.ts';
import { sectionsOf } from './sections.ts';
import { setShotField } from './shotField.ts';
import { lineEndOf, yamlText, type Edit } from './textEdits.ts';

/** The field of the frame that a shot starts from. */
export const FIRST_IMAGE = 'first_image';

/** The change that has a shot start from an image. `path` is as it is written down. */
export function firstImageEdit(read: ReadShots, index: number, path: string): Edit {
  return setShotField(read, index, FIRST_IMAGE, yamlText(path));
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
