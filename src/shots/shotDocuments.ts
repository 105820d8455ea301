import { RelativePattern, Uri, workspace, type TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import { languages } from '../ids.ts';
import { readSettings, type Settings } from '../making/settingsText.ts';
import { readShots, type ReadShots } from './issues.ts';
import type { ShotServices } from './services.ts';

/** The file with what holds for all shots of its folder. */
export const DEFAULTS_FILE = 'shots.yaml';

/** A longer file of defaults is not read, bytes. */
const LONGEST = 64 * 1024;

/** So long after the last key a document is looked at again, ms. */
const PAUSE = 200;

/** What holds for a folder, and what is wrong in it. */
type Defaults = Settings;

const NONE: Defaults = { fields: new Map(), problems: [] };

/** A file that cannot be used as a whole. */
const UNUSABLE: Defaults = {
  fields: new Map(),
  problems: [{ kind: 'tooLarge', span: { start: 0, end: 0 }, text: '' }],
};

/** The shot files that are open, each as it was last read. Nothing is read while a person types. */
export class ShotDocuments implements Disposable {
  private readonly services: ShotServices;
  private readonly owned = new DisposableStore();
  private readonly changes: Emitter<TextDocument>;
  private readonly known = new WeakMap<
    TextDocument,
    { version: number; defaults: Defaults; read: ReadShots }
  >();
  private readonly folders = new Map<string, FolderDefaults>();
  private readonly timers = new Map<TextDocument, Disposable>();

  /** A document is to be looked at: it was opened, a person has stopped typing, or what holds for it is another. */
  readonly onDidChange: Event<TextDocument>;

  constructor(services: ShotServices) {
    this.services = services;
    this.changes = this.owned.add(
      new Emitter(error => {
        services.log.error(String(error));
      }),
    );
    this.onDidChange = this.changes.event;
    this.owned.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) {
          this.follow(document);
        }
      }),
    );
    this.owned.add(
      workspace.onDidOpenTextDocument(document => {
        this.lookSoon(document, 0);
      }),
    );
    this.owned.add(
      workspace.onDidCloseTextDocument(document => {
        this.forget(document);
      }),
    );
    this.owned.add(
      services.onDidChangeModels(() => {
        this.lookAtAll(true);
      }),
    );
  }

  /** The shot files that are open. */
  all(): TextDocument[] {
    return workspace.textDocuments.filter(isShotDocument);
  }

  /** A document as it is now. What holds for its folder may still be on its way: then the document is announced again. */
  read(document: TextDocument): ReadShots {
    const { defaults } = this.defaultsOf(document);
    const known = this.known.get(document);
    if (known?.version === document.version && known.defaults === defaults) {
      return known.read;
    }
    const { fields, problems } = defaults;
    const read = readShots(document.getText(), fields, this.services.modelOf, problems);
    this.known.set(document, { version: document.version, defaults, read });
    return read;
  }

  /** The same, once it is known what holds for its folder. */
  async readWhole(document: TextDocument): Promise<ReadShots> {
    await this.defaultsOf(document).loaded;
    return this.read(document);
  }

  /** Has every document looked at again; `isAnew`: also where its text is the same. */
  lookAtAll(isAnew = false): void {
    for (const document of this.all()) {
      if (isAnew) {
        this.known.delete(document);
      }
      this.lookSoon(document, 0);
    }
  }

  dispose(): void {
    this.timers.forEach(timer => {
      timer.dispose();
    });
    this.folders.forEach(folder => {
      folder.dispose();
    });
    this.owned.dispose();
  }

  private follow(document: TextDocument): void {
    this.lookSoon(document, PAUSE);
    if (isDefaultsDocument(document)) {
      this.folders.get(folderOf(document.uri).toString())?.reload();
    }
  }

  private lookSoon(document: TextDocument, delay: number): void {
    if (!isShotDocument(document) && !isDefaultsDocument(document)) {
      return;
    }
    this.timers.get(document)?.dispose();
    this.timers.set(
      document,
      this.services.clock.setTimer(() => {
        this.timers.delete(document);
        if (!document.isClosed) {
          this.changes.fire(document);
        }
      }, delay),
    );
  }

  private forget(document: TextDocument): void {
    this.timers.get(document)?.dispose();
    this.timers.delete(document);
    if (isDefaultsDocument(document)) {
      // What was not saved holds no more.
      this.folders.get(folderOf(document.uri).toString())?.reload();
      this.changes.fire(document);
    }
    if (isShotDocument(document)) {
      this.changes.fire(document);
      const folder = folderOf(document.uri).toString();
      if (!this.all().some(one => one !== document && folderOf(one.uri).toString() === folder)) {
        this.folders.get(folder)?.dispose();
        this.folders.delete(folder);
      }
    }
  }

  private defaultsOf({ uri }: TextDocument): FolderDefaults {
    const folder = folderOf(uri);
    const key = folder.toString();
    let defaults = this.folders.get(key);
    if (!defaults) {
      defaults = new FolderDefaults(uri.scheme === 'untitled' || !isOwn(uri) ? undefined : folder, () => {
        this.all()
          .filter(document => folderOf(document.uri).toString() === key)
          .forEach(document => {
            this.lookSoon(document, 0);
          });
      });
      this.folders.set(key, defaults);
    }
    return defaults;
  }
}

/** Whether a document is a shot file that videos can be made from: no version of the past, no cell of a notebook. */
export function isShotDocument({ languageId, uri }: TextDocument): boolean {
  return languageId === languages.shot && isOwn(uri);
}

export function isDefaultsDocument({ uri }: TextDocument): boolean {
  return uri.path.endsWith(`/${DEFAULTS_FILE}`) && isOwn(uri);
}

function isOwn(uri: Uri): boolean {
  return (
    uri.scheme === 'untitled' ||
    workspace.fs.isWritableFileSystem(uri.scheme) === true ||
    workspace.getWorkspaceFolder(uri) !== undefined
  );
}

function folderOf(uri: Uri): Uri {
  return uri.scheme === 'untitled' ? uri.with({ path: '' }) : Uri.joinPath(uri, '..');
}

/** What `shots.yaml` says for the shots of its folder, as it is in the editor where it is open, else as it is saved. */
class FolderDefaults implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly file: Uri | undefined;
  private readonly onDidChange: () => void;
  private text: string | undefined = '';
  private loads = 0;

  defaults: Defaults = NONE;
  /** Resolves once they are those of the file. */
  loaded: Promise<void>;

  constructor(folder: Uri | undefined, onDidChange: () => void) {
    this.file = folder && Uri.joinPath(folder, DEFAULTS_FILE);
    this.onDidChange = onDidChange;
    this.loaded = this.load();
    if (folder) {
      const watcher = this.owned.add(
        workspace.createFileSystemWatcher(new RelativePattern(folder, DEFAULTS_FILE)),
      );
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
        this.owned.add(
          event(() => {
            this.reload();
          }),
        );
      }
    }
  }

  reload(): void {
    this.loaded = this.load();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async load(): Promise<void> {
    this.loads += 1;
    const load = this.loads;
    const text = this.file ? await textOf(this.file) : '';
    // Of two that are on their way, the later one counts.
    if (load === this.loads && text !== this.text) {
      this.text = text;
      this.defaults =
        text === undefined
          ? UNUSABLE
          : text === ''
            ? NONE
            : readSettings(text, { start: 0, end: text.length });
      this.onDidChange();
    }
  }
}

/** `undefined` where it is longer than is read. */
async function textOf(file: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find(
    ({ uri, isClosed }) => !isClosed && uri.toString() === file.toString(),
  );
  if (open) {
    return open.getText();
  }
  try {
    const { size } = await workspace.fs.stat(file);
    return size > LONGEST ? undefined : new TextDecoder().decode(await workspace.fs.readFile(file));
  } catch {
    // There is none.
    return '';
  }
}
