import type { Memento } from 'vscode';
import { isSheetView, type SheetView } from './sheetProtocol.ts';

const KEY = 'sheet';

const AT_FIRST: SheetView = { size: 200, model: null, text: '' };

/** Keeps how a person looks at the contact sheet, until it is opened again. */
export class SheetMemory {
  private readonly memento: Memento;

  constructor(memento: Memento) {
    this.memento = memento;
  }

  get(): SheetView {
    const kept = this.memento.get<unknown>(KEY);
    return isSheetView(kept) ? kept : AT_FIRST;
  }

  async set(view: SheetView): Promise<void> {
    await this.memento.update(KEY, view);
  }
}
