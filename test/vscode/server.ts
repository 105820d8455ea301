import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startFront } from './front.ts';
import { startTree, type ProcessTree } from './processes.ts';
import type { ServerInstall } from './provision.ts';
import { makeScratch } from './scratch.ts';
import { quietSettings } from './settings.ts';
import { withinLimit } from './wait.ts';

/** How long the server may take from start to listening. It takes under 2 s on two idle cores. */
const START_LIMIT_MS = 60_000;

/** How long installing one extension file may take. */
const INSTALL_LIMIT_MS = 120_000;

/** What can be chosen when a server is started. */
export interface ServerOptions {
  /** Keeps settings, extensions, global storage, secrets' key and logs. Default: a temporary one, removed by `stop()`. */
  readonly dataDir?: string | undefined;
  /** The port of the page. Default: a free one. Secrets belong to one port, as localStorage does. */
  readonly port?: number | undefined;
  /** User settings, laid over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Folders of extensions to run from where they are, as if they were installed. */
  readonly extensions?: readonly string[] | undefined;
  /** Extension files to install before the start. */
  readonly vsix?: readonly string[] | undefined;
  /** Environment variables for the server, which its extension hosts inherit. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** A running VS Code server. */
export interface VSCodeServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Everything that the server has printed. */
  readonly logFile: string;
  /** The address of a window on this folder, or on none. */
  window(folder?: string): string;
  /** Resolves when the server has ended by itself, with how. */
  readonly ended: Promise<string>;
  /** Ends the server and all its extension hosts. */
  stop(): Promise<void>;
}

/** Starts a VS Code server on loopback and resolves when it listens; fails with the end of its log when it does not. */
export async function startServer(
  install: ServerInstall,
  options: ServerOptions = {},
): Promise<VSCodeServer> {
  const scratch = options.dataDir === undefined ? makeScratch(tmpdir(), 'dailies-vscode') : undefined;
  const dataDir = resolve(options.dataDir ?? scratch?.path ?? '');
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of started.splice(0).reverse()) await part.stop();
    scratch?.remove();
  };
  try {
    const logFile = join(dataDir, 'server.log');
    const launch = (...args: string[]): ProcessTree => {
      const tree = startServerScript(install, dataDir, logFile, options.env, args);
      started.push(tree);
      return tree;
    };
    await writeSettings(dataDir, options.settings);
    await linkExtensions(dataDir, options.extensions ?? []);
    for (const file of options.vsix ?? [])
      await installExtension(launch('--install-extension', resolve(file), '--force'), file, logFile);
    const token = randomUUID();
    const tokenFile = join(dataDir, 'connection-token');
    await writeFile(tokenFile, token, { mode: 0o600 });
    const tree = launch(
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile],
      // How long the extension host of a window that is gone is kept, in seconds. Its default is 3 hours.
      ...['--reconnection-grace-time', '10'],
    );
    const serverPort = await listeningPort(tree, logFile);
    const front = await startFront(serverPort, join(dataDir, 'secret-key'), options.port);
    started.push(front);
    const authority = `127.0.0.1:${front.port}`;
    return {
      url: `http://${authority}/?tkn=${token}`,
      port: front.port,
      dataDir,
      logFile,
      window: folder => windowUrl(authority, token, folder),
      ended: tree.ended,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function windowUrl(authority: string, token: string, folder: string | undefined): string {
  const url = new URL(`http://${authority}/`);
  url.searchParams.set('tkn', token);
  if (folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', uriPath(folder));
  return url.href;
}

/** A path as it stands in a URI: forward slashes, and one before a drive letter. */
function uriPath(path: string): string {
  return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}

/** Lays the quiet settings under those that a kept data folder has, and the given ones over them. */
async function writeSettings(dataDir: string, settings: ServerOptions['settings']): Promise<void> {
  const file = join(dataDir, 'data', 'User', 'settings.json');
  await mkdir(dirname(file), { recursive: true });
  const kept = existsSync(file) ? parseSettings(await readFile(file, 'utf8')) : {};
  if (kept) await writeFile(file, JSON.stringify({ ...quietSettings, ...kept, ...settings }, null, 2));
}

function parseSettings(content: string): object | undefined {
  try {
    return JSON.parse(content) as object;
  } catch {
    // Somebody has written comments into it: it is theirs now, and stays as it is.
    return undefined;
  }
}

/**
 * Makes VS Code see extension folders as installed ones. It is done with links, so that whatever VS Code does to its own extension
 * folder (an uninstall, an update) never touches what they point to.
 */
async function linkExtensions(dataDir: string, folders: readonly string[]): Promise<void> {
  if (folders.length === 0) return;
  const store = join(dataDir, 'extensions');
  await mkdir(store, { recursive: true });
  for (const folder of folders) {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as ExtensionManifest;
    const link = join(store, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
    await rm(link, { recursive: true, force: true });
    await symlink(resolve(folder), link, 'junction');
  }
  // The list of what is installed: without it, VS Code makes one from the folders it finds.
  await rm(join(store, 'extensions.json'), { force: true });
}

interface ExtensionManifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

function startServerScript(
  install: ServerInstall,
  dataDir: string,
  logFile: string,
  env: ServerOptions['env'],
  args: readonly string[],
): ProcessTree {
  const guard = new URL('dieWithParent.ts', import.meta.url).href;
  const common = ['--accept-server-license-terms', '--server-data-dir', dataDir, '--disable-telemetry'];
  const tree = startTree(install.node, ['--import', guard, install.entry, ...common, ...args], {
    cwd: dataDir,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  tree.child.stdout?.pipe(log, { end: false });
  tree.child.stderr?.pipe(log, { end: false });
  void tree.ended.then(() => log.end());
  return tree;
}

async function installExtension(tree: ProcessTree, file: string, logFile: string): Promise<void> {
  const how = await withinLimit(tree.ended, INSTALL_LIMIT_MS);
  if (how === 'exited with code 0') return;
  throw new Error(`Installing ${file} ${how ?? 'took too long'}.\n${await tailOf(logFile)}`);
}

/** The port the server chose, as soon as it says that it listens there. */
async function listeningPort(tree: ProcessTree, logFile: string): Promise<number> {
  let printed = '';
  const listens = new Promise<number>(resolve => {
    tree.child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(printed)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
  const outcome = await withinLimit(Promise.race([listens, tree.ended]), START_LIMIT_MS);
  if (typeof outcome === 'number') return outcome;
  await tree.stop();
  throw new Error(
    `The VS Code server ${outcome ?? 'did not start listening in time'}.\n${await tailOf(logFile)}`,
  );
}

/** The last lines of a log, for an error message. */
export async function tailOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '(no log)');
  return text.split('\n').slice(-30).join('\n');
}
