import { commands as vscodeCommands, ConfigurationTarget, l10n, ThemeIcon, window, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { listSettings } from '../host/settings.ts';
import { choiceCommands, commands, listChoices, settings, views, type CommandId } from '../ids.ts';
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

  for (const [list, id] of [
    ['groupBy', commands.groupBy],
    ['sortBy', commands.sortBy],
  ] as const) {
    on(id, async () => {
      await ask(list);
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

/** Asks how the list is to be divided or ordered; what holds now has a check mark. */
async function ask(list: keyof typeof listChoices): Promise<void> {
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
