import assert from 'node:assert/strict';
import type { WebviewPanel } from 'vscode';
import type { SheetServices } from '../../../src/preview/sheetPage.ts';
import type { SheetView, ToSheet } from '../../../src/preview/sheetProtocol.ts';
import type { Task, TaskKey } from '../../../src/tasks/task.ts';
import { aTask } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { SheetPage } = await import('../../../src/preview/sheetPage.ts');
const { EventEmitter } = await import('vscode');
const { SHEET_AT_FIRST } = await import('../../../src/preview/sheetProtocol.ts');

/** An open sheet with so many finished clips and one that is being saved, and how often all its clips were gone through. */
function openSheet(count: number): {
  readonly change: (task: Task) => void;
  readonly tick: (now: string) => void;
  readonly look: (view: SheetView) => Promise<void>;
  readonly posted: ToSheet[];
  readonly rounds: () => number;
} {
  const clips = Array.from({ length: count }, (_one, index) =>
    aTask({ key: index + 1, generation: 'completed', file: 'saved', filePath: `/clips/${index}.mp4` }),
  );
  const tasks = new Map<TaskKey, Task>(clips.map(task => [task.key, task]));
  tasks.set(1_000, aTask({ key: 1_000, generation: 'completed', file: 'downloading' }));
  const changes = new EventEmitter<ReadonlySet<TaskKey>>();
  const ticks = new EventEmitter<void>();
  const messages = new EventEmitter<unknown>();
  let view = SHEET_AT_FIRST;
  let age = '1 h ago';
  const posted: ToSheet[] = [];
  let rounds = 0;
  const never = (): { dispose: () => void } => ({ dispose: () => undefined });
  const panel = {
    visible: true,
    onDidChangeViewState: never,
    webview: {
      options: {},
      cspSource: '',
      asWebviewUri: (file: unknown) => file,
      onDidReceiveMessage: messages.event,
      postMessage: (message: ToSheet) => {
        posted.push(message);
        return Promise.resolve(true);
      },
    },
  } as unknown as WebviewPanel;
  const services = {
    tasks: { get: (key: TaskKey) => tasks.get(key), onDidChange: changes.event },
    onDidRearrange: never,
    onDidTick: ticks.event,
    extensionUri: new URL('../../..', import.meta.url).href.replace(/\/$/, ''),
    memory: {
      get: () => view,
      set: (one: SheetView) => {
        view = one;
        return Promise.resolve();
      },
    },
    nameOf: ({ id, label }: Task) => label ?? id,
    promptOf: () => null,
    factsOf: () => [],
    matches: () => true,
    capabilitiesOf: () => 'task saved',
    ageText: ({ key }: Task) => (key === 1 ? age : 'yesterday'),
    fileMarkOf: () => null,
    thumbnails: { has: () => true },
    inOrder: () => {
      rounds++;
      return [...tasks.keys()];
    },
  } as unknown as SheetServices;
  const page = new SheetPage(panel, services);
  messages.fire({ type: 'ready' });
  after(() => {
    page.dispose();
  });
  return {
    change: task => {
      tasks.set(task.key, task);
      changes.fire(new Set([task.key]));
    },
    tick: now => {
      age = now;
      ticks.fire();
    },
    look: async one => {
      messages.fire({ type: 'view', view: one });
      await Promise.resolve();
    },
    posted,
    rounds: () => rounds,
  };
}

describe('an open contact sheet', () => {
  it('is not gone through for a clip that is being saved, and shows it when it is there', () => {
    const sheet = openSheet(100);
    const [rounds, posted] = [sheet.rounds(), sheet.posted.length];
    for (let second = 0; second < 20; second++) {
      sheet.change(aTask({ key: 1_000, generation: 'completed', file: 'downloading', part: String(second) }));
    }
    assert.deepEqual([sheet.rounds(), sheet.posted.length], [rounds, posted]);
    sheet.change(aTask({ key: 1_000, generation: 'completed', file: 'saved', filePath: '/clips/new.mp4' }));
    assert.equal(sheet.posted.length, posted + 1);
  });

  it('follows a finished clip that is renamed or taken away', () => {
    const sheet = openSheet(3);
    const posted = sheet.posted.length;
    const clip = { key: 2, generation: 'completed', file: 'saved', filePath: '/clips/1.mp4' } as const;
    sheet.change(aTask({ ...clip, label: 'dunes' }));
    sheet.change(aTask({ ...clip, file: 'none' }));
    assert.equal(sheet.posted.length, posted + 2);
  });

  it('says how old clips are, and at a tick only those that read differently', () => {
    const sheet = openSheet(3);
    assert.deepEqual(last(sheet.posted, 'clips').ages, [
      [1, '1 h ago'],
      [2, 'yesterday'],
      [3, 'yesterday'],
    ]);
    const posted = sheet.posted.length;
    sheet.tick('1 h ago');
    assert.equal(sheet.posted.length, posted);
    sheet.tick('2 h ago');
    assert.deepEqual(sheet.posted.slice(posted), [{ type: 'ages', ages: [[1, '2 h ago']] }]);
  });

  it('is ordered as the person chooses', async () => {
    const sheet = openSheet(3);
    sheet.change(
      aTask({ key: 2, generation: 'completed', file: 'saved', filePath: '/clips/1.mp4', label: 'a' }),
    );
    sheet.change(
      aTask({ key: 1, generation: 'completed', file: 'saved', filePath: '/clips/0.mp4', label: 'b' }),
    );
    const keys = (): number[] => last(sheet.posted, 'clips').clips.clips.map(({ key }) => key);
    assert.deepEqual(keys(), [1, 2, 3]);
    await sheet.look({ ...SHEET_AT_FIRST, sort: 'name' });
    assert.deepEqual(keys(), [2, 1, 3]);
    await sheet.look({ ...SHEET_AT_FIRST, sort: 'list' });
    assert.deepEqual(keys(), [1, 2, 3]);
  });
});

function last<T extends ToSheet['type']>(posted: readonly ToSheet[], type: T): Extract<ToSheet, { type: T }> {
  const found = posted.findLast((message): message is Extract<ToSheet, { type: T }> => message.type === type);
  assert.ok(found);
  return found;
}
