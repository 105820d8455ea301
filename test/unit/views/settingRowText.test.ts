import assert from 'node:assert/strict';
import { modelTable } from '../../../src/gateway/modelTable.ts';
import { priceTable } from '../../../src/making/priceTable.ts';
import { fakeVscode, useLanguage } from './fakeVscode.ts';

fakeVscode();
const { modelTroubleText, priceTroubleText } = await import('../../../src/views/settingRowText.ts');

describe('a mistake in a setting with rows', () => {
  useLanguage('en');

  it('names the model and what is wrong in its row', () => {
    const told = (row: unknown): string[] => modelTable({ veo_4: row }).troubles.map(modelTroubleText);
    const start = 'The row "veo_4" of the models setting isn\'t used: ';
    assert.deepEqual(told({ like: 'veo_3_1_fast' }), []);
    assert.deepEqual(told(5), ['The models setting has an invalid row, which isn\'t used: "veo_4".']);
    for (const [row, reason] of [
      [{ like: 'veo_3' }, '"like" must be the name of a known model.'],
      [{}, 'family must be veo, grok.'],
      [{ family: 'veo', frames: 'some' }, 'frames must be none, optional, only.'],
      [{ family: 'veo', billing: 'day' }, 'billing must be second, call, unknown.'],
      [{ family: 'veo', seconds: 0 }, '"seconds" must be a number above 0.'],
      [{ family: 'veo', parameters: { resolution: '4K' } }, '"parameters.resolution" is unknown or invalid.'],
      [{ family: 'veo', familiy: 'veo' }, '"familiy" is unknown or invalid.'],
    ] as const) {
      assert.deepEqual(told(row), [start + reason]);
    }
  });

  it('in a price is named, and the rest of the price is used', () => {
    const told = (row: unknown): string[] => priceTable({ veo_4: row }).troubles.map(priceTroubleText);
    const start = 'The price of "veo_4" isn\'t used: ';
    assert.deepEqual([told({ call: 0 }), told({ call: 1, second: 0.1 })], [[], []]);
    for (const row of [5, '1', null, [1], {}]) {
      assert.deepEqual(told(row), [`${start}It must be call or second with a number.`]);
    }
    assert.deepEqual(told({ call: '0.72' }), [`${start}"call" must be a number, 0 or more.`]);
    assert.deepEqual(told({ call: 1, second: -1 }), [`${start}"second" must be a number, 0 or more.`]);
    assert.deepEqual(told({ video: 1 }), [`${start}"video" is neither call nor second.`]);
    assert.deepEqual(
      { ...priceTable({ a: { call: 1, second: 'x' }, b: 2 }).table },
      { a: { call: 1 }, b: {} },
    );
    for (const setting of [undefined, null, 'x', [], 1]) {
      assert.deepEqual(priceTable(setting).troubles, []);
    }
    assert.equal(priceTable({}).table.constructor, undefined);
  });
});
