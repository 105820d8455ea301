import { l10n, QuickPickItemKind, type QuickPick, type QuickPickItem } from 'vscode';

/**
 * VS Code takes long to draw some thousand rows, and nobody reads them: of more than this only the first are shown, or the first
 * that match what is typed.
 */
export const MOST_ROWS = 100;

/** Whether VS Code would find what is typed in a row's first line. */
export function matches({ label, description = '' }: QuickPickItem, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  return text === '' || label.toLowerCase().includes(text) || description.toLowerCase().includes(text);
}

/** Fills a quick pick with rows of which it shows no more than it can, besides those that are checked, and says how many are left out. */
export function fillPick<T extends QuickPickItem>(
  pick: QuickPick<T | QuickPickItem>,
  rows: readonly T[],
): void {
  pick.matchOnDescription = true;
  const draw = (): void => {
    const checked = new Set(pick.canSelectMany ? pick.selectedItems : []);
    const found = rows.filter(row => !checked.has(row) && matches(row, pick.value));
    const left = found.length - Math.min(found.length, MOST_ROWS);
    const more: QuickPickItem = {
      label: l10n.t('{0} more… Type to search', left),
      kind: QuickPickItemKind.Separator,
    };
    pick.items = [
      ...rows.filter(row => checked.has(row)),
      ...found.slice(0, MOST_ROWS),
      ...(left > 0 ? [more] : []),
    ];
    if (pick.canSelectMany) {
      pick.selectedItems = [...checked];
    }
  };
  draw();
  if (rows.length > MOST_ROWS) {
    pick.onDidChangeValue(draw);
  }
}
