import { commands as vscodeCommands, l10n, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import { clipUri } from '../host/clipUri.ts';
import type { Kept } from '../host/kept.ts';
import type { Thumbnails } from '../host/thumbnails.ts';
import { commands } from '../ids.ts';
import { isUnseen, type Task, type TaskKey } from '../tasks/task.ts';
import { sheetHtml } from './html.ts';
import { folderOf, Page } from './page.ts';
import {
  isFromSheet,
  type Clips,
  type FromSheet,
  type SheetClip,
  type SheetView,
  type ToSheet,
} from './sheetProtocol.ts';
import { tasksContext } from './pageContext.ts';
import { sheetWords } from './sheetWords.ts';
import { tellOfSilence } from './silence.ts';
import type { TaskServices } from './taskSubject.ts';

/** What the contact sheet needs from outside; the words of tasks are the views'. */
export interface SheetServices extends Pick<
  TaskServices,
  'tasks' | 'onDidRearrange' | 'nameOf' | 'promptOf' | 'factsOf' | 'lookForFile' | 'keepThumbnail'
> {
  readonly extensionUri: Uri;
  /** What can be done with a task, as words. */
  readonly capabilitiesOf: (task: Task) => string;
  readonly memory: Kept<SheetView>;
  readonly thumbnails: Pick<Thumbnails, 'has'>;
  readonly log: Log;
  /** A model as people call it. */
  readonly modelName: (model: string) => string;
  /** A length in seconds as a clock shows it. */
  readonly lengthText: (seconds: number) => string;
  /** All tasks, in the order of the list. */
  readonly inOrder: () => readonly TaskKey[];
  /** Whether a task has every word of a filter. */
  readonly matches: (task: Task, filter: string) => boolean;
  /** Plays a task's clip. */
  readonly play: (key: TaskKey) => void;
}

const NOTHING = { keys: [], active: null } as const;

/** A task whose clip was saved, and its file where that is there. */
interface Finished {
  readonly task: Task;
  readonly file: Uri | undefined;
}

/** The contact sheet in its webview: shows the finished clips, follows the list, and does what a person asks for on the page. */
export class SheetPage implements Disposable {
  private readonly services: SheetServices;
  private readonly owned = new DisposableStore();
  private readonly page: Page<FromSheet, ToSheet>;
  /** What is told of each clip beside its picture: a task's facts never change, another task takes its place. */
  private readonly about = new WeakMap<Task, string>();
  /** The tasks whose clips were saved when the page was told last. */
  private known: ReadonlySet<TaskKey> = new Set();
  /** What is selected on the page, and the clip that the person is at. */
  private chosen: { readonly keys: readonly TaskKey[]; readonly active: TaskKey | null } = NOTHING;
  private readonly shows = this.owned.add(new Emitter<TaskKey>());
  /** What the page was told last, as JSON. */
  private shown: string | undefined;

  /** The person has gone to another clip. */
  readonly onDidShowTask: Event<TaskKey> = this.shows.event;

  constructor(panel: WebviewPanel, services: SheetServices) {
    this.services = services;
    this.page = this.owned.add(
      new Page({
        panel,
        extensionUri: services.extensionUri,
        name: 'Contact sheet',
        log: services.log,
        isMessage: isFromSheet,
        hear: message => this.hear(message),
        onSilence: () => {
          tellOfSilence(services.log, 'Contact sheet');
        },
      }),
    );
    const update = (): void => {
      this.update();
    };
    this.owned.add(
      services.tasks.onDidChange(keys => {
        // A clip that is being saved changes each second, and is none of the finished ones.
        if ([...keys].some(key => this.concerns(key))) {
          this.update();
        }
      }),
    );
    this.owned.add(services.onDidRearrange(update));
    this.load(this.finished());
  }

  /** The tasks that are selected; where none are, the one that the person is at. */
  get chosenTasks(): readonly TaskKey[] {
    const { keys, active } = this.chosen;
    return keys.length > 0 || active === null ? keys : [active];
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Says what is new, if anything is. A page that cannot read a clip yet is loaded anew, and then asks for itself. */
  private update(): void {
    if (!this.page.isReady) {
      return;
    }
    const finished = this.finished();
    if (this.page.canRead(filesOf(finished))) {
      this.send(finished.map(({ task }) => task));
    } else {
      this.load(finished);
    }
  }

  private concerns(key: TaskKey): boolean {
    const task = this.services.tasks.get(key);
    return this.known.has(key) || (task !== undefined && isFinished(task));
  }

  private load(finished: readonly Finished[]): void {
    this.page.load(filesOf(finished).map(folderOf), sheetHtml);
  }

  /** The tasks whose clips were saved, in the order of the list, with their files where those are there. */
  private finished(): Finished[] {
    const { tasks, inOrder } = this.services;
    const finished = inOrder()
      .map(key => tasks.get(key))
      .filter(task => task !== undefined)
      .filter(isFinished);
    this.known = new Set(finished.map(({ key }) => key));
    return finished.map(task => ({ task, file: fileOf(task) }));
  }

  private send(finished: readonly Task[]): void {
    const { memory, matches } = this.services;
    const { model, text } = memory.get();
    const models = new Set(finished.map(task => task.model).filter(one => one !== null));
    if (model !== null) {
      models.add(model);
    }
    const clips: Clips = {
      clips: finished
        .filter(task => (model === null || task.model === model) && matches(task, text))
        .map(task => this.clipOf(task)),
      total: finished.length,
      models: [...models]
        .map(one => [one, this.services.modelName(one)] as const)
        .sort(([, a], [, b]) => a.localeCompare(b)),
    };
    const json = JSON.stringify(clips);
    if (json !== this.shown) {
      this.shown = json;
      this.page.post({ type: 'clips', clips });
    }
  }

  private clipOf(task: Task): SheetClip {
    const file = fileOf(task);
    const length = task.fileDuration ?? task.actualDuration;
    return {
      key: task.key,
      name: this.services.nameOf(task),
      note: task.model === null ? '' : this.services.modelName(task.model),
      length: length === null ? null : this.services.lengthText(length),
      isNew: isUnseen(task),
      can: this.services.capabilitiesOf(task),
      about: this.aboutOf(task),
      source: file ? this.page.addressOf(file) : null,
      wantsThumbnail: !this.services.thumbnails.has(task),
    };
  }

  private aboutOf(task: Task): string {
    let about = this.about.get(task);
    if (about === undefined) {
      const { nameOf, promptOf, factsOf } = this.services;
      const facts = factsOf(task).map(([name, value]) => l10n.t('{0}: {1}', name, value));
      about = [promptOf(task) ?? nameOf(task), ...facts].join('\n');
      this.about.set(task, about);
    }
    return about;
  }

  private async hear(message: FromSheet): Promise<void> {
    const { memory, keepThumbnail, play, lookForFile, log } = this.services;
    switch (message.type) {
      case 'ready':
        this.shown = undefined;
        this.chosen = NOTHING;
        this.page.post({ type: 'start', words: sheetWords(), view: memory.get() });
        this.update();
        return;
      case 'view':
        await memory.set(message.view);
        this.update();
        return;
      case 'open':
        play(message.key);
        return;
      case 'select': {
        const before = this.chosen.active;
        this.chosen = message;
        if (message.active !== null && message.active !== before) {
          this.shows.fire(message.active);
        }
        return;
      }
      case 'compare':
      case 'saveAs':
        await vscodeCommands.executeCommand(commands[message.type], tasksContext(message.keys));
        return;
      case 'track':
        await vscodeCommands.executeCommand(commands.track);
        return;
      case 'thumbnail':
        await keepThumbnail(message.key, message.picture);
        return;
      case 'frameFailed':
        log.warn(`Contact sheet, task ${message.key}: ${message.reason}`);
        await lookForFile(message.key);
        return;
    }
  }
}

function isFinished({ file }: Task): boolean {
  return file === 'saved' || file === 'missing';
}

function fileOf({ file, filePath }: Task): Uri | undefined {
  return file === 'saved' && filePath !== null ? clipUri(filePath) : undefined;
}

function filesOf(finished: readonly Finished[]): Uri[] {
  return finished.map(({ file }) => file).filter(file => file !== undefined);
}
