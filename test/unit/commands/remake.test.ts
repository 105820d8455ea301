import assert from 'node:assert/strict';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';
import { HandClock, NOON } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { takesOf } = await import('../../../src/commands/remakeCommands.ts');

const REQUEST = { model: 'veo_3_1_fast', prompt: 'A ferry.' };

describe('another take of tasks', () => {
  const wishesOf = (facts: readonly TaskPatch[]): ReturnType<typeof takesOf> => {
    const store = new TaskStore(':memory:', { clock: new HandClock(NOON) });
    const tasks = facts.map((patch, index) => {
      const { task } = store.add('https://gateway.example', `vgen_${index}`, NOON);
      store.update(task.key, { request: JSON.stringify(REQUEST), ...patch });
      return store.get(task.key);
    });
    return takesOf(
      tasks.filter(task => task !== undefined),
      store,
    );
  };

  it('has their names and requests, and belongs to no shot where they do not', () => {
    assert.deepEqual(wishesOf([{ label: 'Ferry' }, { request: null }, { request: '{}' }]), [
      { request: REQUEST, label: 'Ferry', source: null },
    ]);
  });

  it('starts from the clip that the first one started from', () => {
    assert.equal(wishesOf([{ source: 'vgen_before' }])[0]?.source, 'vgen_before');
  });

  it('is the next of its shot', () => {
    const shot = { shotFile: 'a.shot.md', shot: 'Dawn' };
    const wish = { request: REQUEST, label: null, file: 'a.shot.md', section: 'Dawn', source: null };
    assert.deepEqual(
      wishesOf([
        { ...shot, take: 1 },
        { ...shot, take: 2 },
        { shotFile: 'a.shot.md', take: 7 },
      ]),
      [
        { ...wish, take: 3 },
        { ...wish, take: 4 },
        { ...wish, section: null, take: 8 },
      ],
    );
  });

  it('is sent to the endpoint that made the first, though the table does not know its model', () => {
    const store = new TaskStore(':memory:', { clock: new HandClock(NOON) });
    const gateway = 'https://gateway.example';
    const body = JSON.stringify({ model: 'new_1', prompt: 'p' });
    const facts = { label: null, saveFolder: null, file: null, section: null, take: null, source: null };
    const money = { estimate: null, estimateSource: null, madeBy: 'person' } as const;
    const [intent] = store.intents.add(
      [{ batch: 'b', gateway, family: 'grok', model: 'new_1', body, hash: 'h', ...facts, ...money }],
      NOON,
    );
    store.intents.claim(NOON, 1_000);
    const settled = { problem: null, problemText: null, response: null } as const;
    store.intents.settle(intent?.id ?? '', { state: 'accepted', ...settled, taskId: 'video_1' }, NOON);
    const { task } = store.add(gateway, 'video_1', NOON, NOON, {
      model: 'new_1',
      request: body,
      label: null,
      saveFolder: null,
    });
    assert.deepEqual(takesOf([task], store), [
      { request: { model: 'new_1', prompt: 'p' }, label: null, source: null, family: 'grok' },
    ]);
  });
});
