import type { Uri } from 'vscode';
import { env, EventEmitter, l10n } from 'vscode';
import { storedPath } from '../host/clipUri.ts';
import { isThere } from '../host/filePresence.ts';
import { pathText } from '../host/pathText.ts';
import { isShown } from '../tasks/clipKind.ts';
import { OPEN_EXTERNALLY, type Action, type Fact, type Show } from './protocol.ts';
import { pageContext } from './pageContext.ts';
import type { Subject } from './subject.ts';
import { notShownText, withoutClip } from './taskSubject.ts';

/** A video file opened in the player by itself, without a task. */
export class FileSubject implements Subject {
  readonly key = undefined;
  readonly file: Uri;
  private readonly changes = new EventEmitter<void>();
  private isGone = false;

  readonly onDidChange = this.changes.event;
  readonly folders: readonly Uri[] = [];

  constructor(file: Uri) {
    this.file = file;
  }

  get name(): string {
    return this.file.path.split('/').at(-1) ?? '';
  }

  /** Of a file that is no task's, there is only its frame. */
  get menuWords(): string {
    return this.isGone || !isShown(this.file.path) ? '' : 'shown';
  }

  show(addressOf: (file: Uri) => string): Show {
    const path = pathText(storedPath(this.file));
    const facts: Fact[] = [[l10n.t('File'), path]];
    const openExternally = { action: OPEN_EXTERNALLY, label: l10n.t('Open in System Player') } as const;
    return {
      state: { key: null },
      name: this.name,
      prompt: null,
      facts,
      // The tab already shows the path.
      path: null,
      chain: null,
      can: '',
      menu: pageContext([], this.menuWords),
      neighbours: null,
      content: this.isGone
        ? withoutClip(l10n.t('File not found'), { icon: 'warning', reason: path })
        : isShown(this.file.path)
          ? { kind: 'clip', source: addressOf(this.file) }
          : withoutClip(notShownText(this.file), { actions: [openExternally], helps: 1 }),
    };
  }

  wasShown(): void {
    // Files without a task have no "viewed" state.
  }

  keepThumbnail(): Promise<void> {
    return Promise.resolve();
  }

  async lookForFile(): Promise<void> {
    this.isGone = (await isThere(storedPath(this.file))) === false;
    this.changes.fire();
  }

  async act(action: Action): Promise<void> {
    if (action === OPEN_EXTERNALLY) {
      await env.openExternal(this.file);
    }
  }

  linked(): undefined {
    return undefined;
  }

  neighbour(): undefined {
    return undefined;
  }

  dispose(): void {
    this.changes.dispose();
  }
}
