import { DataTransferItem, type DataTransfer, type TreeDragAndDropController } from 'vscode';
import { clipUri } from '../host/clipUri.ts';
import type { LiveTasks } from '../tasks/liveTasks.ts';
import type { TaskNode } from './taskNode.ts';

const URI_LIST = 'text/uri-list';

/**
 * Rows that are dragged out of the list carry the files of their clips: VS Code makes a video of one in a Markdown file, a
 * path elsewhere, and the system a file, as it does with files of the explorer.
 */
export class TaskDrag implements TreeDragAndDropController<TaskNode> {
  readonly dragMimeTypes = [URI_LIST];
  readonly dropMimeTypes = [];
  private readonly tasks: LiveTasks;

  constructor(tasks: LiveTasks) {
    this.tasks = tasks;
  }

  handleDrag(nodes: readonly TaskNode[], transfer: DataTransfer): void {
    const files = nodes
      .map(node => (typeof node === 'number' ? this.tasks.get(node) : undefined))
      .filter(task => task?.file === 'saved')
      .map(task => clipUri(task?.filePath ?? '').toString());
    if (files.length > 0) {
      transfer.set(URI_LIST, new DataTransferItem(files.join('\r\n')));
    }
  }
}
