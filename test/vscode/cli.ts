// Runs the suites in a real VS Code: node test/vscode/cli.ts [--desktop] [--grep pattern] [--extension folder] [files…]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDesktopHost } from './desktop.ts';
import { runSuites } from './runSuites.ts';
import { startServerHost } from './serverHost.ts';

const root = join(import.meta.dirname, '..', '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** In the desktop VS Code instead of the server. */
    desktop: { type: 'boolean', default: false },
    /** Only tests whose full title matches. */
    grep: { type: 'string' },
    /** Another extension than the project's own. */
    extension: { type: 'string', default: root },
  },
});

try {
  const { passed, failed, pending, durationMs } = await runSuites({
    root,
    files: positionals,
    grep: values.grep,
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
