import { l10n, QuickPickItemKind, ThemeIcon, type QuickInputButton } from 'vscode';
import { commands, type CommandId } from '../ids.ts';
import { arrange, stateGroupOf, type Sorting } from '../tasks/arrangement.ts';
import type { Eta } from '../polling/forecast.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { Pause } from '../tasks/pause.ts';
import { summaryOf } from '../tasks/summary.ts';
import { TasksByTally } from '../tasks/tally.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { groupName } from './groupWords.ts';
import { isFoundById, matches, MOST_ROWS, type TaskRow } from './pickLimit.ts';
import { plain } from '../base/plainText.ts';
import { problemText, saveProblemText } from './stateWords.ts';
import { pauseWords } from './summaryText.ts';
import { actionsOf, actionTitle, type TaskAction } from './taskActions.ts';
import { stillIconOf } from './taskIcon.ts';
import { nameOf } from './names.ts';
import { descriptionOf } from './taskText.ts';

/** What the rows are built from. */
export interface PickRowSource {
  readonly tasks: LiveTasks;
  readonly pauses: () => readonly Pause[];
  readonly sorting: () => Sorting;
  /** The remaining time of a task, if it can be estimated. */
  readonly etaOf: (task: Task) => Eta | undefined;
}

/** A row of the quick pick of tasks. `id` identifies what the row is for, whatever its text. */
export interface PickRow extends TaskRow {
  readonly id: string;
  readonly task?: TaskKey;
  readonly buttons?: readonly ActionButton[];
  /** What a row without a task runs. */
  readonly command?: CommandId;
  readonly argument?: string;
}

/** A button in a task's row. */
export interface ActionButton extends QuickInputButton {
  readonly action: TaskAction;
}

/** The longest detail line, characters: a gateway's error message may be arbitrarily long. */
const LONGEST_DETAIL = 300;

/** The rows of the quick pick of tasks. A row that has not changed stays the same object. */
export class PickRows {
  private readonly source: PickRowSource;
  private readonly known = new Map<string, PickRow>();
  private readonly drawn = new Map<TaskKey, { task: Task; at: number; row: PickRow }>();
  private readonly buttons = new Map<CommandId, ActionButton>();

  constructor(source: PickRowSource) {
    this.source = source;
  }

  /**
   * All rows: what can be done about a pause, then the tasks by state; without any task, the first steps. `typed` is the search
   * text: VS Code filters by it, and this class only limits the number of rows.
   */
  all(typed: string, now: number): PickRow[] {
    const { tasks, sorting } = this.source;
    if (tasks.size === 0) {
      return [
        this.kept(commandRow('add', l10n.t('New Video…'), commands.newVideo)),
        this.kept(commandRow('link', l10n.t('Track Task…'), commands.track)),
        this.kept(commandRow('key', l10n.t('Set API Key…'), commands.setKey)),
      ];
    }
    const rows = this.helpRows(now);
    let leftOut = 0;
    for (const group of arrange(tasks.all(), { grouping: 'state', sorting: sorting(), nameOf }, now)) {
      const found = this.find(group.tasks, typed, now);
      leftOut += found.length - Math.min(found.length, MOST_ROWS);
      rows.push(
        this.kept({
          id: `group:${group.id}`,
          label: groupName(group.id, 'state', now),
          kind: QuickPickItemKind.Separator,
        }),
        ...found.slice(0, MOST_ROWS).map(task => this.foundRow(task, typed, now)),
      );
    }
    if (leftOut > 0) {
      const label = l10n.t('{0} more… Type to search', leftOut);
      rows.push(this.kept({ id: 'more', label, iconPath: new ThemeIcon('ellipsis'), alwaysShow: true }));
    }
    return rows;
  }

  /** The tasks of a group that may match. */
  private find(keys: readonly TaskKey[], typed: string, now: number): Task[] {
    const tasks = keys.map(key => this.source.tasks.get(key)).filter(task => task !== undefined);
    return typed.trim() === '' || tasks.length <= MOST_ROWS
      ? tasks
      : tasks.filter(task => {
          const row = this.taskRow(task, now);
          return matches(row, typed) || isFoundById(row, typed);
        });
  }

  /** A task's row, which shows the ID if that is what matches. */
  private foundRow(task: Task, typed: string, now: number): PickRow {
    const row = this.taskRow(task, now);
    return isFoundById(row, typed)
      ? this.kept({
          ...row,
          id: `${row.id} by ID`,
          description: `${row.description ?? ''} · ${task.id}`,
          alwaysShow: true,
        })
      : row;
  }

  private helpRows(now: number): PickRow[] {
    const { tasks, pauses } = this.source;
    const [hold] = summaryOf(new TasksByTally(tasks.all()), pauses(), now).holds;
    switch (hold?.reason) {
      case 'person':
        return [this.kept(helpRow(hold, 'debug-continue', l10n.t('Resume Polling'), commands.resumePolling))];
      case 'keyRejected':
      case 'noKey':
      case 'keyUnreadable':
        return [this.kept(helpRow(hold, 'key', l10n.t('Set API Key…'), commands.setKey))];
      case 'outOfCredit':
        return [this.kept(helpRow(hold, 'refresh', l10n.t('Refresh All'), commands.refreshAll))];
      case 'unreachable':
      case 'rateLimited':
      case undefined:
        return [];
    }
  }

  /** A cached row is reused until its task or the minute changes, because any change redraws thousands of rows. */
  private taskRow(task: Task, now: number): PickRow {
    const before = this.drawn.get(task.key);
    if (before?.task === task && before.at === now && before.row.label === nameOf(task)) {
      return before.row;
    }
    const row = this.kept({
      id: `task:${task.key}`,
      task: task.key,
      taskId: task.id,
      label: nameOf(task),
      description: plain(descriptionOf(task, now, this.source.etaOf(task), false)),
      detail: detailOf(task, now),
      iconPath: stillIconOf(task, now),
      buttons: actionsOf(task).map(action => this.button(action)),
    });
    this.drawn.set(task.key, { task, at: now, row });
    return row;
  }

  private button(action: TaskAction): ActionButton {
    let button = this.buttons.get(action.command);
    if (!button) {
      button = { action, iconPath: new ThemeIcon(action.icon), tooltip: actionTitle(action) };
      this.buttons.set(action.command, button);
    }
    return button;
  }

  private kept(row: PickRow): PickRow {
    const before = this.known.get(row.id);
    if (before && looksSame(before, row)) {
      return before;
    }
    this.known.set(row.id, row);
    return row;
  }
}

function commandRow(icon: string, label: string, command: CommandId): PickRow {
  return { id: command, label, iconPath: new ThemeIcon(icon), command };
}

function helpRow({ reason, gateway }: Pause, icon: string, label: string, command: CommandId): PickRow {
  return { ...commandRow(icon, label, command), description: pauseWords(reason), argument: gateway };
}

/** The second line: why a task failed, or why its clip is not saved. */
function detailOf(task: Task, now: number): string {
  const group = stateGroupOf(task, now);
  if (group !== 'failed' && group !== 'attention') {
    return '';
  }
  const why =
    group === 'failed'
      ? plain(task.error ?? '')
      : saveProblemText(task.saveProblem, task.saveProblemText ?? '') ||
        problemText(task) ||
        plain(task.error ?? '');
  return why.replace(/\s+/g, ' ').slice(0, LONGEST_DETAIL);
}

function looksSame(a: PickRow, b: PickRow): boolean {
  const [icon, other] = [a, b].map(({ iconPath }) => (iconPath instanceof ThemeIcon ? iconPath : undefined));
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.detail === b.detail &&
    a.argument === b.argument &&
    icon?.id === other?.id &&
    icon?.color?.id === other?.color?.id &&
    a.buttons?.length === b.buttons?.length &&
    (a.buttons ?? []).every((button, index) => button === b.buttons?.[index])
  );
}
