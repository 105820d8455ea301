import { imageForm } from '../making/images.ts';
import type { Span } from '../making/shotText.ts';
import { imagesIn } from './images.ts';
import type { ReadShots } from './issues.ts';

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

/** The files that a shot file names: in its fields, in links, and images and clips by their paths. Links to the web are VS Code's own. */
export function filesNamedIn(read: ReadShots): NamedFile[] {
  const { text } = read;
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
  return [...found.values()].filter(({ path }) => path !== '').sort((a, b) => a.span.start - b.span.start);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
