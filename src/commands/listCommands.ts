import { commands as vscodeCommands, ConfigurationTarget, l10n, ThemeIcon, window, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { listSettings } from '../host/settings.ts';
import { choiceCommands, commands, listChoices, settings, views, type CommandId } from '../ids.ts';
import type { Grouping, Sorting } from '../tasks/arrangement.ts';
import { registerCommand } from './register.ts';

/** The commands that group, sort and filter the list. */
export function registerListCommands(list: { filter: string }): Disposable {
  const registered = new DisposableStore();
  const apply = (filter: string): void => {
    list.filter = filter;
  };
  const on = (id: CommandId, run: () => Promise<unknown>): void => {
    registered.add(registerCommand(id, run));
  };

  for (const [list, id] of [
    ['groupBy', commands.groupBy],
    ['sortBy', commands.sortBy],
  ] as const) {
    on(id, async () => {
      await chooseOption(list);
    });
    for (const choice of listChoices[list]) {
      for (const command of choiceCommands(list, choice)) {
        registered.add(
          vscodeCommands.registerCommand(command, async () => {
            await set(list, choice);
          }),
        );
      }
    }
  }
  on(commands.filter, async () => {
    const before = list.filter;
    await vscodeCommands.executeCommand(`${views.tasks}.focus`);
    if (!(await promptForFilter(before, apply))) {
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

/** Shows an input box for the filter, which is applied while typing. Resolves to whether the user accepted it. */
function promptForFilter(value: string, apply: (filter: string) => void): Promise<boolean> {
  const box = window.createInputBox();
  box.title = l10n.t('Filter Tasks');
  box.prompt = l10n.t('Filter by name, prompt, model, state, note, or ID');
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

/** Lets the user choose how to group or sort the list. The current choice has a check mark. */
async function chooseOption(list: keyof typeof listChoices): Promise<void> {
  const { grouping, sorting } = listSettings();
  const current = list === 'groupBy' ? grouping : sorting;
  const title = list === 'groupBy' ? l10n.t('Group tasks by') : l10n.t('Sort tasks by');
  const items = listChoices[list].map(choice => ({
    label: nameOfChoice(choice),
    iconPath: new ThemeIcon(choice === current ? 'check' : 'blank'),
    choice,
  }));
  const chosen = await window.showQuickPick(items, { title, placeHolder: title });
  if (chosen) {
    await set(list, chosen.choice);
  }
}

async function set(list: keyof typeof listChoices, choice: Grouping | Sorting): Promise<void> {
  await workspace.getConfiguration().update(settings[list], choice, ConfigurationTarget.Global);
}

function nameOfChoice(choice: Grouping | Sorting): string {
  switch (choice) {
    case 'state':
      return l10n.t('State');
    case 'shot':
      return l10n.t('Shot');
    case 'model':
      return l10n.t('Model');
    case 'day':
      return l10n.t('Day');
    case 'none':
      return l10n.t('None');
    case 'newest':
      return l10n.t('Newest First');
    case 'oldest':
      return l10n.t('Oldest First');
    case 'name':
      return l10n.t('Name');
  }
}
