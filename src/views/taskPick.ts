import { commands as vscodeCommands, l10n, ThemeIcon, window, type QuickInputButton } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { Ticker } from '../base/ticker.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { commands, views, type CommandId } from '../ids.ts';
import { PickRows, type PickRow, type PickRowSource } from './pickRows.ts';
import { actionsOf, nextActionOf, type TaskAction } from './taskActions.ts';

/** What the quick pick depends on. */
export interface TaskPickDependencies extends PickRowSource {
  readonly clock: Clock;
  readonly ticker: Ticker;
  readonly log: Log;
}

/** A button in the title bar. */
interface TitleButton extends QuickInputButton {
  readonly command: CommandId | `${typeof views.tasks}.focus`;
  readonly staysOpen: boolean;
}

/** Changes within this time are drawn together, because VS Code redraws all rows each time, ms. */
const SETTLE = 100;

/** Commands that keep the quick pick open, because the row shows their effect. */
const STAY_OPEN: ReadonlySet<CommandId> = new Set([
  commands.refresh,
  commands.saveNow,
  commands.retrySave,
  commands.requestLink,
  commands.stopSaving,
]);

/** A quick pick of all tasks, updated while it is open. Enter runs the default action, and buttons the others. */
export class TaskPick implements Disposable {
  private readonly dependencies: TaskPickDependencies;
  private readonly owned = new DisposableStore();
  private readonly pick = this.owned.add(window.createQuickPick<PickRow>());
  private readonly rows: PickRows;
  private settling: Disposable | undefined;

  /** Shows the quick pick, which disposes itself when it closes. */
  constructor(dependencies: TaskPickDependencies) {
    this.dependencies = dependencies;
    this.rows = new PickRows(dependencies);
    const { pick, owned } = this;
    pick.title = l10n.t('Go to Task');
    pick.placeholder = l10n.t('Search tasks. Enter: default action; Tab: more actions');
    pick.matchOnDescription = true;
    pick.keepScrollPosition = true;
    pick.buttons = titleButtons();
    owned.add(
      pick.onDidAccept(() => {
        this.accept();
      }),
    );
    owned.add(
      pick.onDidTriggerItemButton(({ item, button }) => {
        if ('action' in button) {
          this.runOn(item, button.action as TaskAction);
        }
      }),
    );
    owned.add(
      pick.onDidTriggerButton(button => {
        const { command, staysOpen } = button as TitleButton;
        this.run(command, undefined, staysOpen);
      }),
    );
    owned.add(
      pick.onDidHide(() => {
        this.dispose();
      }),
    );
    owned.add(
      pick.onDidChangeValue(() => {
        this.drawSoon();
      }),
    );
    owned.add(
      dependencies.tasks.onDidChange(() => {
        this.drawSoon();
      }),
    );
    owned.add({ dispose: () => this.settling?.dispose() });
    owned.add(
      dependencies.ticker.onDidTick(() => {
        this.draw();
      }),
    );
    this.draw();
    pick.show();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private drawSoon(): void {
    this.settling ??= this.dependencies.clock.setTimer(() => {
      this.settling = undefined;
      this.draw();
    }, SETTLE);
  }

  /** Replaces the rows if any has changed, and keeps the active one. */
  private draw(): void {
    const { pick } = this;
    const rows = this.rows.all(pick.value, this.dependencies.ticker.now());
    if (rows.length === pick.items.length && rows.every((row, index) => row === pick.items[index])) {
      return;
    }
    const [active] = pick.activeItems;
    pick.items = rows;
    const again = rows.find(row => row.id === active?.id);
    if (again) {
      pick.activeItems = [again];
    }
  }

  private accept(): void {
    const [row] = this.pick.selectedItems;
    const task = row?.task === undefined ? undefined : this.dependencies.tasks.get(row.task);
    if (task) {
      this.run(nextActionOf(task).command, task.key, false);
    } else if (row?.command) {
      this.run(row.command, row.argument, false);
    }
  }

  /** Runs an action, unless the task has changed since its row was drawn and no longer offers it. */
  private runOn(row: PickRow, { command }: TaskAction): void {
    const task = row.task === undefined ? undefined : this.dependencies.tasks.get(row.task);
    if (task && actionsOf(task).some(action => action.command === command)) {
      this.run(command, task.key, STAY_OPEN.has(command));
    }
  }

  private run(command: string, argument: unknown, staysOpen: boolean): void {
    const { log } = this.dependencies;
    if (!staysOpen) {
      this.pick.hide();
    }
    vscodeCommands.executeCommand(command, argument).then(undefined, (error: unknown) => {
      log.error(`${command}: ${messageOf(error)}`);
    });
  }
}

function titleButtons(): TitleButton[] {
  return [
    {
      iconPath: new ThemeIcon('add'),
      tooltip: l10n.t('New Video…'),
      command: commands.newVideo,
      staysOpen: false,
    },
    {
      iconPath: new ThemeIcon('link'),
      tooltip: l10n.t('Track Task…'),
      command: commands.track,
      staysOpen: false,
    },
    {
      iconPath: new ThemeIcon('refresh'),
      tooltip: l10n.t('Refresh All'),
      command: commands.refreshAll,
      staysOpen: true,
    },
    {
      iconPath: new ThemeIcon('list-tree'),
      tooltip: l10n.t('Show Tasks'),
      command: `${views.tasks}.focus`,
      staysOpen: false,
    },
  ];
}
