import type { Uri } from 'vscode';
import type { Event } from '../base/events.ts';
import type { Disposable } from '../base/disposable.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { Action, Show } from './protocol.ts';

/** What a player's page is about: a task of the list, or a file. */
export interface Subject extends Disposable {
  /** The task, where it is one. */
  readonly key: TaskKey | undefined;
  readonly name: string;
  /** The file to play, where there is one. */
  readonly file: Uri | undefined;
  /** Folders that this subject's file and those a person may go on to are in. */
  readonly folders: readonly Uri[];
  /** There is something new to say. */
  readonly onDidChange: Event<void>;
  /** What the page shall show. `addressOf` makes an address that the webview may read. */
  show(addressOf: (file: Uri) => string): Show;
  /** A person sees the clip. */
  wasShown(): void;
  /** Its first frame, small. */
  keepThumbnail(jpeg: Uint8Array): Promise<void>;
  /** Looks why the file could not be played; announces what comes of it. */
  lookForFile(): Promise<void>;
  act(action: Action): Promise<void>;
  /** The one before or after it in the list. */
  beside(by: 1 | -1): Subject | undefined;
}
