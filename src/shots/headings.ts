import type { Span } from '../making/shotText.ts';

/** One heading of a Markdown text, with all below it that is its own. */
export interface Heading {
  readonly level: number;
  readonly title: string;
  readonly line: Span;
  /** From its line to the next heading of its level or above it. */
  readonly whole: Span;
}

/** What can be folded: from the line of its start to that of its end. */
export interface Fold extends Span {
  readonly kind: 'region' | 'comment' | 'section';
}

/** The headings of a text and what in it can be folded: sections, blocks between fences, the front matter, notes. */
export function structureOf(text: string): { headings: Heading[]; folds: Fold[] } {
  const open: { level: number; title: string; line: Span }[] = [];
  const headings: Heading[] = [];
  const folds: Fold[] = [];
  let lastLine: Span = { start: 0, end: 0 };
  let block: { start: number; mark: string } | undefined;
  const closeHeadings = (level: number): void => {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) >= level) {
      const heading = open.pop();
      if (heading) {
        const whole = { start: heading.line.start, end: lastLine.end };
        headings.push({ ...heading, whole });
        folds.push({ ...whole, kind: 'section' });
      }
    }
  };
  let isFirst = true;
  for (const found of text.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
    const [, line = ''] = found;
    const span = { start: found.index, end: found.index + line.length };
    if (block) {
      if (closes(line, block.mark)) {
        folds.push({ start: block.start, end: span.end, kind: block.mark === '<!--' ? 'comment' : 'region' });
        block = undefined;
      }
    } else {
      const mark = opening(line, isFirst);
      const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line);
      if (mark !== undefined) {
        block = { start: span.start, mark };
      } else if (heading) {
        const level = heading[1]?.length ?? 1;
        closeHeadings(level);
        open.push({ level, title: (heading[2] ?? '').trim(), line: span });
      }
    }
    if (line.trim() !== '') {
      lastLine = span;
    }
    isFirst = false;
    if (span.end >= text.length) {
      break;
    }
  }
  closeHeadings(0);
  return {
    headings: headings.sort((a, b) => a.line.start - b.line.start),
    folds: folds.sort((a, b) => a.start - b.start),
  };
}

/** What a line begins that goes on below it. */
function opening(line: string, isFirst: boolean): string | undefined {
  if (isFirst && /^\ufeff?---[ \t]*$/.test(line)) {
    return '---';
  }
  const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
  if (fence !== undefined) {
    return fence;
  }
  return line.lastIndexOf('<!--') > line.lastIndexOf('-->') ? '<!--' : undefined;
}

function closes(line: string, mark: string): boolean {
  if (mark === '<!--') {
    return line.includes('-->');
  }
  if (mark === '---') {
    return /^(?:---|\.\.\.)[ \t]*$/.test(line);
  }
  const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return fence?.[0] === mark[0] && (fence?.length ?? 0) >= mark.length;
}
