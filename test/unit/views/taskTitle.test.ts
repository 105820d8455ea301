import assert from 'node:assert/strict';
import { aTask } from '../builders.ts';
import { fakeVscode, useLanguage } from './fakeVscode.ts';

fakeVscode();
const { titleOf } = await import('../../../src/views/taskText.ts');

describe('the title of a task', () => {
  useLanguage('en');

  const take = { shotFile: 'film/harbor.shot.md', shot: 'Ferry', take: 2 };

  it('says which take it is where the takes of a shot have one name', () => {
    assert.equal(titleOf(aTask({ ...take, label: 'Ferry' })), 'Ferry · Take 2');
    assert.equal(titleOf(aTask({ ...take, shot: null, label: 'harbor' })), 'harbor · Take 2');
  });

  it('is the name alone where that is a person’s own, and where there is no take', () => {
    assert.equal(titleOf(aTask({ ...take, label: 'The good one' })), 'The good one');
    assert.equal(titleOf(aTask({ ...take, take: null, label: 'Ferry' })), 'Ferry');
    assert.equal(titleOf(aTask({ label: 'Ferry', take: 2 })), 'Ferry');
  });
});
