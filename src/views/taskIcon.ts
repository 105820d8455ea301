import { ThemeColor, ThemeIcon } from 'vscode';
import { isAtRisk } from '../tasks/risk.ts';
import { shownStateOf } from '../tasks/shownState.ts';
import type { Task } from '../tasks/task.ts';
import { LOOKS, RISK_COLOUR, still } from './stateLooks.ts';

/** The icon of a task's state; coloured only if it deserves attention. */
export function iconOf(task: Task, now: number): ThemeIcon {
  const { icon, colour } = LOOKS[shownStateOf(task)];
  const shown = isAtRisk(task, now) ? RISK_COLOUR : colour;
  return shown === null ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(shown));
}

/** The same for quick picks, where VS Code spins icons off-centre. */
export function stillIconOf(task: Task, now: number): ThemeIcon {
  const { id, color } = iconOf(task, now);
  return new ThemeIcon(still(id), color);
}
