import { l10n, QuickPickItemKind, type QuickPick, type QuickPickItem } from 'vscode';

/**
 * The most rows of a quick pick that are shown, besides selected ones: VS Code is slow with thousands. More are found by typing.
 */
export const MOST_ROWS = 100;

/** A row for a task. */
export interface TaskRow extends QuickPickItem {
  /** The task's ID. The row is found by it, although it does not show it. */
  readonly taskId?: string;
  alwaysShow?: boolean;
}

/** How much of an ID must be typed to find its task, characters: shorter text is more likely a word. */
const LEAST_OF_ID = 6;

/** Whether the typed text is part of the row's task ID. VS Code does not search there, so such a row needs `alwaysShow`. */
export function isFoundById({ taskId = '' }: TaskRow, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  const id = taskId.toLowerCase();
  return text !== '' && (text.length >= LEAST_OF_ID ? id.includes(text) : id === text);
}

/** Whether VS Code would find the typed text in a row's label or description. */
export function matches({ label, description = '' }: QuickPickItem, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  return text === '' || label.toLowerCase().includes(text) || description.toLowerCase().includes(text);
}

/**
 * Fills a quick pick with at most `MOST_ROWS` matching rows, besides selected ones, and with the number of omitted ones. Consecutive
 * rows with the same `sectionOf` get a separator with its name.
 */
export function fillPick<T extends TaskRow>(
  pick: QuickPick<T | QuickPickItem>,
  rows: readonly T[],
  sectionOf: (row: T) => string = () => '',
): void {
  pick.matchOnDescription = true;
  const draw = (): void => {
    const checked = new Set(pick.canSelectMany ? pick.selectedItems : []);
    for (const row of rows) {
      row.alwaysShow = isFoundById(row, pick.value);
    }
    const found = rows.filter(
      row => !checked.has(row) && (row.alwaysShow === true || matches(row, pick.value)),
    );
    const left = found.length - Math.min(found.length, MOST_ROWS);
    const more: QuickPickItem = {
      label: l10n.t('{0} more… Type to search', left),
      kind: QuickPickItemKind.Separator,
    };
    pick.items = [
      ...rows.filter(row => checked.has(row)),
      ...inSections(found.slice(0, MOST_ROWS), sectionOf),
      ...(left > 0 ? [more] : []),
    ];
    if (pick.canSelectMany) {
      pick.selectedItems = [...checked];
    }
  };
  draw();
  pick.onDidChangeValue(typed => {
    if (rows.length > MOST_ROWS || rows.some(row => row.alwaysShow !== isFoundById(row, typed))) {
      draw();
    }
  });
}

/** The rows, with a separator before each section. */
function inSections<T>(rows: readonly T[], sectionOf: (row: T) => string): (T | QuickPickItem)[] {
  let before = '';
  return rows.flatMap((row): (T | QuickPickItem)[] => {
    const section = sectionOf(row);
    const isNew = section !== before;
    before = section;
    return isNew ? [{ label: section, kind: QuickPickItemKind.Separator }, row] : [row];
  });
}
