/** The way from a folder to a file, with slashes: `frames/dock.png`, `../dock.png`. */
export function relativePath(folder: string, file: string): string {
  const from = folder.split('/').filter(part => part !== '');
  const to = file.split('/').filter(part => part !== '');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) {
    same += 1;
  }
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
