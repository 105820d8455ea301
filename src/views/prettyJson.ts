/** The tokens of JSON: strings, brackets, commas, colons, and anything else between them. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** The longest result, characters: deep nesting makes indentation grow quadratically. */
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
 * Indents JSON without changing any value, as parsing and serialising it would: large numbers are not rounded, `4.000000` keeps
 * its zeros, duplicate keys are kept. Text that is not JSON, or would become too long, is returned unchanged.
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
