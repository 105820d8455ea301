import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TaskStore } from '../../../src/store/store.ts';
import { HandClock, NOON, useFolder } from '../builders.ts';

describe('the history of durations', () => {
  const folder = useFolder();

  it('says which kinds have grown in any window, and nothing when something else is written', () => {
    const open = (): TaskStore => new TaskStore(join(folder(), 'dailies.db'), { clock: new HandClock() });
    const [one, two] = [open(), open()];
    const { key } = one.add('https://gateway.example', 'vgen_1', NOON).task;
    two.history.add('grok_video3', { after: 1, until: 2 }, NOON);
    two.history.add('grok_video3', { after: 1, until: 3 }, NOON);
    const grown = one.history.grownSince(0);
    one.update(key, { generation: 'completed', file: 'downloading', part: '{}' });
    const after = one.history.grownSince(grown.count);
    two.history.add('veo_3_1_fast', { after: 1, until: 2 }, NOON);
    assert.deepEqual(
      [grown, after, one.history.grownSince(after.count)],
      [
        { kinds: ['grok_video3'], count: 2 },
        { kinds: [], count: 2 },
        { kinds: ['veo_3_1_fast'], count: 3 },
      ],
    );
    one.dispose();
    two.dispose();
  });
});
