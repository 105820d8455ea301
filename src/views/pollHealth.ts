import {
  commands,
  EventEmitter,
  extensions,
  l10n,
  languages,
  Uri,
  window,
  workspace,
  type TextDocumentContentProvider,
} from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { documents } from '../ids.ts';
import type { Forecasts } from '../polling/forecast.ts';
import { isHolding } from '../tasks/pause.ts';
import type { TaskStore } from '../store/store.ts';
import { pollText } from './pollText.ts';

/** VS Code's built-in Markdown extension and its preview editor. */
const MARKDOWN = { extension: 'vscode.markdown-language-features', editor: 'vscode.markdown.preview.editor' };

/** The Polling Status page: what is checked when and why, and what pauses it. Updates with the store. */
export class PollHealth implements TextDocumentContentProvider, Disposable {
  private static readonly uri = Uri.from({ scheme: documents.pollHealth, path: l10n.t('Polling Status') });

  private readonly store: TaskStore;
  private readonly clock: Clock;
  private readonly forecasts: Forecasts;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<Uri>());

  readonly onDidChange = this.changes.event;

  constructor(store: TaskStore, clock: Clock, forecasts: Forecasts) {
    this.store = store;
    this.clock = clock;
    this.forecasts = forecasts;
    this.owned.add(workspace.registerTextDocumentContentProvider(documents.pollHealth, this));
    this.owned.add(
      store.onDidChange(() => {
        this.changes.fire(PollHealth.uri);
      }),
    );
  }

  /** Opens the page in the Markdown preview, or as text if the Markdown extension is disabled. */
  static async show(): Promise<void> {
    const document = await workspace.openTextDocument(PollHealth.uri);
    if (extensions.getExtension(MARKDOWN.extension)) {
      await commands.executeCommand('vscode.openWith', PollHealth.uri, MARKDOWN.editor);
    } else {
      await window.showTextDocument(await languages.setTextDocumentLanguage(document, 'markdown'));
    }
  }

  provideTextDocumentContent(): string {
    const now = this.clock.now();
    return pollText({
      now,
      tasks: this.store.list(),
      pauses: this.store.pauses.list().filter(pause => isHolding(pause, now)),
      requests: this.store.history.requestsInLastHour(now),
      leases: this.store.leases.held(now),
      isLearned: task => this.forecasts.of(task).isLearned,
    });
  }

  dispose(): void {
    this.owned.dispose();
  }
}
