import type { Span } from '../making/shotText.ts';
import { endOfLine, type Edit } from './textEdits.ts';

/** What a block lacks at its end: a front matter ends where its fields do. */
export function closing(text: string, { start, end }: Span, lineEnd: string): Edit {
  const opening = text.slice(start, end);
  if (opening.startsWith('<!--')) {
    const at = endOfLine(text, start);
    return { span: { start: at, end: at }, text: ' -->' };
  }
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(opening)?.[1] ?? '---';
  let at = endOfLine(text, start);
  for (;;) {
    const next = /^(?:\r\n|\n|\r)([^\r\n]*)/.exec(text.slice(at, at + 2_000));
    const isField = next && /^(?:[\w-]+[ \t]*:(?:[ \t]|$)|[ \t]+\S|-[ \t]|#)/.test(next[1] ?? '');
    if (!next || !isField) {
      return { span: { start: at, end: at }, text: `${lineEnd}${fence}` };
    }
    at += next[0].length;
  }
}
