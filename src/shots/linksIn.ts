import { imageForm } from '../making/images.ts';
import type { Span } from '../making/shotText.ts';
import { IMAGE_FIELDS, imagesIn } from './images.ts';
import type { ReadShots } from './issues.ts';
import { settingsIn } from './place.ts';

/** A file that a text names, and where. */
export interface NamedFile {
  readonly path: string;
  readonly span: Span;
}

/** A target in Markdown: `[dock](frames/dock.png)`, also one between `<` and `>`, a title after it. */
const MARKDOWN_LINK = /\]\(\s*(?:<([^<>\r\n]{1,500})>|([^\s()<>]{1,500}))(?:\s+"[^"\r\n]{0,200}")?\s*\)/g;

/** A path of an image or a clip that stands by itself, in a note or a prompt. */
const MEDIA_PATH =
  /(?<![\w/.:-])(?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+)*\.(?:png|jpe?g|webp|mp4|m4v|mov|webm)\b/gi;

/** A comment in YAML, to the end of its line. */
const YAML_COMMENT = /(?:^|[ \t])#[^\r\n]*/gm;

const NOTE = /<!--.*?(?:-->|$)/gs;

/** A field for images that was put into a note, with its list. */
const FIELD_IN_NOTE = new RegExp(
  String.raw`\b(?:${IMAGE_FIELDS.join('|')})[ \t]*:(?:\s{0,20}\[[^\]]{0,2000}\]|[^\r\n]*(?:(?:\r\n|\n|\r)[ \t#]*-[ \t][^\r\n]*)*)`,
  'g',
);

/**
 * The files that a shot file names: in its fields, in links, and images and clips by their paths. What was commented out is not used, and no
 * link. Links to the web are VS Code's own.
 */
export function filesNamedIn(read: ReadShots): NamedFile[] {
  const { text } = read;
  const unused = commentedOut(read);
  const found = new Map<number, NamedFile>();
  for (const { text: path, span, isFile } of imagesIn(read)) {
    if (isFile) {
      const written = text.slice(span.start, span.end);
      const quote = /^["']/.test(written) ? 1 : 0;
      const inner = { start: span.start + quote, end: Math.max(span.start + quote, span.end - quote) };
      found.set(inner.start, { path, span: inner });
    }
  }
  for (const match of text.matchAll(MARKDOWN_LINK)) {
    const path = match[1] ?? match[2] ?? '';
    if (imageForm(path) === 'file' && !path.startsWith('#')) {
      const start = match.index + match[0].indexOf(path);
      found.set(start, {
        path: decoded(path.replace(/#.*$/, '')),
        span: { start, end: start + path.length },
      });
    }
  }
  const taken = [...found.values()];
  for (const match of text.matchAll(MEDIA_PATH)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (!taken.some(one => one.span.start < span.end && span.start < one.span.end)) {
      found.set(span.start, { path: match[0], span });
    }
  }
  return [...found.values()]
    .filter(({ path, span }) => path !== '' && !isWithin(span, unused))
    .sort((a, b) => a.span.start - b.span.start);
}

/** What was commented out, in the order of the text: comments between settings, and fields in notes. A note may else name what it likes. */
function commentedOut({ text, file }: ReadShots): Span[] {
  const inText = ({ start, end }: Span, sign: RegExp): Span[] =>
    [...text.slice(start, end).matchAll(sign)].map(({ index, 0: { length } }) => ({
      start: start + index,
      end: start + index + length,
    }));
  const settings = settingsIn(text, file);
  const notes = inText({ start: 0, end: text.length }, NOTE);
  return [
    ...settings.flatMap(block => inText(block, YAML_COMMENT)),
    ...notes.flatMap(note => inText(note, FIELD_IN_NOTE)),
  ].sort((a, b) => a.start - b.start);
}

/** Whether a span lies in one of others, which are in order. */
function isWithin(span: Span, others: readonly Span[]): boolean {
  const index = others.findLastIndex(({ start }) => start <= span.start);
  return (others[index]?.end ?? -1) >= span.end;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
