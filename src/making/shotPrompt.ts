import type { Section, Span } from './shotText.ts';

/** The prompt as it is sent, and where its characters stand in the file. */
export interface Prompt {
  readonly text: string;
  readonly placeOf: (index: number) => number;
}

/** A section's text without its notes, trimmed, else as it is. */
export function promptOf(text: string, { body, notes, openNote }: Section): Prompt {
  const pieces: { from: number; at: number }[] = [];
  let raw = '';
  let at = body.start;
  for (const note of [...notes, openNote ?? { start: body.end, end: body.end }]) {
    pieces.push({ from: raw.length, at });
    raw += text.slice(at, note.start);
    at = note.end;
  }
  const cut = raw.length - raw.trimStart().length;
  return {
    text: raw.trim(),
    placeOf: index => {
      const piece = pieces.findLast(({ from }) => from <= index + cut) ?? { from: 0, at: body.start };
      return piece.at + index + cut - piece.from;
    },
  };
}

/** A section's text without the white space around it. */
export function trimmedSpan(text: string, { body }: Section): Span {
  const raw = text.slice(body.start, body.end);
  const start = body.start + (raw.length - raw.trimStart().length);
  return { start, end: Math.max(start, body.start + raw.trimEnd().length) };
}
