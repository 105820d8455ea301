import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/wait.ts';
import type { Workbench } from '../vscode/workbench.ts';
import type { Demo } from './demo.ts';

export const VIEW = 'Dailies';

/** How long the task would stay in a state by itself, s on the gateway's clock. */
export const STAY_S = 3_600;

/** One step of the journey: what a person does, and what they must see. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** What the steps that make a video wait for. */
export interface MakingWaits {
  readonly untilState: (state: string) => Promise<void>;
  readonly untilPlaying: () => Promise<void>;
}

/** A shot file is written, put right, generated, and its clip played; what stands above the shot follows. */
export function makingSteps({ gateway }: Demo, workbench: Workbench, waits: MakingWaits): Step[] {
  const lens = (words: string): ReturnType<typeof workbench.page.locator> =>
    workbench.page.locator('.codelens-decoration a', { hasText: words });
  const untilLens = async (words: string): Promise<void> => {
    await waitUntil(
      `"${words}" above the shot`,
      async () => (await lens(words).count()) > 0 || undefined,
      async () => (await workbench.page.locator('.codelens-decoration').allInnerTexts()).join(' | '),
    );
  };
  return [
    {
      name: 'a new shot file',
      run: async () => {
        await workbench.runCommand('Dailies: New Shot File');
        await workbench.quickInput('File name, in');
        await workbench.typeQuickInput('ferry');
        await workbench.acceptQuickInput();
        await untilLens('Generate · price unknown');
      },
    },
    {
      name: 'what is wrong in it is shown',
      run: async () => {
        await workbench.page.locator('.monaco-editor .view-line', { hasText: 'aspect_ratio' }).click();
        await workbench.pressKey('End');
        for (let left = '16:9'.length; left > 0; left--) {
          await workbench.pressKey('Backspace');
        }
        await workbench.typeText('4:3');
        await workbench.pressKey('Escape');
        await untilLens('1 problem');
        await workbench.pressKey('F8');
        await workbench.page.getByText("aspect_ratio can't be 4:3").first().waitFor();
      },
    },
    {
      name: 'it is fixed',
      run: async () => {
        await workbench.pressKey('Escape');
        const [first = ''] = await workbench.quickFixes();
        assert.match(first, /16:9/);
        await workbench.pressKey('Enter');
        await untilLens('Generate · price unknown');
        await workbench.pressKey('Control+s');
      },
    },
    {
      name: 'what will be sent is confirmed',
      run: async () => {
        await lens('Generate').click();
        const { message } = await workbench.dialog();
        assert.equal(message, 'Generate 1 video with Veo 3.1 Fast?');
        assert.equal(gateway.requests.filter(isCreate).length, 0);
      },
    },
    {
      name: 'the video is under way',
      run: async () => {
        await workbench.pressDialogButton('Generate');
        await waitUntil('the row', async () => (await workbench.treeRows(VIEW)).length > 0 || undefined);
        await untilLens('1 take · 1 rendering');
        assert.equal(gateway.requests.filter(isCreate).length, 1);
      },
    },
    {
      name: 'the clip of the shot is ready',
      run: async () => {
        gateway.advance(STAY_S * 1_000);
        const row = (await workbench.treeRows(VIEW)).find(({ isExpanded }) => isExpanded === undefined);
        await workbench.contextMenu(VIEW, row?.label ?? '', 'Refresh');
        await workbench.waitForNotification('is ready');
        await waits.untilState('Ready');
        await untilLens('1 take · 1 ready');
      },
    },
    {
      name: 'the clip of the shot plays',
      run: async () => {
        await lens('1 take').click();
        await waits.untilPlaying();
      },
    },
  ];
}

function isCreate({ method }: { readonly method: string }): boolean {
  return method === 'POST';
}
