import { l10n, type Uri } from 'vscode';
import { clipUri } from '../host/clipUri.ts';
import type { Thumbnails } from '../host/thumbnails.ts';
import { compareNames } from '../tasks/arrangement.ts';
import { isUnseen, type Task, type TaskKey } from '../tasks/task.ts';
import { inSheetOrder, lengthOf } from './sheetOrder.ts';
import type { Ages, Clips, FileMark, SheetClip, SheetView } from './sheetProtocol.ts';
import type { TaskServices } from './taskSubject.ts';

/** Where the contact sheet gets its clips and their words from. */
export interface ContentServices extends Pick<TaskServices, 'nameOf' | 'promptOf' | 'capabilitiesOf'> {
  readonly tasks: { get(key: TaskKey): Task | undefined };
  /** All tasks, in the order of the list. */
  readonly inOrder: () => readonly TaskKey[];
  /** Whether a task has every word of a filter. */
  readonly matches: (task: Task, filter: string) => boolean;
  readonly factsOf: (task: Task) => readonly (readonly [name: string, value: string])[];
  /** A model as people call it. */
  readonly modelName: (model: string) => string;
  /** A length in seconds as a clock shows it. */
  readonly lengthText: (seconds: number) => string;
  /** How long ago a clip became ready, as its row says it. */
  readonly ageText: (task: Task) => string;
  /** What its row says of a clip's file; `null` for one that is there and plays. */
  readonly fileMarkOf: (task: Task) => FileMark | null;
  readonly thumbnails: Pick<Thumbnails, 'has'>;
}

/** A task whose clip was saved, and its file where that is there. */
export interface Finished {
  readonly task: Task;
  readonly file: Uri | undefined;
}

/** What the contact sheet shows: the finished clips that the person wants to see, in order, and what is told of each. */
export class SheetContents {
  private readonly services: ContentServices;
  private readonly addressOf: (file: Uri) => string;
  /** What is told of each clip next to its picture: a task's facts never change, another task takes its place. */
  private readonly about = new WeakMap<Task, string>();

  /** `addressOf`: where the page finds a file. */
  constructor(services: ContentServices, addressOf: (file: Uri) => string) {
    this.services = services;
    this.addressOf = addressOf;
  }

  /** The tasks whose clips were saved, in the order of the list, with their files where those are there. */
  finished(): Finished[] {
    const { tasks, inOrder } = this.services;
    return inOrder()
      .map(key => tasks.get(key))
      .filter(task => task !== undefined)
      .filter(isFinished)
      .map(task => ({ task, file: fileOf(task) }));
  }

  /** Those that a view lets through, in its order. */
  shown(finished: readonly Finished[], { model, text, sort = 'list' }: SheetView): readonly Task[] {
    const { matches, nameOf } = this.services;
    const shown = finished
      .map(({ task }) => task)
      .filter(task => (model === null || task.model === model) && matches(task, text));
    return inSheetOrder(shown, sort, nameOf);
  }

  /** The page's words of these clips. The model that is chosen stays a choice even where no clip has it. */
  clips(shown: readonly Task[], finished: readonly Finished[], model: string | null): Clips {
    const models = new Set([...finished.map(({ task }) => task.model), model].filter(one => one !== null));
    return {
      clips: shown.map(task => this.clipOf(task)),
      total: finished.length,
      models: [...models]
        .map(one => [one, this.services.modelName(one)] as const)
        .sort(([, a], [, b]) => compareNames(a, b)),
    };
  }

  ages(shown: readonly Task[]): Ages {
    return shown.map(task => [task.key, this.services.ageText(task)]);
  }

  private clipOf(task: Task): SheetClip {
    const { nameOf, modelName, lengthText, fileMarkOf, capabilitiesOf, thumbnails } = this.services;
    const file = fileOf(task);
    const length = lengthOf(task);
    return {
      key: task.key,
      name: nameOf(task),
      note: task.model === null ? '' : modelName(task.model),
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

/** Whether a task's clip was saved once. */
export function isFinished({ file }: Task): boolean {
  return file === 'saved' || file === 'missing';
}

function fileOf({ file, filePath }: Task): Uri | undefined {
  return file === 'saved' && filePath !== null ? clipUri(filePath) : undefined;
}
