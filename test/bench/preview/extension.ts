import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The least that plays a clip: rows in a view beside Dailies' own, and a webview with a video in it. */
export async function makeBarePlayer(
  folder: string,
  clips: Readonly<Record<string, string>>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'bench-bare',
    publisher: 'dailies',
    version: '0.0.0',
    type: 'module',
    engines: { vscode: '^1.105.0' },
    extensionKind: ['ui', 'workspace'],
    activationEvents: ['onStartupFinished'],
    main: './extension.js',
    contributes: {
      views: { dailies: [{ id: 'bench.bare', name: 'Bare' }] },
      commands: [{ command: 'bench.play', title: 'Play' }],
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'extension.js'),
    `import { commands, TreeItem, Uri, ViewColumn, window } from 'vscode';
     const clips = ${JSON.stringify(clips)};
     let panel;
     function play(name) {
       const file = Uri.file(clips[name]);
       if (!panel) {
         panel = window.createWebviewPanel('bench.bare', 'Bare', ViewColumn.Active, {
           // For the bench's own clock in the page.
           enableScripts: true,
           localResourceRoots: [Uri.joinPath(file, '..')],
         });
         panel.onDidDispose(() => (panel = undefined));
       }
       panel.webview.html = '<!DOCTYPE html><video autoplay src="' + panel.webview.asWebviewUri(file) + '"></video>';
     }
     export function activate(context) {
       const getTreeItem = name => {
         const item = new TreeItem(name);
         item.command = { command: 'bench.play', title: '', arguments: [name] };
         return item;
       };
       const treeDataProvider = { getChildren: name => (name ? [] : Object.keys(clips)), getTreeItem };
       context.subscriptions.push(
         window.createTreeView('bench.bare', { treeDataProvider }),
         commands.registerCommand('bench.play', play),
       );
     }`,
  );
  return folder;
}
