import type { Field } from '../making/settingsText.ts';
import type { ShotFile } from '../making/shotFile.ts';
import type { Span } from '../making/shotText.ts';

/** One change of a text: what stands in a span is replaced. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** How the lines of a text end. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** Sets a field for the whole file, below those that are there; comments and all else stay as they are. */
export function setField(text: string, file: ShotFile, name: string, value: string): Edit {
  const end = lineEndOf(text);
  if (file.frontMatter) {
    const at = file.frontMatter.end;
    const isOwnLine = at === 0 || /[\r\n]/.test(text[at - 1] ?? '');
    return { span: { start: at, end: at }, text: `${isOwnLine ? '' : end}${name}: ${value}${end}` };
  }
  const at = text.startsWith('\ufeff') ? 1 : 0;
  return { span: { start: at, end: at }, text: `---${end}${name}: ${value}${end}---${end}` };
}

/** Takes a field out with its lines; `undefined` where it shares them with another. */
export function removeField(text: string, { name, span }: Field): Edit | undefined {
  const start = startOfLine(text, name.start);
  const last = Math.max(name.end, endOfValue(text, span));
  const rest = /^[ \t]*(?::[ \t]*)?(?:#[^\r\n]*)?(\r\n|\n|\r|$)/.exec(text.slice(last, last + 1_000));
  if (text.slice(start, name.start).trim() !== '' || !rest) {
    return undefined;
  }
  return { span: { start, end: last + rest[0].length }, text: '' };
}

/** A value with the signs around it, without the line ends that a block may have at its end. */
function endOfValue(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

export function startOfLine(text: string, offset: number): number {
  return (
    Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1 ||
    (text.startsWith('\ufeff') ? 1 : 0)
  );
}

export function endOfLine(text: string, offset: number): number {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.length : offset + end;
}

/** A value as YAML reads it back: in quotes where it would else be something other than this text. */
export function yamlText(value: string | number): string {
  const isPlain =
    typeof value === 'number' ||
    (/^[\p{L}\p{N}_./~][\p{L}\p{N}_./ ()+=~-]*$/u.test(value) &&
      !/^\s|\s$/.test(value) &&
      !/^(?:true|false|null|yes|no|on|off|~|[-+.\d][\d._eE+-]*|0x[\da-f]+|0o[0-7]+)$/i.test(value)) ||
    /^\d{1,3}:\d{1,3}$/.test(value) ||
    /^https?:\/\/[^\s"'#{}[\],]+$/.test(value);
  return isPlain ? String(value) : JSON.stringify(value);
}
