import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Operations } from '../../../src/store/operations.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskKey } from '../../../src/tasks/task.ts';
import { sourceOf, sourceText } from '../../../src/tasks/shot.ts';
import { aNewIntent, HandClock, useFolder } from '../builders.ts';

const GATEWAY = 'https://gateway.example/kyyReactApiServer';
const IDS = Array.from({ length: 200 }, (_, index) => `vgen_${index}`);

describe('verbs on many tasks', () => {
  const folder = useFolder();
  const clock = new HandClock();
  let store: TaskStore;
  let operations: Operations;
  let heard: ReadonlySet<TaskKey>[];

  beforeEach(() => {
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    operations = new Operations(store, clock);
    heard = [];
    store.onDidChange(keys => heard.push(keys));
  });

  afterEach(() => {
    store.dispose();
  });

  /** How many commits there were, and of how many tasks. */
  const commits = (): number[] => heard.splice(0).map(keys => keys.size);

  it('are one commit each', () => {
    const { added } = operations.track(GATEWAY, IDS, null);
    const ofTracking = commits();
    operations.track(GATEWAY, IDS, null);
    const ofKnown = commits();
    store.commit(() => {
      for (const { key } of added) {
        store.update(key, { file: 'failed', saveProblem: 'folder', videoUrl: 'https://m.example/a' });
      }
    });
    commits();
    operations.retryAll(['folder']);
    const ofRetrying = commits();
    operations.together(() => {
      for (const { key } of added) {
        operations.stopSaving(key);
      }
    });
    const ofStopping = commits();
    operations.forget(added.map(({ key }) => key));
    assert.deepEqual(
      [ofTracking, ofKnown, ofRetrying, ofStopping, commits(), store.list().length],
      [[200], [], [200], [200], [200], 0],
    );
  });

  it('take tasks of the model center as such, also those whose ID was in the list before their link', () => {
    const endpoints = (): unknown => store.list().map(({ id, endpoint }) => [id, endpoint]);
    const inModelCenter = ['vgen_1', 'vgen_3'];
    operations.track(GATEWAY, ['vgen_1', 'vgen_2'], null);
    operations.track(GATEWAY, ['vgen_1', 'vgen_2', 'vgen_3'], null, { inModelCenter });
    const tracked = [
      ['vgen_3', 'modelCenter'],
      ['vgen_2', null],
      ['vgen_1', 'modelCenter'],
    ];
    assert.deepEqual(endpoints(), tracked);
  });

  it('make tasks the takes again that they were, also when a person takes that back', () => {
    const shot = { shotFile: 'shots/rain.shot.md', shot: 'The cat' };
    const [first, second, third] = operations.track(GATEWAY, ['vgen_1', 'vgen_2', 'vgen_3'], null).added;
    assert.ok(first && second && third);
    operations.assign([third.key, first.key], shot);
    const takes = (): unknown => store.list().map(({ id, shot: heading, take }) => [id, heading, take]);
    const before = takes();
    const changed = operations.assign([first.key, second.key, 999], { shotFile: null, shot: 'Gulls' });
    assert.deepEqual(
      changed.map(({ id, take }) => [id, take]),
      [
        ['vgen_1', 2],
        ['vgen_2', null],
      ],
    );
    operations.reassign(changed);
    assert.deepEqual(takes(), before);
    assert.deepEqual(operations.assign([third.key], shot), [], 'it is in it already');
    assert.deepEqual(operations.assign([second.key], null), [], 'it is of none already');
  });

  it('number the takes of a shot on from its last, made or still to be made', () => {
    const shot = { shotFile: 'shots/rain.shot.md', shot: 'The cat' };
    const intent = aNewIntent({ file: shot.shotFile, section: shot.shot, take: 4 });
    store.intents.add([intent], 1);
    const [first, second] = operations.track(GATEWAY, ['vgen_1', 'vgen_2'], null).added;
    assert.ok(first && second);
    commits();
    operations.assign([first.key, second.key], shot);
    const ofAssigning = commits();
    operations.assign([first.key], shot);
    const takes = store.takes.ofShot(shot).map(({ id, take }) => [id, take]);
    operations.assign([first.key], null);
    assert.deepEqual(
      [
        ofAssigning,
        commits(),
        takes,
        store.takes.ofShot(shot).length,
        store.takes.lastOf(shot),
        store.takes.lastOf({ shotFile: null, shot: 'other' }),
      ],
      [
        [2],
        [1],
        [
          ['vgen_1', 5],
          ['vgen_2', 6],
        ],
        1,
        6,
        0,
      ],
    );
  });

  it('keep what a person thinks of a take, and take it back', () => {
    const [task] = operations.track(GATEWAY, ['vgen_1'], null).added;
    assert.ok(task);
    operations.judge([task.key], 'picked');
    operations.annotate(task.key, `  too\n dark ${'x'.repeat(1_000)}`);
    const before = store.get(task.key);
    operations.judge([task.key], null);
    operations.annotate(task.key, ' ');
    const after = store.get(task.key);
    assert.deepEqual(
      [before?.verdict, before?.note?.slice(0, 9), before?.note?.length, after?.verdict, after?.note],
      ['picked', 'too dark ', 500, null, null],
    );
  });

  it('follow a shot file to another path', () => {
    const shot = { shotFile: 'a.shot.md', shot: null };
    const [task] = operations.track(GATEWAY, ['vgen_1'], null).added;
    assert.ok(task);
    operations.assign([task.key], shot);
    store.intents.add([aNewIntent({ file: 'a.shot.md', take: 2 })], 1);
    store.takes.moveFile('a.shot.md', 'b/c.shot.md');
    assert.deepEqual(
      [
        store.takes.ofShot(shot).length,
        store.takes.ofShot({ shotFile: 'b/c.shot.md', shot: null }).length,
        store.takes.lastOf({ shotFile: 'b/c.shot.md', shot: '' }),
      ],
      [0, 1, 2],
    );
  });

  it('follow a shot to another heading, with their numbers', () => {
    const [ferry, dawn] = ['Ferry', 'Dawn'].map(shot => ({ shotFile: 'a.shot.md', shot }));
    assert.ok(ferry && dawn);
    const { added } = operations.track(GATEWAY, ['vgen_1', 'vgen_2'], null);
    const [first, second] = added;
    assert.ok(first && second);
    operations.assign([first.key, second.key], ferry);
    const [intent] = store.intents.add([aNewIntent({ file: 'a.shot.md', section: 'Ferry', take: 3 })], 1);
    assert.ok(intent);
    store.takes.moveTakes([first.key, second.key], [intent.id], 'Dawn');
    assert.deepEqual([store.takes.ofShot(ferry).length, store.takes.lastOf(ferry)], [0, 0]);
    assert.deepEqual(
      [store.takes.ofShot(dawn).map(({ take }) => take), store.takes.lastOf(dawn)],
      [[1, 2], 3],
    );
  });

  it('know which clip a saved frame is from, and which clips start from one', () => {
    const [first, second] = operations.track(GATEWAY, ['vgen_1', 'vgen_2'], null).added;
    assert.ok(first && second);
    store.takes.noteFrame('/frames/1.png', { gateway: GATEWAY, id: 'vgen_1', at: null });
    const source = store.takes.sourceOfFrame('/frames/1.png');
    assert.ok(source);
    store.update(second.key, { source: sourceText(source) });
    assert.deepEqual(
      [
        sourceOf(store.get(second.key) ?? { source: null }),
        store.takes.followersOf(first).map(({ id }) => id),
        store.takes.followersOf(second),
        store.takes.sourceOfFrame('/frames/2.png'),
        sourceOf({ source: '{"gateway":1}' }),
        sourceOf({ source: '{' }),
      ],
      [{ gateway: GATEWAY, id: 'vgen_1', at: null }, ['vgen_2'], [], undefined, undefined, undefined],
    );
  });
});
