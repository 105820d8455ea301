import { homedir } from 'node:os';
import { sep } from 'node:path';

/** The person's home folder, and what separates folders there. */
interface Home {
  readonly home: string;
  readonly separator: string;
}

/** A file's path as VS Code writes it: the home folder as `~`, except on Windows, where nobody writes it so. A URI stays as it is. */
export function pathText(
  path: string,
  { home, separator }: Home = { home: homedir(), separator: sep },
): string {
  const isInside = separator === '/' && home.length > 1 && path.startsWith(`${home}/`);
  return isInside ? `~${path.slice(home.length)}` : path;
}
