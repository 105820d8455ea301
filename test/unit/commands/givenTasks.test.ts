import assert from 'node:assert/strict';
import { keysGiven } from '../../../src/commands/givenTasks.ts';
import { pageContext } from '../../../src/preview/pageContext.ts';

describe('the tasks that a command is called with', () => {
  const given = async (parameters: readonly unknown[], ofPage: readonly number[] = [7]): Promise<unknown> =>
    keysGiven(parameters, { pointed: () => Promise.resolve([3, 4]), ofPage: () => ofPage });

  it('are the row and what is selected with it, or what a key is pressed on', async () => {
    assert.deepEqual(
      [await given([1, undefined]), await given([1, [2, 1, 'state:ready']]), await given(['selection'])],
      [[1], [2, 1, 'state:ready'], [3, 4]],
    );
  });

  it('are what the menu of a page is about', async () => {
    const context: unknown = { ...JSON.parse(pageContext([5, 2], 'task saved')), webview: 'dailies.player' };
    assert.deepEqual(await given([context]), [5, 2]);
    assert.deepEqual(await given([{ dailiesTasks: [5, 'x', null, 1.5, 2] }]), [5, 2]);
    assert.deepEqual(await given([{ dailiesTasks: 'x' }]), undefined);
  });

  it('are those of the page in whose title a button is pressed', async () => {
    const title = [{ scheme: 'webview-panel', path: 'webview-panel/webview-1' }, { groupId: 0 }];
    assert.deepEqual([await given(title), await given(title, [])], [[7], undefined]);
  });

  it('are none where it is called from elsewhere', async () => {
    const file = { scheme: 'file', path: '/clip.mp4' };
    assert.deepEqual(
      [await given([]), await given(['state:ready']), await given([file]), await given([null, []])],
      [undefined, undefined, undefined, undefined],
    );
  });
});
