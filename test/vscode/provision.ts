import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeExit } from './processes.ts';
import { makeScratch, removeFolder } from './scratch.ts';

const run = promisify(execFile);

/**
 * The npm package that carries a complete VS Code server and workbench below `lib/vscode`. 4.139.1 carries VS Code 1.139.1.
 * Pinned: the workbench's selectors are written against this one.
 */
const SERVER_PACKAGE = 'code-server';
const SERVER_VERSION = '4.139.1';

/** The server and its extension hosts are built for this major version of Node. */
const NODE_MAJOR = 24;

/**
 * Built-in extensions that start with every window and look for a network, an account or a repository. Without them a window
 * is ready 2 to 4 s earlier on two cores.
 */
const NEEDLESS_EXTENSIONS = [
  'copilot',
  'debug-auto-launch',
  'git',
  'git-base',
  'github',
  'github-authentication',
  'merge-conflict',
  'microsoft-authentication',
];

/** A VS Code server that is ready to be started. */
export interface ServerInstall {
  /** The folder of the VS Code server itself (the one with `product.json`). */
  readonly home: string;
  /** The script that starts the server. */
  readonly entry: string;
  /** The Node executable to start it with. */
  readonly node: string;
}

/**
 * Makes sure the pinned VS Code server is installed below `<root>/.vscode-test/`, and says where. The first call downloads it
 * from the npm registry (about 600 MB on disk); later calls find it. An interrupted install is never taken for a whole one:
 * it happens under another name, and gets its own when it is complete.
 */
export async function provisionServer(root: string): Promise<ServerInstall> {
  const store = join(root, '.vscode-test');
  const folder = join(store, `server-${SERVER_VERSION}-${process.platform}-${process.arch}`);
  const node = findNode(root);
  if (!existsSync(folder)) await install(folder);
  const home = serverHome(folder);
  return { home, entry: join(home, 'out', 'server-main.js'), node };
}

function serverHome(folder: string): string {
  return join(folder, 'node_modules', SERVER_PACKAGE, 'lib', 'vscode');
}

async function install(folder: string): Promise<void> {
  const started = performance.now();
  console.log(
    `Installing the VS Code server (${SERVER_PACKAGE}@${SERVER_VERSION}, about 600 MB) into ${folder}`,
  );
  const unfinished = makeScratch(dirname(folder), 'installing');
  try {
    // Without a package.json of its own, npm would install into the project around it.
    await writeFile(join(unfinished.path, 'package.json'), '{ "private": true }\n');
    // Install scripts would compile native modules (spdlog, node-pty) for minutes; the tests need none of them.
    await npm(unfinished.path, 'install', '--ignore-scripts', `${SERVER_PACKAGE}@${SERVER_VERSION}`);
    // Its npm-shrinkwrap.json pins the rest. (`npm ci` refuses that file.)
    await npm(serverHome(unfinished.path), 'install', '--ignore-scripts', '--omit=dev');
    await tailor(serverHome(unfinished.path));
    await rename(unfinished.path, folder).catch((error: unknown) => {
      // Somebody else finished the same install first: theirs is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    unfinished.remove();
  }
  console.log(`Installed the VS Code server in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** Leaves out what tests do not want, and puts in what the install without native modules lacks. */
async function tailor(home: string): Promise<void> {
  for (const name of NEEDLESS_EXTENSIONS) removeFolder(join(home, 'extensions', name));
  await copyFile(
    new URL('plainLogger.cjs', import.meta.url),
    join(home, 'node_modules', '@vscode', 'spdlog', 'index.js'),
  );
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  // npm is a script on Windows, and scripts need a shell there.
  const shell = process.platform === 'win32';
  const running = run('npm', [...args, ...quiet], { cwd, shell, maxBuffer: 64 * 1024 * 1024 });
  const forget = beforeExit(() => running.child.kill('SIGKILL'));
  try {
    await running;
  } catch (error) {
    throw new Error(`Could not install the VS Code server: npm ${args.join(' ')} failed`, { cause: error });
  } finally {
    forget();
  }
}

function findNode(root: string): string {
  if (majorVersion(process.versions.node) === NODE_MAJOR) return process.execPath;
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  throw new Error(
    `The VS Code server needs Node ${NODE_MAJOR}, this is ${process.version}. Run \`npm install\` and start through npm.`,
  );
}

function majorVersion(version: string): number {
  return Number(version.split('.')[0]);
}
