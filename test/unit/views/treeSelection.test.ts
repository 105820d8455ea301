import assert from 'node:assert/strict';
import type { TreeView } from 'vscode';
import type { ListOrder } from '../../../src/views/listOrder.ts';
import type { ShownList } from '../../../src/views/shownList.ts';
import type { TaskNode } from '../../../src/views/taskNode.ts';
import type { TreeMemory } from '../../../src/views/treeMemory.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { TreeSelection } = await import('../../../src/views/treeSelection.ts');

describe('the selection of the list', () => {
  /** A list of the tasks 1 to 3 whose rows take their time to be selected. */
  const set = (
    selected?: number,
  ): {
    selection: InstanceType<typeof TreeSelection>;
    asked: TaskNode[];
    show: (isVisible: boolean) => void;
    select: (...nodes: TaskNode[]) => void;
  } => {
    const asked: TaskNode[] = [];
    let onDidChangeVisibility = (): void => undefined;
    const view = {
      visible: true,
      selection: [] as TaskNode[],
      reveal: (node: TaskNode) => {
        asked.push(node);
        return new Promise<void>(() => undefined);
      },
      onDidChangeVisibility: (listener: () => void) => {
        onDidChangeVisibility = listener;
        return { dispose: () => undefined };
      },
      onDidChangeSelection: () => ({ dispose: () => undefined }),
    };
    const order = {
      parentOf: () => undefined,
      groupOf: () => ({ id: '', tasks: [1, 2, 3] }),
      placeOf: () => '',
      rowOf: (key: number) => key,
    };
    const selection = new TreeSelection({
      view: view as unknown as TreeView<TaskNode>,
      order: order as unknown as ListOrder,
      shown: { get: () => ({}) } as unknown as ShownList,
      memory: { selected } as unknown as TreeMemory,
      isOpen: () => true,
    });
    return {
      selection,
      asked,
      show: isVisible => {
        view.visible = isVisible;
        onDidChangeVisibility();
      },
      select: (...nodes) => {
        view.selection = nodes;
      },
    };
  };

  it('goes back to a clip while another is still being selected', () => {
    const { selection, asked, select } = set();
    select(1);
    selection.accompany(1);
    selection.accompany(2);
    selection.accompany(1);
    assert.deepEqual(asked, [2, 1]);
  });

  it('is that of the clip which was shown while the list was hidden, not the one of before a reload', () => {
    const { selection, asked, show } = set(3);
    show(false);
    selection.accompany(2);
    assert.deepEqual(asked, [3]);
    show(true);
    assert.deepEqual(asked, [3, 2]);
  });

  it('stays as it is when the clip is part of it', () => {
    const { selection, asked, select } = set();
    select(1, 2);
    selection.accompany(2);
    assert.deepEqual(asked, []);
  });
});
