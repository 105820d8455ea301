import assert from 'node:assert/strict';
import { redrawn } from '../../../src/views/keepSelection.ts';

describe('what is drawn anew while rows are selected', () => {
  const groups = (): { node: string; rows: number[] }[] => [
    { node: 'state:inProgress', rows: [1, 2, 3] },
    { node: 'state:ready', rows: [4, 5] },
  ];

  it('is what has changed, where at most one row is selected or none that has changed', () => {
    assert.deepEqual(redrawn([3, 'state:ready'], [4], groups), [3, 'state:ready']);
    assert.deepEqual(redrawn([3, 1], [2, 4], groups), [3, 1]);
    assert.deepEqual(redrawn(['state:ready'], [1, 3], groups), ['state:ready']);
  });

  it('is all that is selected from top to bottom, where one of several selected rows has changed', () => {
    assert.deepEqual(redrawn([2, 3], [5, 4, 2], groups), [3, 2, 4, 5]);
  });

  it('is the whole list where a group of a selected row has changed, or very many are selected', () => {
    assert.equal(redrawn(['state:ready', 1], [5, 1], groups), undefined);
    assert.equal(redrawn([1], ['state:ready', 1], groups), undefined);
    const rows = Array.from({ length: 101 }, (_, index) => index);
    assert.equal(
      redrawn([7], rows, () => [{ node: 'none:', rows }]),
      undefined,
    );
  });
});
