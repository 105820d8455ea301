import type { ReadShots } from './issues.ts';
import { lineEndOf, setField, type Edit } from './textEdits.ts';

/** Sets a field of one shot: in its own settings, or in those of the file where it is the only one. */
export function setShotField(
  read: Pick<ReadShots, 'text' | 'file'>,
  index: number,
  name: string,
  value: string,
): Edit {
  const { text, file } = read;
  const shot = file.shots[index];
  const field = shot?.fields.get(name);
  const own = shot?.settings;
  // An empty field is filled where it stands.
  const isAtTop = file.frontMatter !== null && (field?.name.end ?? 0) <= file.frontMatter.end;
  if (field && field.name.end > 0 && (!isAtTop || file.shots.length === 1)) {
    const isEmpty = field.span.end <= Math.max(field.span.start, field.name.end);
    const after = field.name.end + 1;
    return isEmpty
      ? { span: { start: after, end: after }, text: ` ${value}` }
      : { span: field.span, text: value };
  }
  const end = lineEndOf(text);
  if (own) {
    const isOwnLine = /[\r\n]/.test(text[own.end - 1] ?? '');
    return { span: { start: own.end, end: own.end }, text: `${isOwnLine ? '' : end}${name}: ${value}${end}` };
  }
  if (shot === undefined || shot.heading === null) {
    return setField(text, file, name, value);
  }
  const at = shot.headingSpan.end;
  return {
    span: { start: at, end: at },
    text: `${end}${end}\`\`\`yaml${end}${name}: ${value}${end}\`\`\``,
  };
}
