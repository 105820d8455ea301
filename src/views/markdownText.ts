/**
 * Escapes untrusted text for a line of Markdown. (`MarkdownString.appendText` makes every space non-breaking, so that lines break
 * within words.)
 */
export function markdownText(text: string): string {
  return (
    text
      .trim()
      // Markdown allows every ASCII punctuation character to be escaped.
      .replace(/[!-/:-@[-`{-~]/g, '\\$&')
      // A hard line break: neither a new paragraph nor, by indentation, a code block.
      .replace(/\s*\n\s*/g, '  \n')
  );
}
