import type { Disposable } from '../base/disposable.ts';
import { commands } from '../ids.ts';
import type { ContactSheet } from '../preview/sheetPanel.ts';
import { registerCommand } from './register.ts';

export function registerSheetCommand(sheet: ContactSheet): Disposable {
  return registerCommand(commands.contactSheet, () => {
    sheet.show();
  });
}
