import { workspace, type TextDocument } from 'vscode';
import { Soon } from '../base/soon.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import { languages } from '../ids.ts';
import { shotPath } from '../host/shotPath.ts';
import type { ReadShots } from './issues.ts';
import { filesWithTakes } from './renames.ts';
import type { ShotServices } from './services.ts';
import type { ShotDocuments } from './shotDocuments.ts';
import type { ShotTakes } from './shotTakes.ts';

/** All shot files of the workspace. */
export const SHOT_FILES = '**/*.shot.md';

/** Most files that are looked through for takes of others, and for shots. */
export const MOST_FILES = 200;

/** Shot files in the editor. What is needed for them is loaded with the first that is opened. */
export class Shots implements Disposable {
  private readonly services: ShotServices;
  private readonly owned = new DisposableStore();
  private started: Promise<ShotDocuments> | undefined;

  constructor(services: ShotServices) {
    this.services = services;
    this.owned.add(
      workspace.onDidOpenTextDocument(document => {
        this.meet(document);
      }),
    );
    const look = this.owned.add(
      new Soon(services.clock, () => {
        this.inBackground(this.lookForMoved());
      }),
    );
    const watcher = this.owned.add(workspace.createFileSystemWatcher(SHOT_FILES, false, true, false));
    for (const event of [watcher.onDidCreate, watcher.onDidDelete]) {
      this.owned.add(
        event(() => {
          look.call();
        }),
      );
    }
    this.owned.add(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.meetAll();
      }),
    );
    this.meetAll();
  }

  /** The shot files that are open, as they are in the editor. */
  async documents(): Promise<ShotDocuments> {
    this.started ??= this.start();
    return this.started;
  }

  /** The takes of each shot of a document. */
  async takesIn(document: TextDocument, read: ReadShots): Promise<(section: string) => ShotTakes> {
    const { keepRenamedShots, takesIn } = await import('./shotTakes.ts');
    keepRenamedShots(document, read, this.services);
    return takesIn(document, read, this.services);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /**
   * Looks for the shot files that have takes and are not where they were, among those of the workspace that have none: they may have been
   * moved by other programs.
   */
  async lookForMoved(): Promise<void> {
    const { goneFiles } = await import('./movedFiles.ts');
    if ((await goneFiles(this.services)).length === 0) {
      return;
    }
    const known = filesWithTakes(this.services);
    const found = await workspace.findFiles(SHOT_FILES, '**/node_modules/**', MOST_FILES);
    for (const uri of found.filter(one => !known.has(shotPath(one) ?? ''))) {
      await this.adopt(await workspace.openTextDocument(uri));
    }
  }

  private meetAll(): void {
    workspace.textDocuments.forEach(document => {
      this.meet(document);
    });
  }

  private meet(document: TextDocument): void {
    if (document.languageId === languages.shot) {
      this.inBackground(this.adopt(document));
    }
  }

  private async adopt(document: TextDocument): Promise<void> {
    const documents = await this.documents();
    const { adoptTakes } = await import('./movedFiles.ts');
    await adoptTakes(document, await documents.readWhole(document), this.services);
  }

  private inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.services.log.error(`Shot files: ${messageOf(error)}`);
    });
  }

  private async start(): Promise<ShotDocuments> {
    const [{ ShotDocuments }, { registerFeatures }] = await Promise.all([
      import('./shotDocuments.ts'),
      import('./features.ts'),
    ]);
    const documents = this.owned.add(new ShotDocuments(this.services));
    this.owned.add(registerFeatures(documents, this.services));
    documents.lookAtAll();
    return documents;
  }
}
