import assert from 'node:assert/strict';
import { isFromSheet, isSheetView } from '../../../src/preview/sheetProtocol.ts';
import { VIEW } from './sheetPage.ts';

describe('what arrives from the page of the contact sheet', () => {
  it('is taken when it is one of its messages', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'view', view: { ...VIEW, model: 'veo', text: 'dunes' } },
      { type: 'view', view: { ...VIEW, sort: 'duration' } },
      { type: 'open', key: 7 },
      { type: 'track' },
      { type: 'select', keys: [7, 9], active: 7 },
      { type: 'select', keys: [], active: null },
      { type: 'compare', keys: [7, 9] },
      { type: 'saveAs', keys: [7] },
      { type: 'take', verb: 'note', keys: [7] },
      { type: 'frameFailed', key: 7, reason: 'HTTP 404' },
    ]) {
      assert.equal(isFromSheet(message), true, JSON.stringify(message));
    }
  });

  it('is refused when it is anything else', () => {
    for (const message of [
      null,
      'ready',
      { type: 'run', command: 'workbench.action.terminal.new' },
      { type: 'open', key: '7' },
      { type: 'open', key: 0.5 },
      { type: 'select', keys: [7] },
      { type: 'select', keys: ['7'], active: null },
      { type: 'compare', keys: 7 },
      { type: 'saveAs', keys: [0.5] },
      { type: 'take', verb: 'forget', keys: [7] },
      { type: 'take', verb: 'pick', keys: ['7'] },
      { type: 'frameFailed', key: 7 },
      { type: 'view', view: { ...VIEW, sort: 'sideways' } },
      { type: 'view', view: { ...VIEW, size: 5 } },
      { type: 'view', view: { ...VIEW, size: Infinity } },
      { type: 'view', view: { ...VIEW, model: undefined } },
      { type: 'view', view: { ...VIEW, text: 'x'.repeat(1_001) } },
    ]) {
      assert.equal(isFromSheet(message), false, JSON.stringify(message));
    }
    assert.equal(isSheetView(undefined), false);
  });

  it('is taken as it was kept before there was a choice of the order', () => {
    assert.equal(isSheetView({ size: 200, model: null, text: '' }), true);
  });
});
