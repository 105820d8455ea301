import assert from 'node:assert/strict';
import { readTrackArguments } from '../../../src/tasks/trackArguments.ts';

describe('what the command for tracking is called with', () => {
  const inputs = (given: unknown): unknown => {
    const request = readTrackArguments(given);
    return request && (request.isReadable ? request.inputs : 'unreadable');
  };

  it('is a text, a list of texts, or an object with either', () => {
    assert.deepEqual(
      [inputs('vgen_1 vgen_2'), inputs(['vgen_1', 'vgen_2']), inputs([]), inputs({ ids: 'vgen_1' })],
      [['vgen_1 vgen_2'], ['vgen_1', 'vgen_2'], [], ['vgen_1']],
    );
    assert.deepEqual(readTrackArguments({ ids: ['vgen_1'], name: ' Harbor ', result: 'text' }), {
      inputs: ['vgen_1'],
      isReadable: true,
      name: 'Harbor',
      wantsText: true,
    });
    assert.equal(readTrackArguments({ ids: ['vgen_1'], name: ' ' })?.name, undefined);
  });

  it('is nothing, where the list is all that VS Code hands over', () => {
    for (const given of [undefined, null, 7, 'state:ready', 'model:veo_3_1', 'day:2026-11-28']) {
      assert.equal(readTrackArguments(given), undefined, JSON.stringify(given));
    }
  });

  it('is refused in any other form', () => {
    for (const given of [true, { id: 'vgen_1' }, [1], { ids: [1] }, { ids: ['vgen_1'], name: 5 }, {}]) {
      assert.equal(inputs(given), 'unreadable', JSON.stringify(given));
    }
  });
});
