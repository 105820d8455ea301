import { l10n, type Uri } from 'vscode';
import { clipUri } from '../host/clipUri.ts';
import type { Thumbnails } from '../host/thumbnails.ts';
import { compareNames, type TaskGroup } from '../tasks/arrangement.ts';
import { isImageOrAudio } from '../tasks/clipKind.ts';
import { isUnseen, type Task, type TaskKey } from '../tasks/task.ts';
import { inSheetOrder, lengthOf } from './sheetOrder.ts';
import type { Ages, Clips, FileMark, SheetClip, SheetHeading, SheetView } from './sheetProtocol.ts';
import type { TaskServices } from './taskSubject.ts';

/** What the contents depend on. The wording comes from the views. */
export interface ContentServices extends Pick<TaskServices, 'nameOf' | 'promptOf' | 'capabilitiesOf'> {
  readonly tasks: { get(key: TaskKey): Task | undefined };
  /** All tasks, in the order of the list. */
  readonly inOrder: () => readonly TaskKey[];
  /** Whether a task matches every word of a filter. */
  readonly matches: (task: Task, filter: string) => boolean;
  readonly factsOf: (task: Task) => readonly (readonly [name: string, value: string])[];
  /** The display name of a model. */
  readonly modelName: (model: string) => string;
  /** A duration in seconds as `0:08`. */
  readonly lengthText: (seconds: number) => string;
  /** How long ago a clip became ready, as in its row. */
  readonly ageText: (task: Task) => string;
  /** What is wrong with a clip's file, as in its row; `null` for a file that exists and plays. */
  readonly fileMarkOf: (task: Task) => FileMark | null;
  readonly thumbnails: Pick<Thumbnails, 'has'>;
  /** Finished tasks by shot, in the order of the list. */
  readonly byShot: (tasks: readonly Task[]) => readonly TaskGroup[];
  /** What stands above the clips of these groups: the name of the shot, and its takes in a few words. */
  readonly shotHeadings: (
    groups: readonly TaskGroup[],
  ) => readonly { readonly title: string; readonly note: string }[];
  /** Which take of its shot a task is; '' if of none. */
  readonly takeText: (task: Task) => string;
}

/** The tasks that are shown, in order, and the headings above them. */
export interface Shown {
  readonly tasks: readonly Task[];
  readonly headings: readonly SheetHeading[];
}

/** A task whose clip was saved, and its file if that still exists. */
export interface Finished {
  readonly task: Task;
  readonly file: Uri | undefined;
}

/** What the contact sheet shows: the finished clips that match its filters, in order, with their captions. */
export class SheetContents {
  private readonly services: ContentServices;
  private readonly addressOf: (file: Uri) => string;
  /** A cache of the captions. Task objects are immutable, so entries stay valid. */
  private readonly about = new WeakMap<Task, string>();

  /** `addressOf` gives the URL that the page loads a file from. */
  constructor(services: ContentServices, addressOf: (file: Uri) => string) {
    this.services = services;
    this.addressOf = addressOf;
  }

  /** The tasks whose clips were saved, in the order of the list, with their files if those still exist. */
  finished(): Finished[] {
    const { tasks, inOrder } = this.services;
    return inOrder()
      .map(key => tasks.get(key))
      .filter(task => task !== undefined)
      .filter(isFinished)
      .map(task => ({ task, file: fileOf(task) }));
  }

  /** The tasks that match a view's filters, in its order. */
  shown(finished: readonly Finished[], { model, text, sort = 'list' }: SheetView): Shown {
    const { matches, nameOf } = this.services;
    const shown = finished
      .map(({ task }) => task)
      .filter(task => (model === null || task.model === model) && matches(task, text));
    return sort === 'shot' ? this.byShot(shown) : { tasks: inSheetOrder(shown, sort, nameOf), headings: [] };
  }

  private byShot(tasks: readonly Task[]): Shown {
    const byKey = new Map(tasks.map(task => [task.key, task]));
    const groups = this.services.byShot(tasks);
    const headings = this.services.shotHeadings(groups);
    let at = 0;
    return {
      tasks: groups.flatMap(group => group.tasks.flatMap(key => byKey.get(key) ?? [])),
      headings: groups.map((group, index) => {
        const heading = { at, ...(headings[index] ?? { title: '', note: '' }) };
        at += group.tasks.length;
        return heading;
      }),
    };
  }

  /** The message for the page. The chosen model stays an option even if no clip has it. */
  clips({ tasks, headings }: Shown, finished: readonly Finished[], model: string | null): Clips {
    const models = new Set([...finished.map(({ task }) => task.model), model].filter(one => one !== null));
    return {
      clips: tasks.map(task => this.clipOf(task, headings.length > 0)),
      headings,
      total: finished.length,
      models: [...models]
        .map(one => [one, this.services.modelName(one)] as const)
        .sort(([, a], [, b]) => compareNames(a, b)),
    };
  }

  ages(shown: readonly Task[]): Ages {
    return shown.map(task => [task.key, this.services.ageText(task)]);
  }

  private clipOf(task: Task, isByShot: boolean): SheetClip {
    const { nameOf, modelName, lengthText, fileMarkOf, capabilitiesOf, thumbnails, takeText } = this.services;
    const file = fileOf(task);
    const length = lengthOf(task);
    return {
      key: task.key,
      name: nameOf(task),
      note: [isByShot ? takeText(task) : '', task.model === null ? '' : modelName(task.model)]
        .filter(part => part !== '')
        .join(' · '),
      length: length === null ? null : lengthText(length),
      isNew: isUnseen(task),
      mark: fileMarkOf(task),
      can: capabilitiesOf(task),
      about: this.aboutOf(task),
      source: file ? this.addressOf(file) : null,
      wantsThumbnail: !thumbnails.has(task),
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
}

/** Whether a task's video was saved once. */
export function isFinished({ file, filePath }: Task): boolean {
  return (file === 'saved' || file === 'missing') && !isImageOrAudio(filePath ?? '');
}

function fileOf({ file, filePath }: Task): Uri | undefined {
  return file === 'saved' && filePath !== null ? clipUri(filePath) : undefined;
}
