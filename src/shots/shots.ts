import { workspace, type TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import { languages } from '../ids.ts';
import type { ReadShots } from './issues.ts';
import type { ShotServices } from './services.ts';
import type { ShotDocuments } from './shotDocuments.ts';
import type { ShotTakes } from './shotTakes.ts';

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
    workspace.textDocuments.forEach(document => {
      this.meet(document);
    });
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

  private meet({ languageId }: TextDocument): void {
    if (languageId === languages.shot && !this.started) {
      this.documents().catch((error: unknown) => {
        this.services.log.error(`Shot files: ${messageOf(error)}`);
      });
    }
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
