import { l10n, languages, workspace, type TextDocument, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { documents } from '../ids.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { isJson, prettyJson } from './prettyJson.ts';
import { ReadOnlyDocuments, readOnlyUri } from './readOnlyDocuments.ts';
import { problemText } from './stateWords.ts';
import { nameOf } from './names.ts';

/** The gateway's last response for a task, as a read-only document. Updates with the store. */
export class RawResponses implements Disposable {
  private readonly owned = new DisposableStore();

  constructor(store: TaskStore) {
    const shown = this.owned.add(
      new ReadOnlyDocuments(documents.rawAnswer, async uri => responseText(store.get(keyOf(uri)))),
    );
    this.owned.add(
      store.onDidChange(keys => {
        shown.update(uri => keys.has(keyOf(uri)));
      }),
    );
    this.owned.add(workspace.onDidOpenTextDocument(setLanguage));
    this.owned.add(
      workspace.onDidChangeTextDocument(event => {
        setLanguage(event.document);
      }),
    );
  }

  /** The URI of a task's response. Its path is shown as the title of the tab, so it contains the task's name. */
  static uriOf(task: Task): Uri {
    return readOnlyUri(documents.rawAnswer, `${nameOf(task)}.json`, String(task.key));
  }

  dispose(): void {
    this.owned.dispose();
  }
}

async function responseText(task: Task | undefined): Promise<string> {
  if (!task) {
    return l10n.t('This task is no longer in the list.');
  }
  const { rawAnswer } = task;
  if (rawAnswer !== null) {
    return (await remarkOn(task, rawAnswer)) + prettyJson(rawAnswer);
  }
  const nothing = l10n.t('No response for this task yet.');
  return [nothing, problemText(task)].filter(line => line !== '').join('\n');
}

/** A comment for a response with several video links; '' otherwise. */
async function remarkOn({ gateway, id, generation, videoUrl }: Task, rawAnswer: string): Promise<string> {
  if (generation !== 'completed' || videoUrl === null) {
    return '';
  }
  // Loaded on first use, to keep start-up fast.
  const { otherLinks } = await import('../gateway/otherLinks.ts');
  const count = otherLinks(rawAnswer, gateway, id).length;
  return count === 0
    ? ''
    : `// ${l10n.t('This response has {0} different video links. Dailies uses the first one.', count + 1)}\n`;
}

function isOurs(document: TextDocument): boolean {
  return document.uri.scheme === documents.rawAnswer;
}

function keyOf(uri: Uri): TaskKey {
  return Number(uri.query);
}

/** Sets the language by content: a response that is not JSON must not be marked as invalid JSON. */
function setLanguage(document: TextDocument): void {
  if (!isOurs(document)) {
    return;
  }
  const text = document.getText();
  const language = text.startsWith('//') ? 'jsonc' : isJson(text) ? 'json' : 'plaintext';
  if (document.languageId !== language) {
    languages.setTextDocumentLanguage(document, language).then(undefined, () => {
      // Closed in the meantime.
    });
  }
}
