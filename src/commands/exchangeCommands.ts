import { l10n, Uri, window, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import { homedir } from 'node:os';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { commands } from '../ids.ts';
import type { ImportError } from '../store/exchange.ts';
import { baseUrlSetting } from '../host/settings.ts';
import type { TaskStore } from '../store/store.ts';
import { registerCommand } from './register.ts';

const FILTERS = { JSON: ['json'] };

/** The commands that export and import the task list. */
export function registerExchangeCommands(store: TaskStore, clock: Clock): Disposable {
  const registered = new DisposableStore();
  registered.add(registerCommand(commands.exportTasks, exportAll));
  registered.add(registerCommand(commands.importTasks, importSome));
  return registered;

  async function exportAll(): Promise<void> {
    const tasks = store.list();
    const file = await window.showSaveDialog({
      title: l10n.t('Export Tasks'),
      filters: FILTERS,
      defaultUri: Uri.joinPath(startFolder(), 'dailies-tasks.json'),
    });
    if (file) {
      const { exportTasks } = await import('../store/exchange.ts');
      await workspace.fs.writeFile(file, Buffer.from(exportTasks(tasks, clock.now())));
      void messages.info(l10n.t("Tasks exported: {0}. The file doesn't contain your API key.", tasks.length));
    }
  }

  async function importSome(): Promise<void> {
    const files = await window.showOpenDialog({
      title: l10n.t('Import Tasks'),
      filters: FILTERS,
      defaultUri: startFolder(),
    });
    const [file] = files ?? [];
    if (!file) {
      return;
    }
    const { importTasks, ImportError, LARGEST_IMPORT } = await import('../store/exchange.ts');
    try {
      if ((await workspace.fs.stat(file)).size > LARGEST_IMPORT) {
        throw new ImportError('tooLarge');
      }
      const text = Buffer.from(await workspace.fs.readFile(file)).toString();
      const { added, updated, unchanged } = importTasks(text, store, clock.now(), baseUrlSetting());
      void messages.info(l10n.t('Imported: {0} new, {1} updated, {2} unchanged.', added, updated, unchanged));
    } catch (error) {
      if (!(error instanceof ImportError)) {
        throw error;
      }
      void messages.error(reasonText(error));
    }
  }
}

function startFolder(): Uri {
  return workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
}

function reasonText({ reason, detail }: ImportError): string {
  switch (reason) {
    case 'notJson':
      return l10n.t("The file isn't JSON. Choose a file created by Dailies: Export Tasks.");
    case 'notOurs':
      return l10n.t("The file isn't a task list. Choose a file created by Dailies: Export Tasks.");
    case 'newer':
      return l10n.t('The file was written by a newer version of Dailies. Update Dailies to import it.');
    case 'damaged':
      return detail === ''
        ? l10n.t('The file is damaged. Nothing was imported.')
        : l10n.t('The file is damaged ({0}). Nothing was imported.', detail);
    case 'tooLarge':
      return l10n.t('The file is too large for a task list. Nothing was imported.');
    case 'localGateway':
      return l10n.t(
        "Nothing was imported. The file's tasks belong to a gateway on this computer, {0}, which isn't the one in the settings.",
        detail,
      );
  }
}
