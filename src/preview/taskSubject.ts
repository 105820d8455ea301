import { commands as vscodeCommands, EventEmitter, l10n, Uri } from 'vscode';
import { DisposableStore } from '../base/disposable.ts';
import type { Event } from '../base/events.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import { commands, type CommandId } from '../ids.ts';
import { endingIn, isShown } from '../tasks/clipKind.ts';
import { readPart } from '../tasks/part.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import { isBeingSaved, isLocatable, isSavable, isUnderWay, type Task, type TaskKey } from '../tasks/task.ts';
import type { Action, Fact, Show } from './protocol.ts';
import type { Subject } from './subject.ts';

/** What the player needs to know of tasks; the words are the views'. */
export interface TaskServices {
  readonly tasks: LiveTasks;
  readonly nameOf: (task: Task) => string;
  readonly promptOf: (task: Task) => string | null;
  /** What stands beside a clip. */
  readonly factsOf: (task: Task) => readonly Fact[];
  /** How a task without a clip is doing, in a line or two. */
  readonly statusOf: (task: Task) => string;
  /** The saved clip before or after one, in the order of the list. */
  readonly clipBeside: (key: TaskKey, by: 1 | -1) => TaskKey | undefined;
  /** A setting or the filter has changed what comes before and after. */
  readonly onDidRearrange: Event<void>;
  /** A person sees the clip. */
  readonly onDidShow: (key: TaskKey) => void;
  /** A page has shown the clip: its first frame, as `isThumbnail` says. */
  readonly keepThumbnail: (key: TaskKey, picture: Uint8Array) => Promise<void>;
  /** Looks whether a clip that the list has for saved is still there. */
  readonly lookForFile: (key: TaskKey) => Promise<void>;
}

const COMMANDS: Readonly<Record<Action, CommandId>> = {
  openExternally: commands.openExternally,
  openLink: commands.openLink,
  locate: commands.locate,
  save: commands.saveNow,
  retrySave: commands.retrySave,
  stopSaving: commands.stopSaving,
  refresh: commands.refresh,
};

/** A task of the list: its clip when that is there, and until then how it is doing. */
export class TaskSubject implements Subject {
  readonly key: TaskKey;
  private readonly services: TaskServices;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<void>());
  /** The file was looked for and not found, whatever the list says. */
  private isGone = false;

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
      // Any change may be one of the clips before and after.
      services.tasks.onDidChange(keys => {
        this.isGone &&= !keys.has(key);
        this.changes.fire();
      }),
    );
  }

  get name(): string {
    return this.task ? this.services.nameOf(this.task) : l10n.t('Preview');
  }

  get file(): Uri | undefined {
    const { task } = this;
    return task?.file === 'saved' && task.filePath !== null ? clipUri(task.filePath) : undefined;
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
    return {
      state: { key },
      name: this.name,
      prompt: task ? services.promptOf(task) : null,
      facts: task ? services.factsOf(task) : [],
      neighbours: {
        previous: services.clipBeside(key, -1) !== undefined,
        next: services.clipBeside(key, 1) !== undefined,
      },
      content: this.contentOf(task, addressOf),
    };
  }

  private contentOf(task: Task | undefined, addressOf: (file: Uri) => string): Show['content'] {
    const { file, services } = this;
    if (!file || this.isGone) {
      return contentWithout(task, services);
    }
    return isShown(file.path) ? { kind: 'clip', source: addressOf(file) } : notShown(file);
  }

  wasShown(): void {
    this.services.onDidShow(this.key);
  }

  async keepThumbnail(picture: Uint8Array): Promise<void> {
    await this.services.keepThumbnail(this.key, picture);
  }

  async lookForFile(): Promise<void> {
    const { file } = this;
    if (file) {
      this.isGone = (await isThere(storedPath(file))) === false;
      this.changes.fire();
      await this.services.lookForFile(this.key);
    }
  }

  async act(action: Action): Promise<void> {
    await vscodeCommands.executeCommand(COMMANDS[action], this.key);
  }

  beside(by: 1 | -1): Subject | undefined {
    const key = this.services.clipBeside(this.key, by);
    return key === undefined ? undefined : new TaskSubject(key, this.services);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get task(): Task | undefined {
    return this.services.tasks.get(this.key);
  }
}

/** A clip of a kind that Chromium does not play is there all the same. */
export function notShown(file: Uri): Show['content'] {
  const why = l10n.t("VS Code can't play {0} files.", endingIn(file.path).toUpperCase());
  const actions = [{ action: 'openExternally', label: l10n.t('Open in System Player') } as const];
  return { kind: 'none', why, isWaiting: false, actions };
}

function contentWithout(task: Task | undefined, { statusOf }: TaskServices): Show['content'] {
  if (!task) {
    const why = l10n.t('This task is no longer in the list.');
    return { kind: 'none', why, isWaiting: false, actions: [] };
  }
  const locate = { action: 'locate', label: l10n.t('Locate File…') } as const;
  if (task.file === 'missing' || task.file === 'saved') {
    const why = l10n.t('The file no longer exists: {0}', task.filePath ?? '');
    const actions = [locate, ...saving(task)];
    return { kind: 'none', why, isWaiting: false, actions };
  }
  if (task.file === 'downloading') {
    const part = readPart(task.part);
    const progress = part?.total ? Math.min(1, part.size / part.total) : null;
    const actions = [{ action: 'stopSaving', label: l10n.t('Stop Saving') } as const];
    return { kind: 'none', why: statusOf(task), isWaiting: true, progress, actions };
  }
  const isWaiting = !isOver(task);
  const actions = [...(isLocatable(task) ? [locate] : []), ...saving(task)];
  return { kind: 'none', why: statusOf(task), isWaiting, actions: isWaiting ? [] : actions };
}

/** What may still bring the clip. */
function saving(task: Task): { action: Action; label: string }[] {
  if (!isSavable(task)) {
    return task.generation === 'stalled' ? [{ action: 'refresh', label: l10n.t('Refresh') }] : [];
  }
  const retry = { action: 'retrySave', label: l10n.t('Retry Save') } as const;
  if (task.saveProblem === 'playlist' && task.file !== 'missing') {
    // Only a program that puts a stream together can do something with it.
    return [{ action: 'openLink', label: l10n.t('Open Link') }, retry];
  }
  return isBeingSaved(task) || task.file === 'expired'
    ? [retry]
    : [{ action: 'save', label: task.file === 'missing' ? l10n.t('Save Again') : l10n.t('Save Now') }];
}

/** Whether a task will have no clip, or not by itself. */
function isOver(task: Task): boolean {
  return task.generation === 'completed'
    ? task.file === 'none' || task.file === 'failed' || task.file === 'expired'
    : !isUnderWay(task);
}
