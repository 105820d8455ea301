import assert from 'node:assert/strict';
import { isFromPage, isPlayerMemory } from '../../../src/preview/protocol.ts';
import { commands } from '../../../src/ids.ts';
import { MEMORY } from './playerPage.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);

describe('what arrives from the page', () => {
  it('is taken when it is one of its messages', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'shown', source: 'https://a.example/clip.mp4' },
      { type: 'playerFailed', source: 'https://a.example/clip.mp4', reason: '' },
      { type: 'step', by: -1 },
      { type: 'act', action: commands.openExternally },
      { type: 'take', verb: 'pick' },
      { type: 'open', key: 7 },
      { type: 'copy', text: '00:00:00:01' },
      {
        type: 'saveFrame',
        source: 'https://a.example/clip.mp4',
        png: PNG,
        position: '00-00-01-12',
        as: false,
      },
      { type: 'saveFrame', source: 'https://a.example/clip.mp4', png: PNG, position: 'last', as: true },
      { type: 'remember', memory: MEMORY },
    ]) {
      assert.equal(isFromPage(message), true, JSON.stringify(message));
    }
  });

  it('is refused when it is anything else', () => {
    for (const message of [
      null,
      'ready',
      { type: 'run', command: 'workbench.action.terminal.new' },
      { type: 'shown' },
      { type: 'playerFailed', reason: '' },
      { type: 'step', by: 100 },
      { type: 'act', action: 'workbench.action.quit' },
      { type: 'take', verb: 'remove' },
      { type: 'open', key: '7' },
      { type: 'copy' },
      { type: 'saveFrame', source: 'a', png: PNG, position: '../../last', as: false },
      { type: 'saveFrame', png: PNG, position: 'last', as: false },
      { type: 'saveFrame', source: 'a', png: PNG.subarray(1), position: 'last', as: false },
      { type: 'saveFrame', source: 'a', png: [...PNG], position: 'last', as: false },
      { type: 'remember', memory: { ...MEMORY, volume: 2 } },
      { type: 'remember', memory: { ...MEMORY, speed: 16 } },
    ]) {
      assert.equal(isFromPage(message), false, JSON.stringify(message));
    }
    assert.equal(isPlayerMemory(undefined), false);
  });
});
