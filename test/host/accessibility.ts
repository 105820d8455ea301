import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type axe from 'axe-core';
import { projectPath, waitUntil, type RemoteWorkbench } from '../vscode/bridgeClient.ts';

/** VS Code's themes, with the class that the page of a webview has in each. */
const THEMES = {
  dark: ['Dark 2026', 'vscode-dark'],
  light: ['Light 2026', 'vscode-light'],
  highContrast: ['Default High Contrast', 'vscode-high-contrast'],
  lightHighContrast: ['Default High Contrast Light', 'vscode-high-contrast-light'],
} as const;

/** Sets these themes one after the other, and looks at the webview that is shown as soon as it has each. `useThemes` undoes it. */
export async function inThemes(
  window: RemoteWorkbench,
  themes: readonly (keyof typeof THEMES)[],
  look: (kind: string) => Promise<void>,
): Promise<void> {
  for (const [theme, kind] of themes.map(name => THEMES[name])) {
    await setTheme(theme);
    await waitUntil(
      theme,
      async () =>
        (await window.evaluateInWebview(`document.body.classList.contains('${kind}')`)) === true || undefined,
    );
    await look(kind);
  }
}

/** After each test of a suite VS Code has its own theme again. */
export function useThemes(): void {
  afterEach(async () => {
    await setTheme(undefined);
  });
}

/** Nothing in the webview that is shown is a serious hindrance to anybody, as far as axe-core can tell. */
export async function assertAccessible(window: RemoteWorkbench): Promise<void> {
  const source = readFileSync(projectPath('node_modules', 'axe-core', 'axe.min.js'), 'utf8');
  await window.evaluateInWebview(`${source}; 0`);
  const found = (await window.evaluateInWebview('axe.run()')) as axe.AxeResults;
  assert.ok(found.passes.length > 10);
  assert.deepEqual(
    found.violations
      .filter(one => one.impact === 'serious' || one.impact === 'critical')
      .map(one => [one.id, one.nodes.map(node => node.html)]),
    [],
  );
}

async function setTheme(theme: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('workbench')
    .update('colorTheme', theme, vscode.ConfigurationTarget.Global);
}
