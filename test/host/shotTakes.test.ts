import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../src/base/clock.ts';
import { TaskStore } from '../../src/store/store.ts';
import { storageFolder, waitUntil } from '../vscode/bridgeClient.ts';
import { useShotEditor } from './shotEditor.ts';
import { enterKey } from './stage.ts';

const HARBOR = `---
model: veo_3_1_fast
---
## Ferry

A ferry leaves.

## Cranes

Container cranes.
`;

describe('the takes of a shot', () => {
  const { window, open, untilLenses, untilLens, replace } = useShotEditor();
  let store: TaskStore;
  beforeEach(() => {
    store = new TaskStore(join(storageFolder(), 'dailies.db'), { clock: systemClock });
  });
  afterEach(() => {
    store.dispose();
  });

  /** Generates the shot at the cursor, by its keys. */
  async function generate(document: vscode.TextDocument, prompt: string): Promise<void> {
    const start = document.positionAt(document.getText().indexOf(prompt));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
    await window.pressKey('Control+Alt+Enter');
    const { buttons } = await window.dialog();
    await window.pressDialogButton(buttons.find(button => button.startsWith('Generate')) ?? '');
  }

  /** The takes in the list, as the store has them: heading and number. */
  async function untilTakes(...expected: string[]): Promise<void> {
    const takes = (): string =>
      store
        .list()
        .map(({ shot, take }) => `${shot ?? '-'} ${take ?? '-'}`)
        .sort()
        .join(', ');
    await waitUntil(
      `the takes ${expected.join(', ')}`,
      () => takes() === expected.join(', ') || undefined,
      takes,
    );
  }

  it('follow it to another heading at once, and stay with it when its text is changed too', async () => {
    await enterKey(window);
    const { document } = await open(HARBOR, 'harbor.shot.md');
    await untilLenses(
      'Generate All in File · 2 videos · price unknown',
      'Generate · price unknown',
      'Generate · price unknown',
    );
    await generate(document, 'A ferry');
    await untilTakes('Ferry 1');
    await untilLens('1 take');
    await replace(document, '## Ferry', '## Dawn');
    await untilLens(/ \| 1 take/);
    await untilTakes('Ferry 1');
    await document.save();
    await untilTakes('Dawn 1');
    await replace(document, 'A ferry leaves.', 'A ferry leaves at dawn.');
    await document.save();
    await untilLens(/ \| 1 take/);
    // Renamed once more and generated before it is saved: the number goes on.
    await replace(document, 'leaves at dawn.', 'leaves.');
    await replace(document, '## Dawn', '## Morning');
    await generate(document, 'A ferry');
    await untilTakes('Morning 1', 'Morning 2');
    await untilLens(/ \| 2 takes/);
  });
});
