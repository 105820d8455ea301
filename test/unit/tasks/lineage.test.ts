import assert from 'node:assert/strict';
import { lineageOf, type LineageSources, type MadeTask } from '../../../src/tasks/lineage.ts';
import { sourceText } from '../../../src/tasks/shot.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask } from '../builders.ts';

const GATEWAY = 'https://gateway.example';

const from = (id: string): string => sourceText({ gateway: GATEWAY, id, at: null });

function clip(key: number, source: string | null): Task {
  return aTask({ key, gateway: GATEWAY, id: `vgen_${key}`, label: `clip ${key}`, source });
}

/** What is in the list, and what was made here. */
function sources(tasks: readonly Task[], made: readonly MadeTask[] = []): LineageSources {
  return {
    all: () => tasks,
    find: (_gateway, id) => tasks.find(task => task.id === id),
    madeAs: (_gateway, id) => made.find(one => one.id === id),
    madeFrom: ({ id }) => made.filter(one => one.source === from(id)),
  };
}

function madeAs(key: number, source: string | null): MadeTask {
  return { gateway: GATEWAY, id: `vgen_${key}`, label: `clip ${key}`, source };
}

function text(task: Task, where: LineageSources): string {
  const { earlier, later } = lineageOf(task, where);
  const names = (links: typeof earlier): string =>
    links.map(({ id, task: found, label }) => (found ? found.label : `[${label ?? id}]`)).join(' > ');
  return `${names(earlier)} | ${names(later)}`;
}

describe('the chain of a clip', () => {
  const [one, two, three, other] = [
    clip(1, null),
    clip(2, from('vgen_1')),
    clip(3, from('vgen_2')),
    clip(4, from('vgen_2')),
  ] as const;

  it('goes back to the first clip, and on to all that start from this one', () => {
    const where = sources([other, three, two, one]);
    assert.deepEqual(
      [one, two, three].map(task => text(task, where)),
      [' | clip 2', 'clip 1 | clip 3 > clip 4', 'clip 1 > clip 2 | '],
    );
  });

  it('goes on where a task was removed that was made here, and ends where nobody knows more of it', () => {
    assert.deepEqual(
      [
        text(three, sources([one, three], [madeAs(2, from('vgen_1'))])),
        text(three, sources([one, three])),
        text(one, sources([one], [madeAs(2, from('vgen_1'))])),
        text(one, sources([one, two], [madeAs(2, from('vgen_1'))])),
      ],
      ['clip 1 > [clip 2] | ', '[vgen_2] | ', ' | [clip 2]', ' | clip 2'],
    );
  });

  it('ends where clips would start from one another', () => {
    const first = clip(1, from('vgen_2'));
    const second = clip(2, from('vgen_1'));
    const self = clip(3, from('vgen_3'));
    const where = sources([first, second, self]);
    assert.deepEqual(
      [first, self].map(task => text(task, where)),
      ['clip 2 | clip 2', ' | '],
    );
  });

  it('is none where what is stored is no source', () => {
    assert.equal(text(clip(5, '{"id":7}'), sources([one])), ' | ');
  });
});
