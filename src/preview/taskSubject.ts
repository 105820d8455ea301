import { commands as vscodeCommands, EventEmitter, l10n, Uri } from 'vscode';
import { SECOND, type Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import { pathText } from '../host/pathText.ts';
import { endingIn, isShown } from '../tasks/clipKind.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import {
  OPEN_EXTERNALLY,
  OPEN_FOLDER,
  type Action,
  type Fact,
  type Show,
  type WithoutClip,
} from './protocol.ts';
import { pageContext } from './pageContext.ts';
import type { Subject } from './subject.ts';

/** How a task is doing that has no clip to show. */
export interface Report extends Omit<WithoutClip, 'kind' | 'actions'> {
  /** What can be done: the words, the command, and what it is run on. Those that help the task on come first. */
  readonly actions: readonly (readonly [label: string, command: Action, argument?: TaskKey | string])[];
}

/** What the player needs to know of tasks; the words are the views'. */
export interface TaskServices {
  readonly clock: Clock;
  readonly tasks: LiveTasks;
  readonly nameOf: (task: Task) => string;
  readonly promptOf: (task: Task) => string | null;
  /** What stands beside a clip. */
  readonly factsOf: (task: Task) => readonly Fact[];
  /** What a task can do, as words that menus ask for. */
  readonly capabilitiesOf: (task: Task) => string;
  readonly reportOf: (task: Task) => Report;
  /** The saved clip before or after one, in the order of the list. */
  readonly clipBeside: (key: TaskKey, by: 1 | -1) => TaskKey | undefined;
  /** A setting or the filter has changed what comes before and after. */
  readonly onDidRearrange: Event<void>;
  /** A minute has passed: what is said of time may be another. */
  readonly onDidTick: Event<void>;
  /** A person sees the clip. */
  readonly onDidShow: (key: TaskKey) => void;
  /** A page has shown the clip: its first frame, as `isThumbnail` says. */
  readonly keepThumbnail: (key: TaskKey, jpeg: Uint8Array) => Promise<void>;
  /** Looks whether a clip that the list has for saved is still there. */
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

/** How often what a page says of time is looked at again, ms. */
const TICK = 10 * SECOND;

/** A task of the list: its clip when that is there, and until then how it is doing. */
export class TaskSubject implements Subject {
  readonly key: TaskKey;
  private readonly services: TaskServices;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<void>());
  /** The file was looked for and not found, whatever the list says. */
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
      // Any change may be one of the clips before and after.
      services.tasks.onDidChange(keys => {
        this.isGone &&= !keys.has(key);
        this.changes.fire();
      }),
    );
    this.watchTime();
  }

  get name(): string {
    return this.task ? this.services.nameOf(this.task) : l10n.t('Preview');
  }

  get file(): Uri | undefined {
    const { task } = this;
    return task?.file === 'saved' && task.filePath !== null ? clipUri(task.filePath) : undefined;
  }

  /** What can be done with it, as words that menus ask for. */
  get capabilities(): string {
    return this.task ? this.services.capabilitiesOf(this.task) : '';
  }

  get folders(): readonly Uri[] {
    // One clip of each folder.
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
      menu: pageContext([key], `${this.capabilities}${content.kind === 'clip' ? ' shown' : ''}`),
      neighbours: {
        previous: services.clipBeside(key, -1) !== undefined,
        next: services.clipBeside(key, 1) !== undefined,
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

  /** Runs what the report offers that is shown; a clip can always be opened in another player. */
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

  beside(by: 1 | -1): Subject | undefined {
    const key = this.services.clipBeside(this.key, by);
    return key === undefined ? undefined : new TaskSubject(key, this.services);
  }

  dispose(): void {
    this.timer?.dispose();
    this.owned.dispose();
  }

  /** Ages, and what is left of time, change though the task does not. */
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

/** Nothing is to be shown, and that is all there is to say. */
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

/** Of a clip of a kind that Chromium does not play. */
export function notShownText(file: Uri): string {
  return l10n.t("VS Code can't play {0} files.", endingIn(file.path).toUpperCase());
}
