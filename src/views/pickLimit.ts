import { l10n, QuickPickItemKind, type QuickPick, type QuickPickItem } from 'vscode';

/**
 * VS Code takes long to draw some thousand rows, and nobody reads them: of more than this only the first are shown, or the first
 * that match what is typed.
 */
export const MOST_ROWS = 100;

/** A row that stands for a task. */
export interface TaskRow extends QuickPickItem {
  /** What the gateway calls the task: its row is found by it too, though it does not show it. */
  readonly taskId?: string;
  alwaysShow?: boolean;
}

/** So much of an ID must be typed for its task to be found, characters: less of it may be a word. */
const LEAST_OF_ID = 6;

/** Whether what is typed is an ID's part. VS Code does not look there: the row is one to show always then. */
export function isFoundById({ taskId = '' }: TaskRow, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  const id = taskId.toLowerCase();
  return text !== '' && (text.length >= LEAST_OF_ID ? id.includes(text) : id === text);
}

/** Whether VS Code would find what is typed in a row's first line. */
export function matches({ label, description = '' }: QuickPickItem, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  return text === '' || label.toLowerCase().includes(text) || description.toLowerCase().includes(text);
}

/**
 * Fills a quick pick with rows of which it shows no more than it can, besides those that are checked, and says how many are left out.
 * Rows of one `sectionOf` that come one after the other stand below its name.
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

/** The rows with a line before each section. */
function inSections<T>(rows: readonly T[], sectionOf: (row: T) => string): (T | QuickPickItem)[] {
  let before = '';
  return rows.flatMap((row): (T | QuickPickItem)[] => {
    const section = sectionOf(row);
    const isNew = section !== before;
    before = section;
    return isNew ? [{ label: section, kind: QuickPickItemKind.Separator }, row] : [row];
  });
}
