// Runs the suites in a real VS Code: node test/vscode/cli.ts [--desktop] [--vscode oldest] [--grep pattern] [--extension folder] [files…]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDesktopHost } from './desktop.ts';
import { isEditionName } from './edition.ts';
import { runSuites } from './runSuites.ts';
import { startServerHost } from './serverHost.ts';

const root = join(import.meta.dirname, '..', '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** In the desktop VS Code instead of the server. */
    desktop: { type: 'boolean', default: false },
    /** Which VS Code: `newest`, or `oldest` that package.json allows. */
    vscode: { type: 'string', default: 'newest' },
    /** Only tests whose full title matches. */
    grep: { type: 'string' },
    /** Another extension than the project's own. */
    extension: { type: 'string', default: root },
  },
});

/** What a VS Code is held to that is not the newest: the main job, shot files, and that each page comes back after a reload. */
const mainJob = {
  files: ['keys', 'tasks', 'player', 'compare', 'sheet', 'shots', 'shotEditing'].map(
    name => `test/host/${name}.test.ts`,
  ),
  grep: '^(?!(the player|comparing clips|the contact sheet) in a window (?!.*comes back))',
};

try {
  if (!isEditionName(values.vscode)) throw new Error(`There is no "${values.vscode}" VS Code`);
  const isMainJob = values.vscode === 'oldest' && positionals.length === 0;
  const { passed, failed, pending, durationMs } = await runSuites({
    root,
    files: isMainJob ? mainJob.files : positionals,
    vscode: values.vscode,
    grep: values.grep ?? (isMainJob ? mainJob.grep : undefined),
    extensionDevelopmentPath: values.extension,
    startHost: values.desktop ? startDesktopHost : startServerHost,
  });
  console.log(`in ${(durationMs / 1000).toFixed(1)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  // A test that was skipped has not passed.
  if (pending > 0) console.log(`${pending} pending`);
  process.exitCode = failed + pending > 0 ? 1 : 0;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
