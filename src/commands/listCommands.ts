import { commands as vscodeCommands, ConfigurationTarget, l10n, window, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { listSettings } from '../host/settings.ts';
import { commands, settings, views, type CommandId } from '../ids.ts';
import type { Grouping, Sorting } from '../tasks/arrangement.ts';
import { registerCommand } from './register.ts';

/** The verbs on the list as a whole: how it is divided, ordered and searched. */
export function registerListCommands(list: { filter: string }): Disposable {
  const registered = new DisposableStore();
  const apply = (filter: string): void => {
    list.filter = filter;
  };
  const on = (id: CommandId, run: () => Promise<unknown>): void => {
    registered.add(registerCommand(id, run));
  };

  on(commands.groupBy, async () => {
    const choices: [Grouping, string][] = [
      ['state', l10n.t('State')],
      ['model', l10n.t('Model')],
      ['day', l10n.t('Day')],
      ['none', l10n.t('None')],
    ];
    await choose(l10n.t('Group tasks by'), settings.groupBy, choices, listSettings().grouping);
  });
  on(commands.sortBy, async () => {
    const choices: [Sorting, string][] = [
      ['newest', l10n.t('Newest First')],
      ['oldest', l10n.t('Oldest First')],
      ['name', l10n.t('Name')],
      ['model', l10n.t('Model')],
    ];
    await choose(l10n.t('Sort tasks by'), settings.sortBy, choices, listSettings().sorting);
  });
  on(commands.filter, async () => {
    const before = list.filter;
    await vscodeCommands.executeCommand(`${views.tasks}.focus`);
    if (!(await askForFilter(before, apply))) {
      apply(before);
    }
    await vscodeCommands.executeCommand(`${views.tasks}.focus`);
  });
  on(commands.clearFilter, async () => {
    apply('');
    await vscodeCommands.executeCommand(`${views.tasks}.focus`);
  });
  return registered;
}

/** Asks for a filter, which is applied while it is typed. Gives whether the person wants to keep it. */
function askForFilter(value: string, apply: (filter: string) => void): Promise<boolean> {
  const box = window.createInputBox();
  box.title = l10n.t('Filter Tasks');
  box.prompt = l10n.t('Filter by name, prompt, model, state, or ID');
  box.value = value;
  return new Promise(done => {
    box.onDidChangeValue(apply);
    box.onDidAccept(() => {
      done(true);
      box.dispose();
    });
    box.onDidHide(() => {
      done(false);
      box.dispose();
    });
    box.show();
  });
}

async function choose<T extends string>(
  title: string,
  setting: string,
  choices: readonly (readonly [value: T, label: string])[],
  current: T,
): Promise<void> {
  const items = choices.map(([value, label]) => ({
    label,
    description: value === current ? l10n.t('Current') : '',
    value,
  }));
  const chosen = await window.showQuickPick(items, { title, placeHolder: title });
  if (chosen) {
    await workspace.getConfiguration().update(setting, chosen.value, ConfigurationTarget.Global);
  }
}
