/** The text's tokens: strings, brackets, commas, colons, and what else stands between them. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** How long a text may become: brackets within brackets within brackets need more and more room, characters. */
const LONGEST = 4_000_000;

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * JSON on indented lines. Every value stays as it came, which parsing and writing it anew would not do: large numbers are
 * not rounded, `4.000000` keeps its zeros, a name that comes twice is there twice. What is not JSON is given back as it is,
 * and so is what would become too long.
 */
export function prettyJson(text: string): string {
  if (!isJson(text)) {
    return text;
  }
  const parts: string[] = [];
  let length = 0;
  let depth = 0;
  let before = '';
  for (const [token] of text.matchAll(TOKENS)) {
    const closes = token === '}' || token === ']';
    const isFirst = before === '{' || before === '[';
    depth -= closes ? 1 : 0;
    const breaks = before === ',' || isFirst !== closes;
    const part = `${breaks && before !== '' ? `\n${'  '.repeat(depth)}` : ''}${token}${token === ':' ? ' ' : ''}`;
    depth += token === '{' || token === '[' ? 1 : 0;
    length += part.length;
    if (length > LONGEST) {
      return text;
    }
    parts.push(part);
    before = token;
  }
  return parts.join('');
}
