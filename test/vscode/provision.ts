import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { editions, type Edition, type EditionName } from './edition.ts';
import { beforeExit } from './processes.ts';
import { makeScratch, removeFolder } from './scratch.ts';

const run = promisify(execFile);

/** The npm package that carries a complete VS Code server and workbench below `lib/vscode`. */
const SERVER_PACKAGE = 'code-server';

/** Old servers ask GitHub for a file watcher that is not a release; this one is, of the same time. */
const WATCHER = '2.5.1';

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
 * Makes sure a VS Code server is installed below `<root>/.vscode-test/`, and says where. The first call downloads it
 * from the npm registry (about 600 MB on disk); later calls find it. An interrupted install is never taken for a whole one:
 * it happens under another name, and gets its own when it is complete.
 */
export async function provisionServer(root: string, name: EditionName = 'newest'): Promise<ServerInstall> {
  const edition = editions[name];
  const store = join(root, '.vscode-test');
  const folder = join(store, `server-${edition.serverVersion}-${process.platform}-${process.arch}`);
  if (!existsSync(folder)) await install(folder, edition);
  const home = serverHome(folder);
  return {
    home,
    entry: join(home, 'out', 'server-main.js'),
    node: nodeFor(edition, root, folder),
  };
}

function serverHome(folder: string): string {
  return join(folder, 'node_modules', SERVER_PACKAGE, 'lib', 'vscode');
}

async function install(folder: string, edition: Edition): Promise<void> {
  const started = performance.now();
  const server = `${SERVER_PACKAGE}@${edition.serverVersion}`;
  console.log(`Installing VS Code ${edition.version} (${server}, about 600 MB) into ${folder}`);
  const unfinished = makeScratch(dirname(folder), 'installing');
  try {
    // Without a package.json of its own, npm would install into the project around it.
    await writeJson(join(unfinished.path, 'package.json'), { private: true, allowScripts: { node: true } });
    // Node comes first, and by its install script. Later ones would compile native modules for minutes (spdlog, node-pty); the
    // tests need none of them.
    if (!isProjectsNode(edition)) await npm(unfinished.path, 'install', `node@${edition.node}`);
    await npm(unfinished.path, 'install', '--ignore-scripts', server);
    await releaseWatcher(serverHome(unfinished.path));
    // Its npm-shrinkwrap.json pins the rest, where it is left. (`npm ci` refuses that file.)
    await npm(serverHome(unfinished.path), 'install', '--ignore-scripts', '--omit=dev');
    await tailor(serverHome(unfinished.path));
    await rename(unfinished.path, folder).catch((error: unknown) => {
      // Somebody else finished the same install first: theirs is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    unfinished.remove();
  }
  console.log(
    `Installed VS Code ${edition.version} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
}

/** Makes a server that asks GitHub for its file watcher take the registry's, so that npm is all an install needs. */
async function releaseWatcher(home: string): Promise<void> {
  const file = join(home, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { dependencies: Record<string, string> };
  if (!manifest.dependencies['@parcel/watcher']?.includes('#')) return;
  manifest.dependencies['@parcel/watcher'] = WATCHER;
  await writeJson(file, manifest);
  await rm(join(home, 'npm-shrinkwrap.json'), { force: true });
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, JSON.stringify(value, null, 2));
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
    throw new Error(`Could not install VS Code: npm ${args.join(' ')} failed`, { cause: error });
  } finally {
    forget();
  }
}

/** Whether the Node that the project's own scripts run on is the one that this VS Code needs. */
function isProjectsNode({ node }: Edition): boolean {
  return node === editions.newest.node;
}

function nodeFor(edition: Edition, root: string, folder: string): string {
  if (isProjectsNode(edition) && majorVersion(process.versions.node) === majorVersion(edition.node))
    return process.execPath;
  const home = isProjectsNode(edition) ? root : folder;
  const node = join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(node)) return node;
  throw new Error(
    `VS Code ${edition.version} needs Node ${edition.node}, this is ${process.version}. Run \`npm install\` and start through npm.`,
  );
}

function majorVersion(version: string): number {
  return Number(version.split('.')[0]);
}
