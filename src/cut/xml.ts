import { cleanText } from './cutText.ts';

/** Values of attributes; those that are `null` are left out. */
export type Attributes = Readonly<Record<string, string | number | null>>;

/** An element with lines of others, or with text. Names of elements and attributes are the caller's own; values may be any text. */
export function xmlElement(
  name: string,
  attributes: Attributes,
  content: readonly (readonly string[])[] | string = [],
): readonly string[] {
  const start = `<${name}${Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('')}`;
  if (typeof content === 'string') {
    return [`${start}>${escaped(content)}</${name}>`];
  }
  return content.length === 0
    ? [`${start}/>`]
    : [`${start}>`, ...content.flat().map(line => `  ${line}`), `</${name}>`];
}

function escaped(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
