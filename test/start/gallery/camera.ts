import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../vscode/wait.ts';
import type { Workbench } from '../../vscode/workbench.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Where the pictures go. */
export const OUT = join(root, 'out/gallery');

/** The languages of Dailies, by its files of words. */
export type Language = 'en' | 'zh-cn';

/** A word of the manifest, so that the gallery finds what it presses whatever that is called. */
function word(key: string, language: Language): string {
  const file = language === 'en' ? 'package.nls.json' : `package.nls.${language}.json`;
  const words = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>;
  return words[key] ?? key;
}

/** What the list is called. */
export function viewName(language: Language = 'en'): string {
  return word('view.tasks', language);
}

/** Runs a command of Dailies, by the name that its title has in the manifest. */
export async function run(workbench: Workbench, name: string, language: Language = 'en'): Promise<void> {
  await workbench.runCommand(`Dailies: ${word(`command.${name}`, language)}`);
}

/** VS Code's themes, and the class that its page has with each. */
export const LOOKS = {
  dark: { name: 'dark', theme: 'Dark 2026', mark: 'vs-dark' },
  light: { name: 'light', theme: 'Light 2026', mark: 'vs' },
  contrast: { name: 'high-contrast', theme: 'Dark High Contrast', mark: 'hc-black' },
} as const;

/** The looks of VS Code that are seldom, which only some scenes are taken in. */
export const LIGHT_CONTRAST = {
  name: 'light-high-contrast',
  theme: 'Light High Contrast',
  mark: 'hc-light',
} as const;

export type Look = (typeof LOOKS)[keyof typeof LOOKS] | typeof LIGHT_CONTRAST;

/** Changes the colours, as a person does. (VS Code does not see settings that are written to its file here.) */
export async function show(workbench: Workbench, { theme, mark }: Look): Promise<void> {
  await workbench.runCommand('Preferences: Color Theme');
  await workbench.typeQuickInput(theme);
  await workbench.pickRow(theme);
  await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
  // The colours of icons come a moment later.
  await sleep(700);
}

/** Takes a picture of what is there, toasts, menus and all. */
export async function take(workbench: Workbench, name: string): Promise<void> {
  await workbench.screenshot(join(OUT, `${name}.png`));
  console.log(`  ${name}`);
}

/** Nothing lies over the page, and nothing has a tooltip. */
export async function tidy(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('Escape');
  await workbench.clearNotifications();
  await rest(workbench);
}

/** Puts the pointer into the title bar, where nothing has a tooltip, and waits until the last one has gone. */
export async function rest(workbench: Workbench): Promise<void> {
  await workbench.page.mouse.move(120, 14);
  await sleep(700);
}

/** What lies over the page comes in by degrees. */
export async function settle(): Promise<void> {
  await sleep(500);
}

/** Waits until something is so on the page of the active tab. */
export async function untilInPage(workbench: Workbench, expression: string): Promise<void> {
  await waitUntil(
    expression,
    async () => (await workbench.evaluateInWebview(expression)) === true || undefined,
    async () => String(await workbench.evaluateInWebview('document.body.innerText')),
  );
}

/** Opens the page of a row. A row that is drawn anew under the pointer takes no click: it is then clicked again. */
export async function openPage(
  workbench: Workbench,
  view: string,
  row: string,
  isShown: string,
): Promise<void> {
  await waitUntil(`the page of "${row}"`, async () => {
    await workbench.clickRow(view, row);
    await sleep(1_500);
    return (await workbench.tabs()).length > 0 || undefined;
  });
  await untilInPage(workbench, isShown);
}
