import assert from 'node:assert/strict';
import type { TaskPatch } from '../../src/tasks/task.ts';
import { eventually, workbench } from '../vscode/bridgeClient.ts';
import type { Moment } from '../vscode/workbench.ts';
import { asAnotherWindow, cast, saved } from './cast.ts';
import { setting, useStage } from './stage.ts';

/** What the status bar says of rows that a screen reader is told to be in a state. */
const COUNTED = [
  ['Rendering', 'rendering'],
  ['Queued', 'queued'],
  ['Ready, new', 'ready'],
] as const;

/** The status bar and the badge as the rows of the same moment want them. */
function expectedOf({ rows }: Moment): { item: string; badge: string } {
  const counts = COUNTED.map(
    ([state, word]) => [rows.filter(row => row.startsWith(`${state}, `)).length, word] as const,
  );
  const ready = counts.find(([, word]) => word === 'ready')?.[0] ?? 0;
  return {
    item: counts
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count} ${word}`)
      .join(' · '),
    badge: ready === 0 ? '' : String(ready),
  };
}

describe('the list and what counts its tasks', () => {
  const window = workbench();
  const stage = useStage();

  /**
   * What stands beside rows that it was never true of. VS Code gets rows, item and badge together and draws them one after the
   * other: what the rows say in the moment before or after may be there a frame too long, or too soon.
   */
  const contradictions = (moments: readonly Moment[]): string[] =>
    moments.flatMap(({ rows, item, badge }, index) => {
      const near = moments.slice(Math.max(index - 1, 0), index + 2).map(expectedOf);
      return near.some(one => one.item === item) && near.some(one => one.badge === badge)
        ? []
        : [`[${rows.join('; ')}] beside "${item}" and badge "${badge}"`];
    });

  for (const grouping of ['state', 'none'] as const) {
    it(`say the same in every frame, through many changes, grouped by ${grouping}`, async () => {
      await setting('tasks.groupBy', grouping);
      const clip: TaskPatch = saved(stage(), 'one');
      const noClip: TaskPatch = { file: 'none', filePath: null };
      const keys = cast(
        stage(),
        ['one', 'two', 'three', 'four'].map(label => ({
          id: `vgen_${label}`,
          label,
          generation: 'queued' as const,
        })),
      );
      await eventually(async () => {
        assert.equal((await window.statusBarItem('dailies.tasks')).text, '4 queued');
      });
      const states: TaskPatch[] = [
        { ...noClip, generation: 'processing' },
        { ...clip, seenAt: null },
        { ...noClip, generation: 'queued' },
        { ...clip, seenAt: 1 },
        { ...noClip, generation: 'processing' },
        { ...noClip, generation: 'queued' },
      ];
      const setAll = (state: TaskPatch): void => {
        asAnotherWindow(store => {
          for (const key of keys) {
            store.update(key, state);
          }
        });
      };
      await window.watchMoments('dailies.tasks', 'Dailies');
      for (let round = 0; round < 60; round++) {
        asAnotherWindow(store => {
          store.update(keys[round % keys.length] ?? 0, states[(round * 5) % states.length] ?? {});
        });
        // Now in quick succession, now each drawn before the next.
        if (round % 7 === 0) {
          const isQueued = round % 2 === 0;
          setAll({ ...noClip, generation: isQueued ? 'queued' : 'processing' });
          await eventually(async () => {
            const { text } = await window.statusBarItem('dailies.tasks');
            assert.equal(text, isQueued ? '4 queued' : '4 rendering');
          });
        }
      }
      setAll({ ...clip, seenAt: null });
      await eventually(async () => {
        assert.equal((await window.statusBarItem('dailies.tasks')).text, '4 ready');
        assert.equal((await window.badge('Dailies'))?.value, '4');
      });
      const moments = await window.seenMoments();
      assert.ok(moments.length > 5, `${moments.length} moments`);
      assert.deepEqual(contradictions(moments), []);
      const exact = moments.filter(moment => {
        const { item, badge } = expectedOf(moment);
        return moment.item === item && moment.badge === badge;
      });
      assert.ok(exact.length > moments.length / 2, `${exact.length} of ${moments.length} moments`);
    });
  }
});
