/** What is kept of a response, characters; a usual one has a few hundred. */
const LONGEST_RAW = 256 * 1024;

/** How much of each part of a longer one is kept: characters of a text, elements, levels. */
const LONGEST_TEXT = 2_000;
const MOST_ELEMENTS = 50;
const DEEPEST = 12;

/** A response to be kept: word for word, or, where it is too long, with its texts and lists cut, and still the JSON that it was. */
export function briefResponse(body: string): string {
  if (body.length <= LONGEST_RAW) {
    return body;
  }
  const brief = JSON.stringify(cut(JSON.parse(body.replace(/^\ufeff/, '')), 0));
  return brief.length <= LONGEST_RAW ? brief : JSON.stringify(cut(JSON.parse(brief), DEEPEST - 1));
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}… [${value.length}]` : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth >= DEEPEST) {
    return '…';
  }
  return Array.isArray(value)
    ? value.slice(0, MOST_ELEMENTS).map(element => cut(element, depth + 1))
    : Object.fromEntries(
        Object.entries(value)
          .slice(0, MOST_ELEMENTS)
          .map(([name, child]) => [name.slice(0, LONGEST_TEXT), cut(child, depth + 1)]),
      );
}
