import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** So long after a key its work is over, ms: Dailies waits for a pause in the typing, VS Code for others. */
export const AFTER_KEY = 900;

/** What the extension host did after one key. */
export interface KeyWork {
  /** CPU that it took altogether, with all of its threads, ms. */
  readonly busy: number;
  /** The longest that it was busy at a time, ms. */
  readonly longest: number;
  /** Until the Problems view was told, ms; `null` where it was not. */
  readonly told: number | null;
}

/**
 * Makes an extension that opens the only file of the window's folder, and writes down what the extension host that it shares with Dailies does
 * after each key.
 */
export async function makeWatcher(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'bench-watcher',
    publisher: 'dailies',
    version: '0.0.0',
    type: 'module',
    engines: { vscode: '^1.105.0' },
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    main: './extension.js',
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'extension.js'),
    `import { writeFileSync } from 'node:fs';
     import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
     import { ConfigurationTarget, languages, Range, TextEditorRevealType, window, workspace } from 'vscode';
     export async function activate() {
       // In a browser VS Code saves by itself, which is work of its own.
       await workspace.getConfiguration('files').update('autoSave', 'off', ConfigurationTarget.Global);
       const [uri] = await workspace.findFiles('*.md');
       const document = await workspace.openTextDocument(uri);
       const line = Math.floor(document.lineCount / 2 / 10) * 10 + 3;
       const end = document.lineAt(line).range.end;
       const editor = await window.showTextDocument(document, { selection: new Range(end, end) });
       editor.revealRange(new Range(end, end), TextEditorRevealType.InCenter);
       const found = { language: document.languageId, line: document.lineAt(line).text, keys: [] };
       const tell = () => writeFileSync(uri.fsPath + '.json', JSON.stringify(found));
       const delay = monitorEventLoopDelay({ resolution: 1 });
       delay.enable();
       let told;
       let startedAt;
       languages.onDidChangeDiagnostics(({ uris }) => {
         if (startedAt !== undefined && told === undefined && uris.some(one => one.toString() === uri.toString())) {
           told = performance.now() - startedAt;
         }
       });
       workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
         if (changed !== document || contentChanges.length === 0) {
           return;
         }
         const before = process.cpuUsage();
         startedAt = performance.now();
         told = undefined;
         delay.reset();
         setTimeout(() => {
           const { user, system } = process.cpuUsage(before);
           found.keys.push({ busy: (user + system) / 1e3, longest: delay.max / 1e6, told: told ?? null });
           tell();
         }, ${AFTER_KEY});
       });
       tell();
     }`,
  );
  return folder;
}
