import assert from 'node:assert/strict';
import { assemble, mismatchIn } from '../../../src/cut/assemble.ts';
import { absentName, picksOfSelection, picksOfShots } from '../../../src/cut/picks.ts';
import type { Shot } from '../../../src/tasks/shot.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { aTask } from '../builders.ts';
import { aClip, RATES } from './cuts.ts';

const FILE = 'film/harbor.shot.md';
const shot = (name: string): Shot => ({ shotFile: FILE, shot: name });

let key = 0;
const take = (of: string | null, number: number, facts: Partial<Task> = {}): Task =>
  aTask({
    key: ++key,
    label: `${of ?? 'loose'} ${number}`,
    shotFile: of === null ? null : FILE,
    shot: of,
    take: of === null ? null : number,
    file: 'saved',
    filePath: `/clips/${of ?? 'loose'}-${number}.mp4`,
    ...facts,
  });
const picked = { verdict: 'picked' } as const;
const labels = (tasks: readonly Task[]): (string | null)[] => tasks.map(({ label }) => label);

describe('the picks of a cut', () => {
  it('stand in the order of the shots in their file, several of one shot in that of their takes', () => {
    const takes: Readonly<Record<string, readonly Task[]>> = {
      Ferry: [take('Ferry', 1), take('Ferry', 2, picked)],
      Cranes: [
        take('Cranes', 1, picked),
        take('Cranes', 2, { verdict: 'rejected' }),
        take('Cranes', 3, picked),
      ],
    };
    const { tasks, absent } = picksOfShots(
      [shot('Cranes'), shot('Ferry')],
      ({ shot }) => takes[shot ?? ''] ?? [],
    );
    assert.deepEqual(labels(tasks), ['Cranes 1', 'Cranes 3', 'Ferry 2']);
    assert.deepEqual(absent, []);
  });

  it('name each thing that is missing: a pick, a clip that is not saved, a file that is gone', () => {
    const takes: Readonly<Record<string, readonly Task[]>> = {
      Ferry: [take('Ferry', 1)],
      Cranes: [
        take('Cranes', 1, { ...picked, file: 'waiting', filePath: null }),
        take('Cranes', 2, { ...picked, file: 'missing' }),
        take('Cranes', 3, picked),
      ],
    };
    const { tasks, absent } = picksOfShots(
      [shot('Ferry'), shot('Cranes'), shot('Removed')],
      ({ shot }) => takes[shot ?? ''] ?? [],
    );
    assert.deepEqual(labels(tasks), ['Cranes 3']);
    assert.deepEqual(
      absent.map(one => `${one.why} ${absentName(one, ({ label }) => label ?? '')}`),
      ['noPick Ferry', 'noPick Removed', 'notSaved Cranes 1', 'noFile Cranes 2'],
    );
  });

  it('of a selection are the picks among a shot, else all that are selected, in the order of the file', () => {
    const selected = [
      take('Ferry', 2),
      take(null, 1),
      take('Cranes', 2, picked),
      take('Ferry', 1),
      take('Cranes', 1),
      take('Unknown', 1),
    ];
    const order: Readonly<Record<string, number>> = { Cranes: 0, Ferry: 1 };
    const { tasks } = picksOfSelection(selected, ({ shot }) => order[shot ?? '']);
    assert.deepEqual(labels(tasks), ['Cranes 2', 'Ferry 1', 'Ferry 2', 'Unknown 1', 'loose 1']);
  });
});

describe('a cut of clips', () => {
  it('has the rate and the size of most of them', () => {
    const tall = { width: 720, height: 1280 };
    const cut = assemble('Harbor', [
      aClip({ ...tall, rate: RATES.pal }),
      aClip(),
      aClip({ rate: RATES.pal }),
      aClip({ rate: RATES.pal }),
    ]);
    assert.deepEqual([cut.rate, cut.width, cut.height], [RATES.pal, 1280, 720]);
  });

  it('can be copied where size, rate and setup of the codec agree, and says which clip differs', () => {
    const setup = { setup: 'avc1 1', isEven: true };
    const what = (...clips: [facts: object, setup?: object][]): string | undefined => {
      const cut = assemble(
        'Harbor',
        clips.map(([facts]) => aClip(facts)),
      );
      const found = mismatchIn(
        cut,
        clips.map(([, facts]) => ({ ...setup, ...facts })),
      );
      return found && `${cut.clips.indexOf(found.clip)} ${found.what}`;
    };
    assert.equal(what([{}], [{}]), undefined);
    assert.equal(what([{ width: 640 }], [{}], [{}]), '0 size');
    assert.equal(what([{}], [{ rate: RATES.ntsc }], [{}]), '1 rate');
    assert.equal(what([{}], [{}, { setup: 'avc1 2' }]), '1 codec');
    assert.equal(what([{}, { isEven: false }]), '0 times');
  });
});
