import { findSourceMap } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The stack of an error with the places in the compiled suites replaced by those in their sources, relative to `root`. Node does
 * this by itself, except inside an extension host, where VS Code writes the stacks.
 */
export function sourceStack(stack: string, root: string): string {
  return stack.replace(
    /(file:\/\/[^\s)]+?):(\d+):(\d+)/g,
    (place, url: string, line: string, column: string) => {
      const path = fileURLToPath(url);
      const entry = (findSourceMap(path) ?? findSourceMap(url))?.findEntry(
        Number(line) - 1,
        Number(column) - 1,
      );
      if (!entry || !('originalSource' in entry)) return place;
      const source = fileURLToPath(new URL(entry.originalSource, url));
      return `${relative(root, source)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    },
  );
}
