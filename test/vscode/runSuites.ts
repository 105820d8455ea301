import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startBridge, type Answer } from './bridge.ts';
import {
  BRIDGE_VARIABLE,
  REMOTE_VERBS,
  ROOT_VARIABLE,
  type SuiteFailure,
  type SuitePlan,
} from './bridgeProtocol.ts';
import { bundleSuites, type SuiteBundle } from './bundle.ts';
import type { EditionName } from './edition.ts';
import type { Host, StartHost } from './host.ts';
import { RunWatch } from './runWatch.ts';
import { makeScratch } from './scratch.ts';
import { startServerHost } from './serverHost.ts';
import type { Workbench } from './workbench.ts';

/** What can be chosen for a run. */
export interface SuiteOptions {
  /** The project's root: where `test/host` and `.vscode-test` are. */
  readonly root: string;
  /** Test files, absolute or from the root. Default: all of `test/host`. */
  readonly files?: readonly string[];
  /** Only tests whose full title matches this regular expression. */
  readonly grep?: string | undefined;
  /** The folder of the extension under test. Default: the root. */
  readonly extensionDevelopmentPath?: string;
  /** Default: the newest. */
  readonly vscode?: EditionName | undefined;
  /** Default: the VS Code server. */
  readonly startHost?: StartHost;
  /** Environment variables for the extension host: the address of a simulated gateway, say. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings, laid over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder to open. Default: an empty one. */
  readonly workspaceFolder?: string;
  /** Keeps the profile from run to run. Default: a clean one. */
  readonly dataDir?: string;
  /** For one test or hook that sets no time-out itself, in ms. Default: 4 minutes. */
  readonly timeoutMs?: number;
  /** The longest a run may take, in ms. Default: 40 minutes. */
  readonly limitMs?: number;
  /** The longest a run may say nothing, in ms. Default: 5 minutes. */
  readonly silenceMs?: number;
}

/** How a run went. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
  readonly failures: readonly SuiteFailure[];
  /** From start to end of everything, in ms. */
  readonly durationMs: number;
}

/**
 * Compiles the suites, runs them inside the extension host of a real VS Code and streams mocha's output. Pictures of failed tests
 * are left in `out/host-tests`. Rejects when the suites could not be run, or hang; whatever happens, nothing is left running.
 */
export async function runSuites(options: SuiteOptions): Promise<SuiteResult> {
  const started = performance.now();
  const extension = options.extensionDevelopmentPath ?? options.root;
  await assertBuilt(extension);
  const bundle = await bundleSuites(options.root, options.files);
  const watch = new RunWatch(options.limitMs ?? 40 * 60_000, options.silenceMs ?? 5 * 60_000);
  const host = Promise.withResolvers<Host>();
  // Whoever asks for the host hears of its failure; that nobody asked is no failure.
  host.promise.catch(() => undefined);
  const bridge = await startBridge(answerWith(planOf(options, bundle), watch, host.promise, bundle.pictures));
  const scratch = makeScratch(tmpdir(), 'dailies-workspace');
  const workspace = join(scratch.path, 'workspace');
  await mkdir(workspace);
  try {
    const running = await (options.startHost ?? startServerHost)({
      root: options.root,
      vscode: options.vscode ?? 'newest',
      extensions: [extension, bundle.folder],
      folder: options.workspaceFolder ?? workspace,
      env: { ...options.env, [BRIDGE_VARIABLE]: bridge.url, [ROOT_VARIABLE]: options.root },
      settings: options.settings ?? {},
      dataDir: options.dataDir,
    });
    host.resolve(running);
    try {
      const outcome = await watch.result(running);
      return { ...outcome, durationMs: performance.now() - started };
    } finally {
      await running.stop();
    }
  } catch (error) {
    host.reject(error);
    throw error;
  } finally {
    await bridge.stop();
    scratch.remove();
    bundle.remove();
  }
}

function planOf(options: SuiteOptions, bundle: SuiteBundle): SuitePlan {
  return {
    files: bundle.files,
    color: process.stdout.isTTY,
    timeoutMs: options.timeoutMs ?? 4 * 60_000,
    grep: options.grep,
  };
}

/** The launcher's side of the bridge, for one run. */
function answerWith(plan: SuitePlan, watch: RunWatch, host: Promise<Host>, pictures: string): Answer {
  const furtherWindows: Workbench[] = [];
  let isClaimed = false;
  return async (request, hungUp) => {
    switch (request.type) {
      case 'claim': {
        if (isClaimed) return null;
        isClaimed = true;
        return plan;
      }
      case 'hold':
        await once(hungUp, 'abort');
        watch.takeLoss();
        return null;
      case 'event':
        watch.take(request.event);
        return null;
      case 'openWindow':
        return furtherWindows.push(await (await host).openWindow());
      case 'closeWindows':
        for (const one of furtherWindows) {
          if (!one.page.isClosed()) await one.close();
        }
        return null;
      case 'call': {
        const { window: number, verb, args } = request;
        const window = number === 0 ? (await host).workbench : furtherWindows[number - 1];
        if (!window) throw new Error(`There is no window ${number}`);
        if (!REMOTE_VERBS.includes(verb)) throw new Error(`A window has no verb "${verb}"`);
        if (verb === 'screenshot') return window.screenshot(resolve(pictures, String(args[0])));
        return (window[verb] as (...args: unknown[]) => Promise<unknown>).apply(window, [...args]);
      }
    }
  };
}

/** Without its compiled entry an extension only fails to activate, which says nothing of why. */
async function assertBuilt(extension: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8')) as { main?: string };
  const entry = manifest.main && join(extension, manifest.main);
  if (entry && !existsSync(entry) && !existsSync(`${entry}.js`))
    throw new Error(`${entry} is missing: build the extension first`);
}
