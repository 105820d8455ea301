import { build } from 'esbuild';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The parts of a manifest that the bench touches. */
interface Manifest {
  readonly name: string;
  readonly main: string;
  readonly contributes: object;
}

/** What both bare extensions have in common with Dailies. */
const bare = {
  publisher: 'dailies',
  version: '0.0.0',
  type: 'module',
  engines: { vscode: '^1.105.0' },
  extensionKind: ['ui', 'workspace'],
  activationEvents: ['onStartupFinished'],
};

/** Dailies, built for production as it is shipped, with a way to change a task from outside. */
export async function makeDailiesToWatch(root: string, folder: string): Promise<string> {
  await copyDailies(root, folder, ['l10n', 'media'], './dist/dailiesHost.js');
  await compile(root, join(root, 'test/bench/tree/dailiesHost.ts'), join(folder, 'dist'));
  return folder;
}

/** A view beside Dailies' own, in the same sidebar. */
export async function makeBareToWatch(root: string, folder: string): Promise<string> {
  await compile(root, join(root, 'test/bench/tree/bareHost.ts'), folder);
  await writeManifest(folder, {
    ...bare,
    name: 'bench-bare',
    main: './bareHost.js',
    contributes: { views: { dailies: [{ id: 'bench.bare', name: 'Bare' }] } },
  });
  return folder;
}

/** A saver of clips, built as Dailies is. */
export async function makeSaver(root: string, folder: string): Promise<string> {
  await compile(root, join(root, 'test/bench/saving/hostExtension.ts'), folder);
  await writeManifest(folder, { ...bare, name: 'bench-saver', main: './hostExtension.js', contributes: {} });
  return folder;
}

/** Dailies as it was built, behind an entry that times it. */
export async function makeDailiesToTime(root: string, folder: string): Promise<string> {
  await copyDailies(root, folder, ['l10n', 'media', 'dist'], './timed.js');
  await writeFile(join(folder, 'timed.js'), timedEntry('dailies', './dist/extension.js'));
  return folder;
}

/** An extension with the same views and nothing in them, behind the same entry. */
export async function makeEmptyToTime(root: string, folder: string): Promise<string> {
  const { contributes } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    contributes: { viewsContainers: object; views: object };
  };
  const { viewsContainers, views } = JSON.parse(
    JSON.stringify(contributes).replaceAll('"dailies', '"bench-empty').replaceAll('%', ''),
  ) as typeof contributes;
  await mkdir(join(folder, 'media'), { recursive: true });
  await cp(join(root, 'media/icon.svg'), join(folder, 'media/icon.svg'));
  await writeManifest(folder, {
    ...bare,
    name: 'bench-empty',
    main: './timed.js',
    contributes: { viewsContainers, views },
  });
  await writeFile(join(folder, 'timed.js'), timedEntry('empty', './extension.js'));
  await writeFile(
    join(folder, 'extension.js'),
    `import { window } from 'vscode';
     export function activate(context) {
       const treeDataProvider = { getChildren: () => [], getTreeItem: row => row };
       context.subscriptions.push(window.createTreeView('bench-empty.tasks', { treeDataProvider }));
     }`,
  );
  return folder;
}

/** Loads and activates the extension where the folder that is open is named for it, and notes how long that takes. */
function timedEntry(name: string, main: string): string {
  return `
    import { workspace } from 'vscode';
    import { renameSync, writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    export async function activate(context) {
      if (workspace.workspaceFolders?.[0]?.name !== '${name}') return;
      const start = performance.now();
      const extension = await import('${main}');
      const loaded = performance.now();
      const promise = extension.activate(context);
      const returned = performance.now();
      await promise;
      const end = performance.now();
      const file = join(process.env.DAILIES_BENCH_FOLDER, '${name}.json');
      writeFileSync(file + '.part', JSON.stringify({
        loadMs: loaded - start, callMs: returned - loaded, activateMs: end - loaded,
      }));
      renameSync(file + '.part', file);
    }`;
}

/** Dailies' manifest and what it shows, with another entry. */
async function copyDailies(
  root: string,
  folder: string,
  parts: readonly string[],
  main: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const part of [...parts, 'package.nls.json', 'package.nls.zh-cn.json']) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  await writeManifest(folder, { ...manifest, main });
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}

/** As `esbuild.js` builds for production. */
async function compile(root: string, entry: string, outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    banner: {
      js: "import { createRequire as dailiesCreateRequire } from 'node:module'; const require = dailiesCreateRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}
