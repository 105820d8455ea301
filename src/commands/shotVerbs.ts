import type { Range } from 'vscode';
import { l10n, Selection, TextEditorRevealType, Uri, window, workspace, type TextDocument } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Wish } from '../making/making.ts';
import type { Span } from '../making/shotText.ts';
import { missingText } from '../shots/diagnostics.ts';
import { errorsOf, type ReadShots } from '../shots/issues.ts';
import { issueText } from '../shots/issueText.ts';
import { missingImages } from '../shots/missingImages.ts';
import { shotAt } from '../shots/place.ts';
import { rangeOf } from '../shots/ranges.ts';
import { whileRenamed } from '../shots/renames.ts';
import { sectionsOf } from '../shots/sections.ts';
import { isShotDocument } from '../shots/shotDocuments.ts';
import type { Shots } from '../shots/shots.ts';
import { shotKeyOf, wishesOf } from '../shots/wishes.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { friendlyModel } from '../views/shortText.ts';
import { openShotFile } from './agentShots.ts';
import type { MakeVideos } from './makeVideos.ts';

/** What the verbs on shots need from outside. */
export interface ShotCommandDependencies {
  readonly shots: Shots;
  readonly store: Pick<TaskStore, 'takes'>;
  readonly makeVideos: MakeVideos;
  /** Shows a task in the list. */
  readonly reveal: (key: TaskKey) => Promise<void>;
  /** Plays a task's clip next to the text. */
  readonly play: (key: TaskKey) => void;
  /** Plays takes of a shot next to each other, to the side of the text. */
  readonly compare: (takes: readonly Task[]) => Promise<void>;
  /** Shows the list. */
  readonly showList: () => Promise<unknown>;
}

/** A shot file in the editor, and which of its shots are meant. */
interface Chosen {
  readonly document: TextDocument;
  readonly read: ReadShots;
  readonly shots: readonly number[];
}

/** Has the videos of one shot made, or of all of a file. */
export async function generateShots(
  uri: unknown,
  section: unknown,
  isAll: boolean,
  dependencies: ShotCommandDependencies,
): Promise<unknown> {
  const chosen = await choose(dependencies.shots, uri, section, isAll);
  return chosen && generate(chosen, dependencies);
}

/** Shows the takes of one shot. */
export async function showTakesOf(
  uri: unknown,
  section: unknown,
  dependencies: ShotCommandDependencies,
): Promise<void> {
  const chosen = await choose(dependencies.shots, uri, section, false);
  if (chosen) {
    await showTakes(chosen, dependencies);
  }
}

/** The shots that a command is about: those it was called with, else the one at the cursor, or all. */
async function choose(
  shots: Shots,
  uri: unknown,
  section: unknown,
  isAll: boolean,
): Promise<Chosen | undefined> {
  const document = await documentOf(uri);
  if (!document || !isShotDocument(document)) {
    void messages.info(l10n.t('Open a shot file (.shot.md) first.'));
    return undefined;
  }
  const read = await (await shots.documents()).readWhole(document);
  const numbers = [...read.file.shots.keys()];
  if (isAll) {
    return { document, read, shots: numbers };
  }
  const named = typeof section === 'string' ? sectionsOf(read.file).indexOf(section) : undefined;
  if (named === -1) {
    void messages.info(l10n.t('This shot is no longer in the file.'));
    return undefined;
  }
  return { document, read, shots: [named ?? shotAt(read.file, cursorIn(document))] };
}

/** The document with an address, as a person or another extension gives it; else the one in front. */
async function documentOf(uri: unknown): Promise<TextDocument | undefined> {
  const address = uri instanceof Uri ? uri : typeof uri === 'string' && uri !== '' ? parsed(uri) : undefined;
  return address ? workspace.openTextDocument(address) : window.activeTextEditor?.document;
}

function parsed(text: string): Uri {
  return /^[a-z][\w+.-]+:/i.test(text) ? Uri.parse(text) : Uri.file(text);
}

function cursorIn(document: TextDocument): number {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  const editor = editors.find(one => one?.document === document);
  return editor ? document.offsetAt(editor.selection.active) : 0;
}

/** Has the videos made. Where anything is wrong, nothing is sent, and the person is brought to the first of it. */
async function generate(chosen: Chosen, dependencies: ShotCommandDependencies): Promise<unknown> {
  const { document } = chosen;
  const trouble = await firstTrouble(chosen);
  if (trouble) {
    await goTo(document, trouble.span);
    void messages.error(l10n.t("Can't generate: {0}", trouble.text));
    return undefined;
  }
  const wishes = await wishesIn(chosen, dependencies);
  const { makeVideos, store } = dependencies;
  const file = wishes[0]?.file ?? '';
  const make = async (): ReturnType<MakeVideos> =>
    makeVideos(wishes, document.isDirty ? { note: dirtyNote(document) } : {});
  const { result, path } = await whileRenamed(file, make);
  if (result && path !== file) {
    // It was renamed while the person looked at what will be sent.
    store.takes.moveFile(file, path);
  }
  return result;
}

/**
 * The videos of a shot file, or of the one of its shots that is known by `section`, as agents name them; or why they cannot be made, in
 * words. Nothing is shown.
 */
export async function shotWishes(
  path: string,
  section: string | undefined,
  { shots, store }: Pick<ShotCommandDependencies, 'shots' | 'store'>,
): Promise<readonly Wish[] | string> {
  const document = await openShotFile(path);
  if (typeof document === 'string') {
    return document;
  }
  const read = await (await shots.documents()).readWhole(document);
  const sections = sectionsOf(read.file);
  const number = section === undefined ? undefined : sections.indexOf(section);
  if (number === -1) {
    return l10n.t('The file has no shot "{0}". It has: {1}', section ?? '', sections.join(', '));
  }
  const chosen = { document, read, shots: number === undefined ? [...sections.keys()] : [number] };
  return (await firstTrouble(chosen))?.text ?? (await wishesIn(chosen, { shots, store }));
}

async function wishesIn(
  { document, read, shots }: Chosen,
  { store, shots: services }: Pick<ShotCommandDependencies, 'shots' | 'store'>,
): Promise<Wish[]> {
  const sections = sectionsOf(read.file);
  const takesOf = await services.takesIn(document, read);
  return shots.flatMap((number): Wish[] => {
    const shot = read.file.shots[number];
    const section = sections[number] ?? '';
    const key = shotKeyOf(document.uri, section);
    const last =
      key.shotFile === null
        ? 0
        : Math.max(store.takes.lastOf(key), ...takesOf(section).tasks.map(({ take }) => take ?? 0));
    return shot ? wishesOf(document.uri, section, shot, last) : [];
  });
}

function dirtyNote({ uri }: TextDocument): string {
  const name = uri.path.replace(/^.*\//, '');
  return l10n.t('{0} has unsaved changes. The text in the editor is used.', name);
}

async function firstTrouble({
  document,
  read,
  shots,
}: Chosen): Promise<{ text: string; span: Span } | undefined> {
  const issues = shots.flatMap(number => errorsOf(read, number));
  const missing = (await missingImages(document, read)).filter(one =>
    one.shots.some(shot => shots.includes(shot)),
  );
  const [first] = [
    ...issues.map(issue => ({ text: issueText(issue, friendlyModel), span: issue.span })),
    ...missing.map(({ text, span }) => ({ text: missingText(text), span })),
  ].sort((a, b) => a.span.start - b.span.start);
  return first;
}

/** Shows a document with a part of it selected. */
export async function goTo(document: TextDocument, span: Span): Promise<void> {
  const range: Range = rangeOf(document, span);
  const editor = await window.showTextDocument(document, { preserveFocus: false });
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

/**
 * The newest take stands out in the list; clips that are there play to the side of the text, next to each other where there are several. Where
 * there are no takes yet, the list is shown for those that are still to be sent.
 */
async function showTakes(
  { document, read, shots: [number = 0] }: Chosen,
  { shots, reveal, play, compare, showList }: ShotCommandDependencies,
): Promise<void> {
  const takesOf = await shots.takesIn(document, read);
  const { tasks, intents } = takesOf(sectionsOf(read.file)[number] ?? '');
  const newest = tasks.at(-1);
  if (newest) {
    await reveal(newest.key);
    const clips = tasks.filter(({ file }) => file === 'saved');
    const [only] = clips;
    if (clips.length > 1) {
      await compare(clips);
    } else if (only) {
      play(only.key);
    }
  } else if (intents.some(one => one.state !== 'accepted' && one.state !== 'dropped')) {
    await showList();
  } else {
    void messages.info(l10n.t('This shot has no takes yet.'));
  }
}
