import assert from 'node:assert/strict';
import { isCompareState, isFromComparePage } from '../../../src/preview/compareProtocol.ts';
import { MEMORY } from './playerPage.ts';

/** A PNG's first bytes. */
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

describe('what arrives from the page of compared clips', () => {
  it('is taken when it is one of its messages', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'shown', key: 1 },
      { type: 'openExternally', key: 1 },
      { type: 'activated', key: 1 },
      { type: 'saveFrame', key: 1, png: PNG, position: '00-00-00-01' },
      { type: 'take', verb: 'unreject', key: 1 },
      { type: 'fullScreen' },
      { type: 'copy', text: '00:00:00:01' },
      { type: 'remember', memory: MEMORY },
      { type: 'playerFailed', key: 1, reason: '' },
    ]) {
      assert.equal(isFromComparePage(message), true, JSON.stringify(message));
    }
  });

  it('is refused when it is anything else', () => {
    for (const message of [
      null,
      'ready',
      { type: 'shown' },
      { type: 'shown', key: '1' },
      { type: 'act', action: 'dailies.task.openExternally' },
      { type: 'step', by: 1 },
      { type: 'take', verb: 'pick' },
      { type: 'take', verb: 'forget', key: 1 },
      { type: 'copy' },
      { type: 'remember', memory: { ...MEMORY, speed: 16 } },
      { type: 'playerFailed', key: 1 },
      { type: 'activated', key: null },
      { type: 'saveFrame', png: PNG, position: '00-00-00-01' },
      { type: 'saveFrame', key: 1, png: new Uint8Array(8), position: '00-00-00-01' },
      { type: 'saveFrame', key: 1, png: PNG, position: '../../x' },
    ]) {
      assert.equal(isFromComparePage(message), false, JSON.stringify(message));
    }
  });

  it('is kept for two to four clips', () => {
    assert.deepEqual(
      [[1], [1, 2], [1, 2, 3, 4], [1, 2, 3, 4, 5], [1, '2']].map(keys => isCompareState({ keys })),
      [false, true, true, false, false],
    );
    assert.equal(isCompareState({ key: 1 }), false);
  });
});
