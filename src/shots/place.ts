import type { ShotFile } from '../making/shotFile.ts';
import type { Span } from '../making/shotText.ts';
import { endOfLine, startOfLine } from './textEdits.ts';

/** What stands at a place in a shot file, for suggestions and explanations there. */
export type Place =
  /** The name of a field, which may still be without its colon. */
  | { readonly kind: 'name'; readonly span: Span; readonly shot: number; readonly hasColon: boolean }
  /** The value of a field, or one item of it. */
  | {
      readonly kind: 'value';
      readonly field: string;
      readonly span: Span;
      readonly shot: number;
      readonly isItem: boolean;
      /** What must stand before a value that is written here: YAML wants a space after its signs. */
      readonly lead: '' | ' ';
    }
  /** The name of a variable between `{{` and `}}`. */
  | { readonly kind: 'variable'; readonly span: Span; readonly shot: number; readonly isClosed: boolean }
  /** The first lines of a file in which there is nothing else yet. */
  | { readonly kind: 'empty'; readonly span: Span };

/** What is at an offset, also while the text around it is being written; `undefined` in a prompt or a note. */
export function placeAt(text: string, offset: number, file: ShotFile): Place | undefined {
  const line = { start: startOfLine(text, offset), end: endOfLine(text, offset) };
  const before = text.slice(line.start, offset);
  const after = text.slice(offset, line.end);
  const shot = shotAt(file, offset);
  if (
    text.replace(/^\ufeff/, '').trim() === before.trim() &&
    /^[-\w]{0,20}$/.test(before) &&
    before !== '---'
  ) {
    return { kind: 'empty', span: { start: line.start, end: offset } };
  }
  const block = blockAt(text, offset, file);
  const variable = /\{\{([^{}]*)$/.exec(before);
  if (variable && (block || !isInNote(text, offset))) {
    const rest = /^[^{}\r\n]*(?=\}\})/.exec(after)?.[0];
    const start = offset - (variable[1] ?? '').trimStart().length;
    const end = offset + (rest ?? '').trimEnd().length;
    return { kind: 'variable', span: { start, end }, shot, isClosed: rest !== undefined };
  }
  return block ? inBlock(text, offset, block, line, shot) : undefined;
}

/** The shot whose text an offset stands in; the first where it stands above all. */
export function shotAt({ shots }: ShotFile, offset: number): number {
  return Math.max(
    0,
    shots.findLastIndex(({ headingSpan }) => headingSpan.start <= offset),
  );
}

/** The YAML of a file: at its top and in its shots. A front matter whose end is not written yet is the whole text. */
export function settingsIn(text: string, { frontMatter, shots }: ShotFile): Span[] {
  const blocks = [frontMatter, ...shots.map(({ settings }) => settings)].filter(one => one !== null);
  const opening = frontMatter ? undefined : /^\ufeff?---[ \t]*(?:\r\n|\n|\r)/.exec(text)?.[0].length;
  return opening === undefined ? blocks : [...blocks, { start: opening, end: text.length }];
}

function blockAt(text: string, offset: number, file: ShotFile): Span | undefined {
  return settingsIn(text, file).find(
    ({ start, end }) => offset >= start && offset <= end && !isBelow(text, offset, end),
  );
}

/** The end of a block is where its closing line begins: on that line nothing is written. */
function isBelow(text: string, offset: number, end: number): boolean {
  return (
    offset === end &&
    endOfLine(text, offset) > offset &&
    /^\s*(?:---|\.\.\.|`{3}|~{3})/.test(text.slice(offset, endOfLine(text, offset)))
  );
}

function isInNote(text: string, offset: number): boolean {
  return text.lastIndexOf('<!--', offset - 1) > text.lastIndexOf('-->', offset - 1);
}

function inBlock(text: string, offset: number, block: Span, line: Span, shot: number): Place | undefined {
  const whole = text.slice(Math.max(line.start, block.start), line.end);
  const from = Math.max(line.start, block.start);
  const at = offset - from;
  if (/(?:^|\s)#/.test(whole.slice(0, at))) {
    return undefined;
  }
  const name = /^([\w-]*)([ \t]*:)?/.exec(whole);
  const nameEnd = name?.[1]?.length ?? 0;
  const colonEnd = name?.[2] === undefined ? undefined : name[0].length;
  if (at <= nameEnd && (colonEnd !== undefined || whole.slice(nameEnd).trim() === '')) {
    return {
      kind: 'name',
      span: { start: from, end: from + nameEnd },
      shot,
      hasColon: colonEnd !== undefined,
    };
  }
  if (nameEnd > 0 && colonEnd !== undefined) {
    return at >= colonEnd ? valueAt(whole, from, at, colonEnd, name?.[1] ?? '', shot) : undefined;
  }
  const item = /^[ \t]*-(?:[ \t]+|$)/.exec(whole);
  const field = item && at >= item[0].length ? fieldAbove(text, line.start, block) : undefined;
  return item && field !== undefined
    ? valueOf(whole, from, trimmedSpan(whole, from, item[0].length, whole.length), field, shot, true)
    : undefined;
}

function valueAt(whole: string, from: number, at: number, start: number, field: string, shot: number): Place {
  const opening = /^[ \t]*\[/.exec(whole.slice(start));
  if (!opening || at < start + opening[0].length) {
    return valueOf(whole, from, trimmedSpan(whole, from, start, whole.length), field, shot, false);
  }
  const before = whole.slice(0, at);
  const itemStart = Math.max(before.lastIndexOf('['), before.lastIndexOf(',')) + 1;
  const length = whole.slice(at).search(/[,\]]/);
  const itemEnd = length < 0 ? whole.length : at + length;
  return valueOf(whole, from, trimmedSpan(whole, from, itemStart, itemEnd), field, shot, true);
}

function valueOf(
  whole: string,
  from: number,
  span: Span,
  field: string,
  shot: number,
  isItem: boolean,
): Place {
  const lead = /[:-]/.test(whole[span.start - from - 1] ?? '') ? ' ' : '';
  return { kind: 'value', field, span, shot, isItem, lead };
}

/** A value without the spaces around it and the comment after it. */
function trimmedSpan(whole: string, from: number, start: number, end: number): Span {
  const raw = whole.slice(start, end).replace(/(?:^|\s)#.*$/, '');
  const lead = raw.length - raw.trimStart().length;
  const isEmpty = raw.trim() === '';
  const first = start + (isEmpty ? Math.min(1, raw.length) : lead);
  return { start: from + first, end: from + (isEmpty ? first : start + raw.trimEnd().length) };
}

function fieldAbove(text: string, before: number, block: Span): string | undefined {
  const lines = text.slice(block.start, before).split(/\r\n|\n|\r/);
  const owner = lines.findLast(one => /^\S/.test(one) && !/^[#-]/.test(one));
  return /^([\w-]+)[ \t]*:[ \t]*(?:#.*)?$/.exec(owner ?? '')?.[1];
}
