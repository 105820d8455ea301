import { ThemeColor, ThemeIcon } from 'vscode';
import { mediumOfFile } from '../tasks/clipKind.ts';
import type { Medium } from '../tasks/family.ts';
import { isAtRisk } from '../tasks/risk.ts';
import { shownStateOf } from '../tasks/shownState.ts';
import type { Task } from '../tasks/task.ts';
import { LOOKS, RISK_COLOUR, still } from './stateLooks.ts';

/** What is ready and is no video has an icon that shows what it is. */
const READY_ICONS: Readonly<Partial<Record<Medium, string>>> = { image: 'file-media', audio: 'unmute' };

/** The icon of a task's state; coloured only if it deserves attention. */
export function iconOf(task: Task, now: number): ThemeIcon {
  const state = shownStateOf(task);
  const { icon, colour } = LOOKS[state];
  const shown = isAtRisk(task, now) ? RISK_COLOUR : colour;
  const id = state === 'ready' ? (READY_ICONS[mediumOfFile(task.filePath ?? '')] ?? icon) : icon;
  return shown === null ? new ThemeIcon(id) : new ThemeIcon(id, new ThemeColor(shown));
}

/** The same for quick picks, where VS Code spins icons off-centre. */
export function stillIconOf(task: Task, now: number): ThemeIcon {
  const { id, color } = iconOf(task, now);
  return new ThemeIcon(still(id), color);
}
