import { ThemeColor, ThemeIcon } from 'vscode';
import { isAtRisk } from '../tasks/risk.ts';
import { isUnderWay, type Task } from '../tasks/task.ts';

/** The state as an icon: shape for the kind, colour only where something wants a look. */
export function iconOf(task: Task, now: number): ThemeIcon {
  if (task.generation === 'completed') {
    return fileIconOf(task, now);
  }
  if (isUnderWay(task) && task.problem !== null) {
    return new ThemeIcon('debug-disconnect', new ThemeColor('problemsWarningIcon.foreground'));
  }
  switch (task.generation) {
    case 'unknown':
    case 'queued':
      // Not `clock`, which is drawn as a look back.
      return new ThemeIcon('circle-large-outline');
    case 'processing':
      return new ThemeIcon('loading~spin');
    case 'unrecognised':
      return new ThemeIcon('question');
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
    case 'cancelled':
      return new ThemeIcon('circle-slash');
    case 'stalled':
    case 'notFound':
      return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
  }
}

/** The same for quick picks, where what turns (`loading` always does) turns about a point beside it. */
export function stillIconOf(task: Task, now: number): ThemeIcon {
  const icon = iconOf(task, now);
  return icon.id === 'loading~spin' ? new ThemeIcon('sync') : icon;
}

function fileIconOf(task: Task, now: number): ThemeIcon {
  switch (task.file) {
    case 'none':
    case 'waiting':
    case 'downloading':
      if (task.videoUrl === null && task.nextPollAt === null) {
        return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
      }
      return new ThemeIcon(task.videoUrl === null ? 'watch' : 'cloud-download', riskColour(task, now));
    case 'saved':
      // Of VS Code's greens one that is dark enough on a light background, as that of tests is not.
      return new ThemeIcon('pass', new ThemeColor('charts.green'));
    case 'failed':
    case 'expired':
    case 'missing':
      return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
  }
}

function riskColour(task: Task, now: number): ThemeColor | undefined {
  return isAtRisk(task, now) ? new ThemeColor('problemsWarningIcon.foreground') : undefined;
}
