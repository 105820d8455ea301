import assert from 'node:assert/strict';
import type { QuickPick, QuickPickItem } from 'vscode';
import type { TaskRow } from '../../../src/views/pickLimit.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { fillPick, MOST_ROWS } = await import('../../../src/views/pickLimit.ts');

/** What fillPick needs of VS Code's quick pick. */
function aPick(canSelectMany: boolean): QuickPick<QuickPickItem> & { type: (text: string) => void } {
  let listener: (text: string) => void = () => undefined;
  const pick = {
    value: '',
    items: [],
    selectedItems: [] as readonly QuickPickItem[],
    canSelectMany,
    onDidChangeValue: (on: (text: string) => void) => {
      listener = on;
    },
    type: (text: string) => {
      pick.value = text;
      listener(text);
    },
  };
  return pick as unknown as QuickPick<QuickPickItem> & { type: (text: string) => void };
}

describe('a quick pick of many rows', () => {
  const rows = Array.from({ length: 2_000 }, (_one, index) => ({ label: `take ${index}` }));
  const labels = (pick: QuickPick<QuickPickItem>): string[] => pick.items.map(item => item.label);

  it('has no more than it can show, says how many are left out, and finds them all', () => {
    const pick = aPick(false);
    fillPick(pick, rows);
    assert.equal(pick.items.length, MOST_ROWS + 1);
    assert.match(labels(pick).at(-1) ?? '', /1900/);
    pick.type('take 1999');
    assert.deepEqual(labels(pick), ['take 1999']);
  });

  it('finds a task by its ID, which its row does not show, and shows it though VS Code would not', () => {
    const pick = aPick(false);
    const tasks: TaskRow[] = [
      { label: 'the rain', taskId: 'vgen_18C84d94' },
      { label: 'the sun', taskId: '4711' },
    ];
    fillPick(pick, tasks);
    const shown = (): string[] => pick.items.filter(item => item.alwaysShow ?? false).map(item => item.label);
    assert.deepEqual(shown(), []);
    for (const [typed, found] of [
      ['18c84d94', ['the rain']],
      ['4711', ['the sun']],
      ['8c8', []],
      ['', []],
    ] as const) {
      pick.type(typed);
      assert.deepEqual([typed, shown()], [typed, found]);
    }
  });

  it('keeps what is checked, whatever is typed', () => {
    const pick = aPick(true);
    pick.selectedItems = rows.slice(1_500, 1_501);
    fillPick(pick, rows);
    pick.type('take 7');
    assert.equal(labels(pick)[0], 'take 1500');
    assert.deepEqual(pick.selectedItems, rows.slice(1_500, 1_501));
  });

  it('puts a line before each section', () => {
    const pick = aPick(true);
    fillPick(pick, rows.slice(0, 3), ({ label }) => (label === 'take 2' ? 'Yesterday' : 'Today'));
    assert.deepEqual(labels(pick), ['Today', 'take 0', 'take 1', 'Yesterday', 'take 2']);
  });
});
