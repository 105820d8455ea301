/** What nobody sees: zero-width characters, marks of direction, soft hyphens, byte order marks. */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** What sets ids apart: white space of every script, and commas and semicolons in their European and Chinese forms. */
const SEPARATORS = /[\s,;，、；|]+/u;

/** What stands around ids: quotation marks and brackets of every kind, Markdown's signs, the end of a sentence. */
const AROUND_START = /^[\p{Pi}\p{Pf}\p{Ps}\p{Pe}"'`´<>*•·\-#]+/u;
const AROUND_END = /[\p{Pi}\p{Pf}\p{Ps}\p{Pe}"'`´<>*.:。：\\]+$/u;

/** What is written before an id. */
const LABEL =
  /(^|[\s,;，、；"'{([])(?:task[\s_-]?|video[\s_-]?)?id\s*["']?\s*[:=：]\s*|(^|[\s,;，、；])(?:任务)?(?:id|编号|号)\s*[:=：]\s*/giu;

/** Text without what nobody sees in it, and trimmed. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '').trim();
}

/** Text with the links of Markdown in place of what they are shown as. */
export function withoutMarkdown(text: string): string {
  return text.replace(/!?\[[^\]\n]{0,200}\]\(\s*<?(https?:\/\/[^\s)>]+)>?[^)]*\)/gi, ' $1 ');
}

/** Whether text is a command of curl, or what `curl -i` prints: links and JSON in it are what matters. */
export function isTransfer(text: string): boolean {
  return /^\$?\s*curl(\.exe)?\s/i.test(text) || /^HTTP\/\d/.test(text);
}

/** The links in a command or a text around it. */
export function linksIn(text: string): string[] {
  return text.match(/https?:\/\/[^\s"'`<>\\^]+/gi) ?? [];
}

/** The single ids and links of a text, without what sets them apart and stands around them. */
export function partsOf(text: string): string[] {
  return text
    .replace(LABEL, '$1$2 ')
    .replace(/([\p{Pe}\p{Pf}])(?=[\p{Ps}\p{Pi}])/gu, '$1 ')
    .split(SEPARATORS)
    .filter(part => !/^\d{1,3}[.)、]$/.test(part))
    .map(part => part.replace(AROUND_START, '').replace(AROUND_END, ''))
    .filter(part => part !== '');
}
