import { DataTransferItem, type DataTransfer, type TreeDragAndDropController } from 'vscode';
import { clipUri } from '../host/clipUri.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { TaskNode } from './taskNode.ts';

const URI_LIST = 'text/uri-list';

/** The paths of clips, one a line: for Dailies' own drops. */
export const CLIP_PATHS = 'application/vnd.dailies.clip-paths';

/**
 * Rows that are dragged out of the list carry the files of their clips: VS Code makes a video of one in a Markdown file, and the
 * system a file, as it does with files of the explorer. `registerTaskDrop` makes paths of them elsewhere.
 */
export class TaskDrag implements TreeDragAndDropController<TaskNode> {
  readonly dragMimeTypes = [URI_LIST, CLIP_PATHS];
  readonly dropMimeTypes = [];
  private readonly tasks: LiveTasks;

  constructor(tasks: LiveTasks) {
    this.tasks = tasks;
  }

  handleDrag(nodes: readonly TaskNode[], transfer: DataTransfer): void {
    const paths = nodes
      .map(node => (typeof node === 'number' ? this.tasks.get(node) : undefined))
      .flatMap(task => (task?.file === 'saved' && task.filePath !== null ? [task.filePath] : []));
    if (paths.length > 0) {
      const uris = paths.map(path => clipUri(path).toString());
      transfer.set(URI_LIST, new DataTransferItem(uris.join('\r\n')));
      transfer.set(CLIP_PATHS, new DataTransferItem(paths.join('\n')));
    }
  }
}
