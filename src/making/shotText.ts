/** A part of a text: offsets in UTF-16 units, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One section of a shot file: the text under a `## Heading`, or a whole body without headings. */
export interface Section {
  /** The heading's words; `null` where there is none. */
  readonly heading: string | null;
  /** Its first line. */
  readonly headingSpan: Span;
  /** The YAML in a fenced block above the prompt. */
  readonly settings: Span | null;
  /** What is left of the section, notes in it. */
  readonly body: Span;
  /** HTML comments in the body, which are never sent. */
  readonly notes: readonly Span[];
  /** A comment that has no end, from where it begins. */
  readonly openNote: Span | null;
}

/** A shot file taken apart, before anything in it is understood. */
export interface ShotText {
  /** The YAML between the first two `---`. */
  readonly frontMatter: Span | null;
  /** A first `---` that has no second, or a fenced block without an end. */
  readonly unclosed: readonly Span[];
  readonly sections: readonly Section[];
  /** What stands above the first heading where there are headings: it belongs to no shot. */
  readonly preamble: Span | null;
}

interface Line extends Span {
  readonly text: string;
}

export const SETTINGS_FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*ya?ml[ \t]*$/i;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
export const HEADING = /^ {0,3}##(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;

/** Takes any text apart, in time that grows with its length. */
export function takeApart(text: string): ShotText {
  const lines = linesOf(text);
  const front = frontMatterOf(lines);
  const from = front.next;
  const starts = headingsIn(text, lines, from);
  const unclosed = [...front.unclosed];
  const bodyStart = lines[from]?.start ?? text.length;
  if (starts.length === 0) {
    const line = lines[front.span === null ? 0 : from] ?? { start: 0, end: 0 };
    const section = sectionOf(text, lines, from, lines.length, null, line, unclosed);
    return { frontMatter: front.span, unclosed, sections: [section], preamble: null };
  }
  const sections = starts.map(({ index, heading }, number) => {
    const line = lines[index] ?? { start: 0, end: 0 };
    const end = starts[number + 1]?.index ?? lines.length;
    return sectionOf(text, lines, index + 1, end, heading, line, unclosed);
  });
  const preambleEnd = lines[starts[0]?.index ?? 0]?.start ?? bodyStart;
  const preamble = preambleEnd > bodyStart ? { start: bodyStart, end: preambleEnd } : null;
  return { frontMatter: front.span, unclosed, sections, preamble };
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (const found of text.matchAll(/\r\n|\n|\r/g)) {
    if (found.index >= start) {
      lines.push({ start, end: found.index, text: text.slice(start, found.index) });
      start = found.index + found[0].length;
    }
  }
  lines.push({ start, end: text.length, text: text.slice(start) });
  return lines;
}

function frontMatterOf(lines: readonly Line[]): { span: Span | null; next: number; unclosed: Span[] } {
  const [first] = lines;
  if (first === undefined || !/^---[ \t]*$/.test(first.text)) {
    return { span: null, next: 0, unclosed: [] };
  }
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)[ \t]*$/.test(line.text));
  return end < 0
    ? { span: null, next: lines.length, unclosed: [first] }
    : {
        span: { start: lines[1]?.start ?? first.end, end: lines[end]?.start ?? first.end },
        next: end + 1,
        unclosed: [],
      };
}

/** The headings, none of them within a fenced block or a comment. */
function headingsIn(
  text: string,
  lines: readonly Line[],
  from: number,
): { index: number; heading: string }[] {
  const found: { index: number; heading: string }[] = [];
  let fence = '';
  let noteEnd = -1;
  for (let index = from; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.start < noteEnd) {
      continue;
    }
    const mark = FENCE.exec(line.text)?.[1];
    if (fence !== '') {
      fence = closes(line.text, fence) ? '' : fence;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const heading = HEADING.exec(line.text);
    if (heading) {
      found.push({ index, heading: (heading[1] ?? '').trim() });
      continue;
    }
    noteEnd = endOfLastNote(text, line, noteEnd);
  }
  return found;
}

/** Where a comment that begins in a line ends, should that be in another. */
function endOfLastNote(text: string, line: Line, before: number): number {
  let at = line.text.indexOf('<!--');
  while (at >= 0) {
    const end = text.indexOf('-->', line.start + at + 4);
    if (end < 0) {
      return text.length;
    }
    if (end + 3 > line.end) {
      return end + 3;
    }
    at = line.text.indexOf('<!--', end + 3 - line.start);
  }
  return before;
}

function closes(line: string, fence: string): boolean {
  const mark = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return mark?.[0] === fence[0] && (mark?.length ?? 0) >= fence.length;
}

function sectionOf(
  text: string,
  lines: readonly Line[],
  from: number,
  to: number,
  heading: string | null,
  headingSpan: Span,
  unclosed: Span[],
): Section {
  const end = lines[to]?.start ?? text.length;
  const start = lines[from]?.start ?? text.length;
  const settings = settingsOf(text, lines, from, to);
  if (settings?.isOpen === true) {
    unclosed.push(settings.fence);
  }
  const body = { start: Math.min(settings?.next ?? start, end), end: Math.max(end, Math.min(start, end)) };
  const { notes, openNote } = notesIn(text, body);
  return {
    heading,
    headingSpan: { start: headingSpan.start, end: headingSpan.end },
    settings: settings ? settings.span : null,
    body,
    notes,
    openNote,
  };
}

/** The fenced YAML at the top of a section, below notes and empty lines. */
function settingsOf(
  text: string,
  lines: readonly Line[],
  from: number,
  to: number,
): { span: Span; fence: Span; next: number; isOpen: boolean } | undefined {
  let noteEnd = -1;
  for (let index = from; index < to; index++) {
    const line = lines[index];
    if (line === undefined || line.start < noteEnd || line.text.trim() === '') {
      continue;
    }
    if (line.text.trimStart().startsWith('<!--')) {
      const end = text.indexOf('-->', line.start);
      if (end < 0) {
        return undefined;
      }
      noteEnd = end + 3;
      continue;
    }
    const fence = SETTINGS_FENCE.exec(line.text)?.[1];
    if (fence === undefined) {
      return undefined;
    }
    let close = index + 1;
    while (close < to && !closes(lines[close]?.text ?? '', fence)) {
      close += 1;
    }
    const start = lines[index + 1]?.start ?? line.end;
    const end = lines[close]?.start ?? text.length;
    const next = lines[close + 1]?.start ?? text.length;
    return {
      span: { start, end: Math.max(start, end) },
      fence: line,
      next: close < to ? next : end,
      isOpen: close >= to,
    };
  }
  return undefined;
}

/** Only the section is looked through, so that many sections are no more work than one. */
function notesIn(text: string, { start, end }: Span): { notes: Span[]; openNote: Span | null } {
  const body = text.slice(start, end);
  const notes: Span[] = [];
  for (let at = body.indexOf('<!--'); at >= 0;) {
    const close = body.indexOf('-->', at + 4);
    if (close < 0) {
      return { notes, openNote: { start: start + at, end } };
    }
    notes.push({ start: start + at, end: start + close + 3 });
    at = body.indexOf('<!--', close + 3);
  }
  return { notes, openNote: null };
}
