// Makes node_modules ready before any other script: on a fresh clone, and whenever the lock file has changed. Plain
// JavaScript for whatever Node the machine has; everything after it runs on the Node 24 that it installs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.dailies-installed');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  const begun = Date.now();
  process.stdout.write('packages of package-lock.json … ');
  // Warnings (that the Node npm runs on is older than what some packages are made for) do no harm; errors are still said.
  const command = ['ci', '--loglevel=error', '--no-progress'];
  // What npm says when all went well is no news.
  const options = { cwd: root, stdio: /** @type {const} */ (['ignore', 'ignore', 'inherit']) };
  // npm's own script, run by the Node that npm runs on: the one in node_modules is about to be replaced.
  const npm = process.env.npm_execpath;
  const done = npm
    ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [npm, ...command], options)
    : spawnSync('npm', command, { ...options, shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error('The packages could not be installed: see npm’s message above.');
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, lock);
  console.log(`${((Date.now() - begun) / 1000).toFixed(1)} s`);
}
