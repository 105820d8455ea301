import { commands as vscodeCommands, type Disposable } from 'vscode';
import { commands } from '../ids.ts';
import type { ContactSheet } from '../preview/sheetPanel.ts';

export function registerSheetCommand(sheet: ContactSheet): Disposable {
  return vscodeCommands.registerCommand(commands.contactSheet, () => {
    sheet.show();
  });
}
