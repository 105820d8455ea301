import {
  commands as vscodeCommands,
  DataTransferItem,
  l10n,
  type DataTransfer,
  type TreeDragAndDropController,
} from 'vscode';
import { clipUri } from '../host/clipUri.ts';
import { messages } from '../host/messages.ts';
import { choiceCommands } from '../ids.ts';
import type { Shot } from '../tasks/shot.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { ShownList } from './shownList.ts';
import type { TaskNode } from './taskNode.ts';

const URI_LIST = 'text/uri-list';

/** The data type for paths of clips, one per line, which `registerTaskDrop` reads. */
export const CLIP_PATHS = 'application/vnd.dailies.clip-paths';

/** The data type for the keys of dragged tasks, as JSON: they can be dropped on a row of this list. */
const TASKS = 'application/vnd.dailies.tasks';

/** What a row can be dropped on. */
export interface DropTargets {
  /** The shot that a row stands for or in; `null` for that of none; `undefined` where the list is not grouped by shot. */
  readonly shotAt: (node: TaskNode | undefined) => Shot | null | undefined;
  /** Makes tasks takes of a shot, or of none. */
  readonly assign: (keys: readonly TaskKey[], shot: Shot | null) => void;
}

/**
 * Dragged rows carry the files of their clips. VS Code inserts a video when one is dropped on a Markdown file, and other programs
 * get the file, as from the Explorer. `registerTaskDrop` inserts paths elsewhere. Dropped on a shot of the list, they become its takes.
 */
export class TaskDrag implements TreeDragAndDropController<TaskNode> {
  readonly dragMimeTypes = [URI_LIST, CLIP_PATHS, TASKS];
  readonly dropMimeTypes = [TASKS];
  private readonly tasks: Pick<ShownList, 'get'>;
  private readonly targets: DropTargets;

  constructor(tasks: Pick<ShownList, 'get'>, targets: DropTargets) {
    this.tasks = tasks;
    this.targets = targets;
  }

  handleDrag(nodes: readonly TaskNode[], transfer: DataTransfer): void {
    const tasks = nodes
      .map(node => (typeof node === 'number' ? this.tasks.get(node) : undefined))
      .filter(task => task !== undefined);
    if (tasks.length > 0) {
      transfer.set(TASKS, new DataTransferItem(JSON.stringify(tasks.map(({ key }) => key))));
    }
    const paths = tasks.flatMap(task =>
      task.file === 'saved' && task.filePath !== null ? [task.filePath] : [],
    );
    if (paths.length > 0) {
      const uris = paths.map(path => clipUri(path).toString());
      transfer.set(URI_LIST, new DataTransferItem(uris.join('\r\n')));
      transfer.set(CLIP_PATHS, new DataTransferItem(paths.join('\n')));
    }
  }

  async handleDrop(target: TaskNode | undefined, transfer: DataTransfer): Promise<void> {
    const keys = keysIn(await transfer.get(TASKS)?.asString());
    const shot = this.targets.shotAt(target);
    if (keys.length === 0) {
      return;
    }
    if (shot !== undefined) {
      this.targets.assign(keys, shot);
    } else if (target !== undefined) {
      const group = l10n.t('Group by Shot');
      const text = l10n.t('To assign tasks to a shot by dragging them, group the list by shot.');
      if ((await messages.info(text, group)) === group) {
        await vscodeCommands.executeCommand(choiceCommands('groupBy', 'shot')[0]);
      }
    }
  }
}

/** The keys that `handleDrag` has made a text of. */
function keysIn(text: string | undefined): TaskKey[] {
  try {
    const keys: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(keys) ? keys.filter((key): key is TaskKey => Number.isSafeInteger(key)) : [];
  } catch {
    return [];
  }
}
