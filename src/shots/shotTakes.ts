import { workspace, type TextDocument } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { grouped } from '../base/grouped.ts';
import { shotPath } from '../host/shotPath.ts';
import { followRenamedShots, type MadeTake, type WrittenShot } from '../making/renamedShots.ts';
import { bodyOf } from '../making/request.ts';
import type { Intent } from '../tasks/intent.ts';
import type { Task } from '../tasks/task.ts';
import type { ReadShots } from './issues.ts';
import { sectionsOf } from './sections.ts';
import type { ShotServices } from './services.ts';
import { isShotDocument, type ShotDocuments } from './shotDocuments.ts';

/** What was made of a shot, and what is wanted of it; each in order. */
export interface ShotTakes {
  readonly tasks: readonly Task[];
  readonly intents: readonly Intent[];
}

type Services = Pick<ShotServices, 'tasks' | 'store' | 'modelOf'>;

/** What was made of a shot of a file, or is to be. */
export type Take = MadeTake & ({ readonly task: Task } | { readonly intent: Intent });

const NONE: ShotTakes = { tasks: [], intents: [] };

/** The takes of each shot of a document, by what the shot is known by in it; those of a shot whose heading is new are with it. */
export function takesIn(
  document: TextDocument,
  read: ReadShots,
  services: Services,
): (section: string) => ShotTakes {
  const takes = takesOfDocument(document, services);
  const renamed = renamedIn(takes, read, services);
  const ofShots = grouped(takes, take => renamed.get(take) ?? take.section ?? '');
  return section => {
    const found = ofShots.get(section);
    return found
      ? {
          tasks: tasksIn(found).sort((a, b) => (a.take ?? 0) - (b.take ?? 0) || a.key - b.key),
          intents: intentsIn(found),
        }
      : NONE;
  };
}

/**
 * Writes down that the takes of shots whose headings are new are theirs, so that they stay so once the text is changed as well. A
 * shot that has takes by its own heading keeps these apart from others.
 */
export function keepRenamedShots(document: TextDocument, read: ReadShots, services: Services): void {
  const takes = takesOfDocument(document, services);
  const renamed = renamedIn(takes, read, services);
  const named = new Set(takes.filter(take => !renamed.has(take)).map(({ section }) => section ?? ''));
  for (const [section, moved] of grouped(renamed.keys(), take => renamed.get(take) ?? '')) {
    if (!named.has(section) && !services.store.isReadOnly) {
      services.store.takes.moveTakes(
        tasksIn(moved).map(({ key }) => key),
        intentsIn(moved).map(({ id }) => id),
        section === '' ? null : section,
      );
    }
  }
}

/** Writes it down whenever a shot file is saved. */
export function keepTakesOnSave(documents: ShotDocuments, services: ShotServices): Disposable {
  return workspace.onDidSaveTextDocument(async document => {
    if (isShotDocument(document)) {
      keepRenamedShots(document, await documents.readWhole(document), services);
    }
  });
}

function takesOfDocument({ uri }: TextDocument, services: Services): Take[] {
  const file = shotPath(uri);
  return file === null ? [] : takesOfFile(file, services);
}

/** All takes of a shot file, as it is written down with them. */
export function takesOfFile(file: string, { tasks, store }: Pick<Services, 'tasks' | 'store'>): Take[] {
  return [
    ...[...tasks.all()]
      .filter(({ shotFile }) => shotFile === file)
      .map(task => ({ task, section: task.shot, request: task.request })),
    ...store.intents.ofFile(file).map(intent => ({ intent, section: intent.section, request: intent.body })),
  ];
}

function renamedIn(takes: readonly Take[], read: ReadShots, { modelOf }: Services): Map<Take, string> {
  const sections = sectionsOf(read.file);
  return followRenamedShots(takes, () => writtenShots(read, modelOf), sections);
}

/** What each shot of a file would send. */
export function writtenShots({ file }: ReadShots, modelOf: ShotServices['modelOf']): WrittenShot[] {
  const sections = sectionsOf(file);
  return file.shots.map(({ videos }, index) => ({
    section: sections[index] ?? '',
    bodies: videos
      .filter(({ take }) => take === 1)
      .map(({ request }) =>
        bodyOf(request, typeof request.model === 'string' ? modelOf(request.model.trim()) : undefined),
      ),
  }));
}

export function tasksIn(takes: readonly Take[]): Task[] {
  return takes.flatMap(take => ('task' in take ? [take.task] : []));
}

export function intentsIn(takes: readonly Take[]): Intent[] {
  return takes.flatMap(take => ('intent' in take ? [take.intent] : []));
}
