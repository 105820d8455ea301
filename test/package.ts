import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Builds the extension and packs it into a VSIX, just as `npm run package` does. Gives what was printed. */
export function packageExtension(archive: string): string {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { package: string };
  };
  const options = scripts.package.split(' ').slice(1);
  mkdirSync(dirname(archive), { recursive: true });
  return execFileSync(
    process.execPath,
    [join(root, 'node_modules/@vscode/vsce/vsce'), ...options, '--out', archive],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}
