/**
 * Text from anywhere as it may stand within a line of Markdown and read as it is. `MarkdownString.appendText` makes every space one that does
 * not break, so that lines break within words.
 */
export function markdownText(text: string): string {
  return (
    text
      .trim()
      // Markdown lets every ASCII sign be escaped, and takes none of those for its own.
      .replace(/[!-/:-@[-`{-~]/g, '\\$&')
      // A line of its own, and neither a paragraph nor, by its indentation, code.
      .replace(/\s*\n\s*/g, '  \n')
  );
}
