import { FileSystemError, workspace, type TextDocument } from 'vscode';
import { grouped } from '../base/grouped.ts';
import { placeOf, shotPath, shotUri } from '../host/shotPath.ts';
import { isAsWritten } from '../making/renamedShots.ts';
import type { ReadShots } from './issues.ts';
import { filesWithTakes } from './renames.ts';
import { sectionsOf } from './sections.ts';
import type { ShotServices } from './services.ts';
import { isShotDocument } from './shotDocuments.ts';
import { intentsIn, takesOfFile, tasksIn, writtenShots, type Take } from './shotTakes.ts';

type Services = Pick<ShotServices, 'tasks' | 'store' | 'modelOf'>;

/**
 * Gives a shot file the takes that were made from it where it was before: under another name or in another folder, from which git or another
 * program has moved it, in a folder that was not open, or in an editor before it was saved.
 */
export async function adoptTakes(document: TextDocument, read: ReadShots, services: Services): Promise<void> {
  const { store } = services;
  const path = shotPath(document.uri);
  if (path === null || store.isReadOnly || !isShotDocument(document)) {
    return;
  }
  adoptUnsaved(document, path, read, services);
  const known = filesWithTakes(services);
  const place = placeOf(document.uri);
  if (place !== path && known.has(place)) {
    store.takes.moveFile(place, path);
  }
  if (known.has(path) || known.has(place)) {
    return;
  }
  const written = writtenShots(read, services.modelOf);
  const gone = (await goneFiles(services)).map(file => ({ file, takes: takesOfFile(file, services) }));
  const same = gone.filter(({ takes }) => takes.some(take => isAsWritten(take, written)));
  const called = (same.length > 0 ? same : gone.filter(({ takes }) => hasHeadingOf(takes, read))).filter(
    ({ file }) => baseOf(file) === baseOf(path),
  );
  // Of several that say the same, it is the one that is called so.
  const [only, ...others] = same.length === 1 ? same : called;
  if (only && others.length === 0) {
    store.takes.moveFile(only.file, path);
  }
}

/** The shot files that have takes and are not where they were, in the folders of this window and outside of all. */
export async function goneFiles(services: Services): Promise<string[]> {
  const files = [...filesWithTakes(services)];
  const areGone = await Promise.all(files.map(isGone));
  return files.filter((_, index) => areGone[index]);
}

async function isGone(file: string): Promise<boolean> {
  const uri = shotUri(file);
  try {
    if (uri) {
      await workspace.fs.stat(uri);
    }
    return false;
  } catch (error) {
    // A computer that is out of reach says nothing of its files.
    return error instanceof FileSystemError && error.code === 'FileNotFound';
  }
}

/** An untitled text was saved as this file: what was made from it is of no file so far. */
function adoptUnsaved(document: TextDocument, path: string, read: ReadShots, services: Services): void {
  const { store, tasks, modelOf } = services;
  const text = document.getText();
  if (!workspace.textDocuments.some(one => one.isUntitled && isShotDocument(one) && one.getText() === text)) {
    return;
  }
  const loose: Take[] = [
    ...[...tasks.all()]
      .filter(({ shotFile, take }) => shotFile === null && take !== null)
      .map(task => ({ task, section: task.shot, request: task.request })),
    ...store.intents
      .open()
      .filter(({ file, take }) => file === null && take !== null)
      .map(intent => ({ intent, section: intent.section, request: intent.body })),
  ];
  const written = grouped(writtenShots(read, modelOf), ({ section }) => section);
  const own = loose.filter(take => isAsWritten(take, written.get(take.section ?? '') ?? []));
  // Those of a heading that were made before its text was changed go with the others.
  const headings = new Set(own.map(({ section }) => section).filter(section => section !== null));
  const all = loose.filter(
    take => own.includes(take) || (take.section !== null && headings.has(take.section)),
  );
  if (all.length > 0) {
    store.takes.moveToFile(
      tasksIn(all).map(({ key }) => key),
      intentsIn(all).map(({ id }) => id),
      path,
    );
  }
}

function hasHeadingOf(takes: readonly Take[], { file }: ReadShots): boolean {
  const sections = new Set(sectionsOf(file).filter(section => section !== ''));
  return takes.some(({ section }) => section !== null && sections.has(section));
}

function baseOf(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}
