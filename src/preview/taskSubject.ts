import { commands as vscodeCommands, EventEmitter, l10n, Uri } from 'vscode';
import { SECOND, type Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import { pathText } from '../host/pathText.ts';
import { endingIn, isImageOrAudio, isShown } from '../tasks/clipKind.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import {
  OPEN_EXTERNALLY,
  OPEN_FOLDER,
  type Action,
  type Chain,
  type Fact,
  type Show,
  type WithoutClip,
} from './protocol.ts';
import { pageContext } from './pageContext.ts';
import type { Subject } from './subject.ts';

/** The state of a task that has no clip to show. */
export interface Report extends Omit<WithoutClip, 'kind' | 'actions'> {
  /** The buttons: their label, command, and argument. Those that get the task any further come first. */
  readonly actions: readonly (readonly [label: string, command: Action, argument?: TaskKey | string])[];
}

/** What the player needs to know about tasks. The wording comes from the views. */
export interface TaskServices {
  readonly clock: Clock;
  readonly tasks: LiveTasks;
  readonly nameOf: (task: Task) => string;
  /** The name with the number of the take, where takes of a shot have one name. */
  readonly titleOf: (task: Task) => string;
  readonly promptOf: (task: Task) => string | null;
  /** The properties shown next to a clip. */
  readonly factsOf: (task: Task) => readonly Fact[];
  /** The clips that a task's clip starts from, and those that start from it; `null` if there are none. */
  readonly chainOf: (task: Task) => Chain | null;
  /** A task's capabilities, as the words that `when` clauses of menus test for. */
  readonly capabilitiesOf: (task: Task) => string;
  readonly reportOf: (task: Task) => Report;
  /** The previous or next saved clip in the order of the list. */
  readonly adjacentClip: (key: TaskKey, by: 1 | -1) => TaskKey | undefined;
  /** A setting or the filter has changed the order of the list. */
  readonly onDidRearrange: Event<void>;
  /** A minute has passed, so relative times may read differently. */
  readonly onDidTick: Event<void>;
  /** The clip is on the screen. */
  readonly onDidShow: (key: TaskKey) => void;
  /** Stores a clip's first frame; `isThumbnail` has checked it. */
  readonly keepThumbnail: (key: TaskKey, jpeg: Uint8Array) => Promise<void>;
  /** Checks whether the file of a saved clip still exists, and updates the task if not. */
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

/** How often the relative times on a page are updated, ms. */
const TICK = 10 * SECOND;

/** A task of the list: its clip once that is saved, and its state until then. */
export class TaskSubject implements Subject {
  readonly key: TaskKey;
  private readonly services: TaskServices;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<void>());
  /** The file was not found, although the list may still say that it is saved. */
  private isGone = false;
  private timer: Disposable | undefined;

  readonly onDidChange = this.changes.event;

  constructor(key: TaskKey, services: TaskServices) {
    this.key = key;
    this.services = services;
    this.owned.add(
      services.onDidRearrange(() => {
        this.changes.fire();
      }),
    );
    this.owned.add(
      services.onDidTick(() => {
        if (this.file === undefined) {
          this.changes.fire();
        }
      }),
    );
    this.owned.add(
      // A change of any task may change which clips are previous and next.
      services.tasks.onDidChange(keys => {
        this.isGone &&= !keys.has(key);
        this.changes.fire();
      }),
    );
    this.watchTime();
  }

  get name(): string {
    return this.task ? this.services.titleOf(this.task) : l10n.t('Preview');
  }

  get file(): Uri | undefined {
    const { task } = this;
    return task?.file === 'saved' && task.filePath !== null ? clipUri(task.filePath) : undefined;
  }

  /** The task's capabilities, as the words that `when` clauses of menus test for. */
  get capabilities(): string {
    return this.task ? this.services.capabilitiesOf(this.task) : '';
  }

  /** The capabilities, and whether the clip is shown, for the menus of the page. */
  get menuWords(): string {
    const isClip = this.file !== undefined && this.isShown(this.file);
    return `${this.capabilities}${isClip ? ' shown' : ''}`;
  }

  get folders(): readonly Uri[] {
    // One clip per folder is enough.
    const clips = new Map<string, string>();
    for (const { filePath } of this.services.tasks.all()) {
      if (filePath !== null) {
        clips.set(filePath.replace(/[^\\/]*$/, ''), filePath);
      }
    }
    return Array.from(clips.values(), filePath => Uri.joinPath(clipUri(filePath), '..'));
  }

  show(addressOf: (file: Uri) => string): Show {
    const { task, key, services } = this;
    const content = this.contentOf(task, addressOf);
    return {
      state: { key },
      name: this.name,
      prompt: task ? services.promptOf(task) : null,
      facts: task ? services.factsOf(task) : [],
      path: this.file && task?.filePath ? pathText(task.filePath) : null,
      chain: task ? services.chainOf(task) : null,
      can: this.capabilities,
      menu: pageContext([key], this.menuWords),
      neighbours: {
        previous: services.adjacentClip(key, -1) !== undefined,
        next: services.adjacentClip(key, 1) !== undefined,
      },
      content,
    };
  }

  private contentOf(task: Task | undefined, addressOf: (file: Uri) => string): Show['content'] {
    const { file } = this;
    if (!task) {
      return withoutClip(l10n.t('This task is no longer in the list.'));
    }
    if (file && this.isShown(file)) {
      return { kind: 'clip', source: addressOf(file) };
    }
    const { actions, ...report } = this.reportOf(task);
    const buttons = actions.map(([label, action]) => ({ label, action }));
    return {
      kind: 'none',
      ...report,
      ...(file && !this.isGone ? { reason: notShownText(file) } : {}),
      actions: buttons,
    };
  }

  wasShown(): void {
    this.services.onDidShow(this.key);
  }

  async keepThumbnail(jpeg: Uint8Array): Promise<void> {
    await this.services.keepThumbnail(this.key, jpeg);
  }

  async lookForFile(): Promise<void> {
    const { file } = this;
    if (file) {
      this.isGone = (await isThere(storedPath(file))) === false;
      this.changes.fire();
      await this.services.lookForFile(this.key);
    }
  }

  /** Runs a button of the report. Without a report, only the commands that open the file or its folder. */
  async act(action: Action): Promise<void> {
    const { task, key, file } = this;
    const report = task && !(file && this.isShown(file)) ? this.reportOf(task) : undefined;
    const offered = report?.actions.find(([, command]) => command === action);
    if (offered) {
      await vscodeCommands.executeCommand(action, offered[2]);
    } else if (action === OPEN_EXTERNALLY || action === OPEN_FOLDER) {
      await vscodeCommands.executeCommand(action, key);
    }
  }

  linked(key: TaskKey): Subject | undefined {
    return this.services.tasks.get(key) && new TaskSubject(key, this.services);
  }

  neighbour(by: 1 | -1): Subject | undefined {
    const key = this.services.adjacentClip(this.key, by);
    return key === undefined ? undefined : new TaskSubject(key, this.services);
  }

  dispose(): void {
    this.timer?.dispose();
    this.owned.dispose();
  }

  /** Relative times change even while the task does not. */
  private watchTime(): void {
    this.timer = this.services.clock.setTimer(() => {
      this.changes.fire();
      this.watchTime();
    }, TICK);
  }

  private get task(): Task | undefined {
    return this.services.tasks.get(this.key);
  }

  private isShown(file: Uri): boolean {
    return !this.isGone && isShown(file.path);
  }

  private reportOf(task: Task): Report {
    return this.services.reportOf(this.isGone ? { ...task, file: 'missing' } : task);
  }
}

/** Content for a page without a clip that only states something. */
export function withoutClip(state: string, more: Partial<WithoutClip> = {}): WithoutClip {
  return {
    kind: 'none',
    icon: 'info',
    colour: null,
    state,
    time: '',
    reason: '',
    next: '',
    actions: [],
    helps: 0,
    ...more,
  };
}

/** Says that this page does not play files of this type, and what shows them where VS Code does. */
export function notShownText(file: Uri): string {
  if (isImageOrAudio(file.path)) {
    return l10n.t('Preview opens {0} files in a viewer of VS Code.', endingIn(file.path).toUpperCase());
  }
  return l10n.t("VS Code can't play {0} files.", endingIn(file.path).toUpperCase());
}
