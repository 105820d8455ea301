import assert from 'node:assert/strict';
import { fakeVscode } from '../views/fakeVscode.ts';
import { ListLog } from '../builders.ts';

fakeVscode();
const { warnUnresponsivePage } = await import('../../../src/preview/unresponsivePage.ts');

describe('a page that does not load', () => {
  it('is reported once, and its file is opened elsewhere', async () => {
    const log = new ListLog();
    let opened = 0;
    const open = (): Promise<void> => {
      opened += 1;
      return Promise.resolve();
    };
    fakePerson.messages.length = 0;
    fakePerson.button = '在系统播放器中打开';
    warnUnresponsivePage(log, 'Player', open);
    warnUnresponsivePage(log, 'Contact sheet');
    await new Promise(setImmediate);
    assert.equal(fakePerson.messages.length, 1);
    assert.match(fakePerson.messages[0] ?? '', /https:\/\/.* \| /s);
    assert.equal(opened, 1);
  });
});
