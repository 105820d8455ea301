import { FRAME_FIELDS, REFERENCE_FIELDS } from '../gateway/models.ts';
import { imageForm } from '../making/images.ts';
import type { Span } from '../making/shotText.ts';
import type { ReadShots } from './issues.ts';

/** An image that a shot file names, and where. */
export interface NamedImage {
  /** As it is written: a path or a link. */
  readonly text: string;
  readonly span: Span;
  readonly isFile: boolean;
  readonly shots: readonly number[];
}

/** The fields of a request that name images. */
export const IMAGE_FIELDS: readonly string[] = [...FRAME_FIELDS, ...REFERENCE_FIELDS];

/** The images that the fields of a file name, each place once. Those with a variable in them are left out. */
export function imagesIn({ file }: ReadShots): NamedImage[] {
  const found = new Map<number, NamedImage>();
  for (const [index, { fields }] of file.shots.entries()) {
    for (const name of IMAGE_FIELDS) {
      const field = fields.get(name);
      const values = field === undefined ? [] : [field.value].flat();
      for (const [item, value] of values.entries()) {
        const span = (Array.isArray(field?.value) ? field.items[item] : undefined) ?? field?.span;
        if (typeof value === 'string' && span && span.end > span.start && !value.includes('{{')) {
          const known = found.get(span.start);
          const shots = [...(known?.shots ?? []), index];
          found.set(span.start, { text: value.trim(), span, isFile: imageForm(value) === 'file', shots });
        }
      }
    }
  }
  return [...found.values()];
}
