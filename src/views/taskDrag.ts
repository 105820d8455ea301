import { DataTransferItem, type DataTransfer, type TreeDragAndDropController } from 'vscode';
import { clipUri } from '../host/clipUri.ts';
import type { ShownList } from './shownList.ts';
import type { TaskNode } from './taskNode.ts';

const URI_LIST = 'text/uri-list';

/** The data type for paths of clips, one per line, which `registerTaskDrop` reads. */
export const CLIP_PATHS = 'application/vnd.dailies.clip-paths';

/**
 * Dragged rows carry the files of their clips. VS Code inserts a video when one is dropped on a Markdown file, and other programs
 * get the file, as from the Explorer. `registerTaskDrop` inserts paths elsewhere.
 */
export class TaskDrag implements TreeDragAndDropController<TaskNode> {
  readonly dragMimeTypes = [URI_LIST, CLIP_PATHS];
  readonly dropMimeTypes = [];
  private readonly tasks: Pick<ShownList, 'get'>;

  constructor(tasks: Pick<ShownList, 'get'>) {
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
