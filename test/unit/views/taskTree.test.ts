import assert from 'node:assert/strict';
import type { Memento, ThemeIcon } from 'vscode';
import { HOUR, SECOND } from '../../../src/base/clock.ts';
import { Ticker } from '../../../src/base/ticker.ts';
import { LiveTasks } from '../../../src/store/liveTasks.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskKey, TaskPatch } from '../../../src/tasks/task.ts';
import type { TaskNode } from '../../../src/views/taskNode.ts';
import { HandClock, NOON } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { TaskTree } = await import('../../../src/views/taskTree.ts');
const { ShownList } = await import('../../../src/views/shownList.ts');
const { TreeMemory } = await import('../../../src/views/treeMemory.ts');

describe('the list of tasks', () => {
  /** A list with tasks in it, and what it tells VS Code to draw anew. */
  const listWith = (
    facts: readonly TaskPatch[],
    grouping: 'state' | 'model' | 'day' | 'none' = 'state',
    trackedAt: (index: number) => number = index => NOON - index - 2.5 * HOUR,
  ): {
    tree: InstanceType<typeof TaskTree>;
    store: TaskStore;
    keys: TaskKey[];
    fired: (readonly TaskNode[] | undefined)[];
    clock: HandClock;
    shown: InstanceType<typeof ShownList>;
  } => {
    const clock = new HandClock();
    const store = new TaskStore(':memory:', { clock });
    const keys = store.commit(() =>
      facts.map((patch, index) => {
        const { task } = store.add('https://gateway.example', `vgen_${index}`, trackedAt(index));
        store.update(task.key, { nextPollAt: null, label: `vgen_${index}`, ...patch });
        return task.key;
      }),
    );
    const memento: Memento = {
      keys: () => [],
      get: <T>(_key: string, value?: T) => value as T,
      update: () => Promise.resolve(),
    };
    const onError = (error: unknown): void => {
      throw error;
    };
    const shown = new ShownList(
      {
        tasks: new LiveTasks(store, onError),
        pauses: () => store.pauses.list(),
        intents: () => store.intents.open(),
        clock,
        ticker: new Ticker(clock),
      },
      onError,
    );
    const tree = new TaskTree({
      shown,
      assign: () => undefined,
      taskOfIntent: () => undefined,
      settings: () => ({ grouping, sorting: 'newest' }),
      shotIndex: () => undefined,
      etaOf: () => undefined,
      thumbnailOf: () => Promise.resolve(undefined),
      memory: new TreeMemory(memento),
    });
    const fired: (readonly TaskNode[] | undefined)[] = [];
    tree.onDidChangeTreeData(nodes => {
      fired.push(nodes);
    });
    return { tree, store, keys, fired, clock, shown };
  };

  /** Rows are given at once, except where what is drawn beside the list waits for them. */
  const childrenOf = (tree: InstanceType<typeof TaskTree>, node?: TaskNode): TaskNode[] => {
    const children = tree.getChildren(node);
    assert.ok(Array.isArray(children));
    return children;
  };

  const textOf = (tree: InstanceType<typeof TaskTree>, node?: TaskNode, indent = ''): string =>
    childrenOf(tree, node)
      .flatMap(child => {
        const { label, description, iconPath } = tree.getTreeItem(child);
        const icon = (iconPath as ThemeIcon | undefined)?.id ?? '▾';
        const row = `${indent}${icon} ${label as string} · ${String(description)}`;
        return typeof child === 'string' ? [row, textOf(tree, child, `${indent}  `)] : [row];
      })
      .join('\n');

  const clip = {
    generation: 'completed',
    videoUrl: 'https://media.example/a',
    linkExpiresAt: NOON + 4.5 * HOUR,
  };

  it('is Chinese for those who read Chinese', () => {
    const { tree } = listWith([
      { generation: 'queued', label: '夜景', model: 'veo_3_1_pro' },
      { generation: 'processing', label: null, request: JSON.stringify({ prompt: '一只猫在雨中慢慢走' }) },
      { ...clip, file: 'saved', filePath: '/a.mp4', label: '雨中猫' } as TaskPatch,
      { ...clip, file: 'failed' } as TaskPatch,
      { generation: 'queued', problem: 'noKey' },
      { generation: 'failed' },
      { generation: 'stalled' },
    ]);
    assert.equal(
      textOf(tree),
      `▾ 需要注意 · 2
  warning vgen_3 · 保存失败 · 链接 4 小时后失效
  warning vgen_6 · 已停滞 · 2 小时前
▾ 进行中 · 3
  watch 夜景 · 2 小时前 · Veo 3.1 Pro
  loading~spin 一只猫在雨中慢慢走 · 2 小时前
  watch vgen_4 · 等待状态 · 2 小时前
▾ 已就绪 · 1
  pass 雨中猫 · 2 小时前
▾ 失败 · 1
  error vgen_5 · 失败 · 2 小时前`,
    );
    assert.deepEqual(
      childrenOf(tree, 'state:ready').map(node => tree.getTreeItem(node).accessibilityInformation?.label),
      ['已就绪, 新, 雨中猫, 已保存, 2 小时前'],
    );
  });

  it('marks clips that nobody has looked at, and nothing else', () => {
    const { tree, store, keys } = listWith([
      { ...clip, file: 'saved', filePath: '/a.mp4' } as TaskPatch,
      { ...clip, file: 'saved', filePath: '/b.mp4', seenAt: NOON } as TaskPatch,
      { generation: 'queued' },
    ]);
    const marked = (): TaskKey[] => keys.filter(key => tree.getTreeItem(key).resourceUri !== undefined);
    const [unseen = 0] = keys;
    assert.deepEqual(marked(), [unseen]);
    store.update(unseen, { seenAt: NOON });
    assert.deepEqual(marked(), []);
  });

  it('counts the age of a clip from when it was ready, and puts what was ready last on top', () => {
    const { tree } = listWith([
      {
        ...clip,
        file: 'saved',
        filePath: '/a.mp4',
        label: '甲',
        completedSeenAt: NOON - 2 * HOUR,
      } as TaskPatch,
      { ...clip, file: 'saved', filePath: '/b.mp4', label: '乙', completedSeenAt: NOON - 1 } as TaskPatch,
    ]);
    assert.equal(textOf(tree), '▾ 已就绪 · 2\n  pass 乙 · 刚刚\n  pass 甲 · 2 小时前');
  });

  it('has one time for all rows: one that is drawn between two ticks is as old as the others', () => {
    const { tree, store, keys, fired, clock } = listWith(
      [{ generation: 'queued' }, { generation: 'queued' }],
      'none',
      () => NOON - 59 * SECOND,
    );
    const ages = (): unknown[] => keys.map(key => tree.getTreeItem(key).description);
    assert.deepEqual(ages(), ['排队中 · 刚刚', '排队中 · 刚刚']);
    clock.jump(30 * SECOND);
    store.update(keys[0] ?? 0, { generation: 'processing' });
    assert.deepEqual(ages(), ['生成中 · 刚刚', '排队中 · 刚刚']);
    fired.length = 0;
    while (clock.ringNext(NOON + 100 * SECOND));
    assert.deepEqual(fired, [keys]);
    assert.deepEqual(ages(), ['生成中 · 2 分钟前', '排队中 · 2 分钟前']);
  });

  it('is drawn when VS Code has taken the last row that is on the screen, and what counts tasks with it', () => {
    const { tree, store, keys, shown, clock } = listWith(
      [{ generation: 'queued' }, { generation: 'queued' }, { generation: 'failed' }],
      'state',
    );
    const [first = 0, second = 0, failed = 0] = keys;
    let draws = 0;
    shown.onDidDraw(() => draws++);
    const after = (change: () => void): number => {
      while (clock.ringNext(clock.now() + 250));
      draws = 0;
      change();
      return draws;
    };
    // Rows that stay where they are.
    const change = (generation: 'processing' | 'queued'): void => {
      store.commit(() => {
        store.update(first, { generation });
        store.update(second, { generation });
      });
    };
    assert.equal(
      after(() => {
        change('processing');
        tree.getTreeItem(first);
      }),
      0,
    );
    tree.getTreeItem(second);
    assert.equal(draws, 1);
    // One that goes to another group: both groups are asked for.
    assert.equal(
      after(() => {
        store.update(second, { generation: 'failed' });
        tree.getTreeItem('state:inProgress');
        tree.getTreeItem('state:failed');
        childrenOf(tree, 'state:failed');
      }),
      0,
    );
    void tree.getChildren('state:inProgress');
    assert.equal(draws, 1);
    // What is not on the screen is not waited for.
    tree.filter = 'nothing like it';
    assert.equal(
      after(() => {
        store.update(failed, { amount: 1 });
      }),
      1,
    );
  });

  it('names days as people do', () => {
    const today = new Date(NOON).setHours(0, 0, 0, 0);
    const { tree } = listWith([{}, {}, {}], 'day', index => today - ([0, 1, 40 * HOUR][index] ?? 0));
    assert.deepEqual(
      childrenOf(tree).map(node => tree.getTreeItem(node).label),
      ['今天', '昨天', new Intl.DateTimeFormat('zh-cn', { dateStyle: 'full' }).format(today - 40 * HOUR)],
    );
  });

  it('keeps two hundred tasks in their groups, the newest first', () => {
    const states: TaskPatch[] = [
      { generation: 'queued' },
      { ...clip, file: 'saved' } as TaskPatch,
      { generation: 'failed' },
      { generation: 'stalled' },
    ];
    const { tree } = listWith(Array.from({ length: 200 }, (_, index) => states[index % 4] ?? {}));
    const rows = textOf(tree).split('\n');
    assert.deepEqual(
      [rows.length, ...rows.filter((row, index) => row.startsWith('▾') || rows[index - 1]?.startsWith('▾'))],
      [
        204,
        '▾ 需要注意 · 50',
        '  warning vgen_3 · 已停滞 · 2 小时前',
        '▾ 进行中 · 50',
        '  watch vgen_0 · 2 小时前',
        '▾ 已就绪 · 50',
        '  pass vgen_1 · 2 小时前',
        '▾ 失败 · 50',
        '  error vgen_2 · 失败 · 2 小时前',
      ],
    );
  });

  it('draws one row for one change, and two groups for a task that goes from one to the other', () => {
    const { store, keys, fired, clock } = listWith(
      Array.from({ length: 10_000 }, (_, index): TaskPatch =>
        index < 20 ? { generation: 'processing' } : ({ ...clip, file: 'saved' } as TaskPatch),
      ),
    );
    const [first = 0] = keys;
    store.update(first, { generation: 'queued' });
    while (clock.ringNext(clock.now() + 2 * SECOND));
    store.update(first, { ...clip, file: 'saved' } as TaskPatch);
    assert.deepEqual(fired, [[first], ['state:inProgress', 'state:ready']]);
  });

  it('leaves a row alone that a change makes look no different: a click during which it is replaced would be lost', () => {
    const part = (size: number, rate: number): string => JSON.stringify({ size, total: 50e6, rate });
    const { tree, store, keys, fired, clock } = listWith([
      { generation: 'processing' },
      { ...clip, file: 'downloading', part: part(10e6, 230_000) } as TaskPatch,
    ]);
    const [rendering = 0, saving = 0] = keys;
    /** What is drawn anew when a task changes so. */
    const after = (key: TaskKey, patch: TaskPatch): unknown => {
      textOf(tree);
      fired.length = 0;
      store.update(key, patch);
      while (clock.ringNext(clock.now() + 2 * SECOND));
      return fired.flat();
    };
    assert.deepEqual(after(rendering, { askedAt: NOON, answeredAt: NOON, nextPollAt: NOON + HOUR }), []);
    assert.deepEqual(after(saving, { part: part(12.2e6, 225_000) }), []);
    assert.deepEqual(after(saving, { part: part(12.6e6, 225_000) }), [saving]);
    // What only its tooltip says is also new.
    assert.deepEqual(after(rendering, { amount: 0.72 }), [rendering]);
  });

  it('starts with large groups collapsed, and has a group for tasks whose model is not known', () => {
    const { tree } = listWith(
      Array.from({ length: 502 }, (_, index) => ({ model: index === 0 ? null : 'veo_3_1_fast' })),
      'model',
    );
    const nodes = childrenOf(tree);
    assert.deepEqual(
      nodes.map(node => [node, tree.getTreeItem(node).collapsibleState, childrenOf(tree, node).length]),
      [
        ['model:veo_3_1_fast', 1, 501],
        ['model:-', 2, 1],
      ],
    );
    assert.equal(tree.getParent(childrenOf(tree, 'model:-')[0] ?? 0), 'model:-');
  });

  it('shows what has all words of a filter in it', () => {
    const { tree, store, keys, fired, shown } = listWith(
      [
        { generation: 'queued', label: 'Neon', model: 'veo_3_1_pro' },
        { generation: 'failed', request: JSON.stringify({ prompt: 'a neon sign in the rain' }) },
        { generation: 'queued', label: 'sea' },
      ],
      'none',
    );
    tree.filter = '  NEON ';
    assert.equal(childrenOf(tree).length, 2);
    fired.length = 0;
    store.update(keys[2] ?? 0, { label: 'sea, neon' });
    shown.drawn();
    assert.deepEqual([childrenOf(tree).length, fired], [3, [undefined]]);
  });
});
