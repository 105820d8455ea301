// The README of the package, which VS Code and its galleries show.
import { readFile } from 'node:fs/promises';

/**
 * README.md as it can be shown away from the repository. While package.json names no `repository`, pictures and links to its
 * files lead nowhere: pictures are left out, and links become their words. Once it does, vsce makes addresses of them.
 */
export async function packagedReadme() {
  const [readme, manifest] = await Promise.all([
    readFile('README.md', 'utf8'),
    readFile('package.json', 'utf8'),
  ]);
  if (JSON.parse(manifest).repository !== undefined) return readme;
  return (
    readme
      // The choice of a language, which would be words without links.
      .replace(/^English · .*\n+/m, '')
      .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '')
      .replace(/(?<!!)\[([^\]]*)\]\((?!https?:|mailto:|#)[^)]*\)/g, '$1')
  );
}
