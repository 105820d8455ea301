/** An ID in a line of a terminal. */
export interface IdInLine {
  readonly id: string;
  readonly start: number;
}

/** As much of a line is looked through, characters, and so many IDs of it become links. */
const LONGEST_LINE = 2_000;
const MOST_IDS = 20;

/** What every ID of a documented shape begins with: most lines have none of these. */
const BEGINNINGS = ['vgen_', 'video_', 'sora_', 'proj_', 'mcp_'] as const;

/**
 * IDs in the shapes that documentation shows (api.md 4), each as a whole: not part of a longer name, a path, an address, or a file's
 * name. Terminals print much that only looks like them, so a shape must be whole.
 */
const ID =
  /(?<![\w./\\-])(?:(?:vgen|mcp|sora)_[A-Za-z0-9]{8,64}|video_(?:grok_)?[A-Za-z0-9-]{16,64}|proj_(?:sd2manxue_)?\d{6,30})(?![\w\\/-]|\.\w)/g;

/** The task IDs in a line. Called for each line that a terminal prints, so that it looks no further where there can be none. */
export function idsInLine(line: string): IdInLine[] {
  if (!BEGINNINGS.some(beginning => line.includes(beginning))) {
    return [];
  }
  // What follows the last ID decides whether that is whole.
  const found = line.slice(0, LONGEST_LINE + 2).matchAll(ID);
  return [...found]
    .filter(({ 0: id, index }) => /\d/.test(id) && index + id.length <= LONGEST_LINE)
    .slice(0, MOST_IDS)
    .map(match => ({ id: match[0], start: match.index }));
}
