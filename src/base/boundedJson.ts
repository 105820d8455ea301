/** A JSON text that nests deeper is refused, levels: what walks through it by recursion would end in a stack overflow. */
const DEEPEST = 100;

/** Thrown for a text that is not parsed, whether it is JSON or not. */
export class TooDeepError extends Error {
  override readonly name = 'TooDeepError';

  constructor() {
    super(`nested more than ${DEEPEST} levels deep`);
  }
}

/** Parses JSON from elsewhere. Throws `SyntaxError`, or `TooDeepError` before anything is built of it. */
export function parseBounded(text: string): unknown {
  if (isDeep(text)) {
    throw new TooDeepError();
  }
  return JSON.parse(text);
}

/** Looks at brackets only, strings passed over; in a text that is not JSON, whatever is counted, it is refused in any case. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length && depth <= DEEPEST; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === '[' || character === '{') {
      depth++;
    } else if (character === ']' || character === '}') {
      depth--;
    }
  }
  return depth > DEEPEST;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}
