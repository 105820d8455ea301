import { workspace, type Uri } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import { Soon } from '../base/soon.ts';
import { shotPath, shotUri } from '../host/shotPath.ts';
import { languages } from '../ids.ts';
import type { Shot } from '../tasks/shot.ts';

/**
 * Where shots stand in their files, as these are in the editor, else as they are saved. A file is read once that is needed, and
 * `onDidChange` says when it is known.
 */
export class ShotOrder implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changes: Emitter<void>;
  private readonly files = new Map<string, ReadonlyMap<string, number>>();
  private readonly outdated = new Set<string>();
  private readonly soon: Soon;

  /** Some shots stand at other places. */
  readonly onDidChange: Event<void>;

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.changes = this.owned.add(new Emitter(onError));
    this.onDidChange = this.changes.event;
    this.soon = this.owned.add(
      new Soon(clock, () => {
        this.readAll().catch(onError);
      }),
    );
    const watcher = this.owned.add(workspace.createFileSystemWatcher('**/*.shot.md'));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
      this.owned.add(
        event(uri => {
          this.lookAgain(uri);
        }),
      );
    }
    this.owned.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === languages.shot) {
          this.lookAgain(document.uri);
        }
      }),
    );
    this.owned.add(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.want(...this.files.keys());
      }),
    );
  }

  /** The number of a shot in its file, from 0; `undefined` where it is not in it, or its file was not read yet, or cannot be. */
  readonly indexOf = ({ shotFile, shot }: Shot): number | undefined => {
    if (shotFile === null) {
      return undefined;
    }
    const known = this.files.get(shotFile);
    if (!known) {
      this.files.set(shotFile, new Map());
      this.want(shotFile);
    }
    return known?.get(shot ?? '');
  };

  dispose(): void {
    this.owned.dispose();
  }

  private lookAgain(uri: Uri): void {
    const file = shotPath(uri);
    if (file !== null && this.files.has(file)) {
      this.want(file);
    }
  }

  private want(...files: readonly string[]): void {
    for (const file of files) {
      this.outdated.add(file);
    }
    this.soon.call();
  }

  private async readAll(): Promise<void> {
    const files = [...this.outdated];
    this.outdated.clear();
    let isOther = false;
    for (const file of files) {
      const sections = await sectionsIn(file);
      const before = [...(this.files.get(file)?.keys() ?? [])];
      if (sections.join('\n') !== before.join('\n')) {
        this.files.set(file, new Map(sections.map((section, index) => [section, index])));
        isOther = true;
      }
    }
    if (isOther) {
      this.changes.fire();
    }
  }
}

/** What the shots of a file are known by, in its order; none where it cannot be read. */
async function sectionsIn(file: string): Promise<readonly string[]> {
  const uri = shotUri(file);
  const text = uri && (await textOf(uri));
  if (text === undefined) {
    return [];
  }
  // Loaded on first use: start-up has no need of a parser.
  const [{ readShotFile }, { sectionsOf }] = await Promise.all([
    import('../making/shotFile.ts'),
    import('./sections.ts'),
  ]);
  return sectionsOf(readShotFile(text));
}

async function textOf(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find(
    one => !one.isClosed && one.languageId === languages.shot && one.uri.toString() === uri.toString(),
  );
  try {
    return open?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    // It is gone, or its machine is.
    return undefined;
  }
}
