import type { Uri } from 'vscode';
import type { Event } from '../base/events.ts';
import type { Disposable } from '../base/disposable.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { Action, Show } from './protocol.ts';

/** What a player shows: a task of the list, or a file. */
export interface Subject extends Disposable {
  /** The task; `undefined` for a file. */
  readonly key: TaskKey | undefined;
  readonly name: string;
  /** The file to play; `undefined` while there is none. */
  readonly file: Uri | undefined;
  /** Its capabilities, as the words that `when` clauses of menus test for. */
  readonly menuWords: string;
  /** The folders of the clips that one can go on to from this subject. */
  readonly folders: readonly Uri[];
  /** What `show` returns may have changed. */
  readonly onDidChange: Event<void>;
  /** What the page is to show. `addressOf` gives the URL that the webview loads a file from. */
  show(addressOf: (file: Uri) => string): Show;
  /** The clip is on the screen: the task counts as viewed. */
  wasShown(): void;
  /** Stores the clip's first frame as its thumbnail. */
  keepThumbnail(jpeg: Uint8Array): Promise<void>;
  /** Checks whether the file still exists after it could not be played, and fires `onDidChange`. */
  lookForFile(): Promise<void>;
  /** Runs a command that the page has a button for. */
  act(action: Action): Promise<void>;
  /** Another task of its chain; `undefined` where that is no longer in the list. */
  linked(key: TaskKey): Subject | undefined;
  /** The previous or next clip in the list; `undefined` where there is none. */
  neighbour(by: 1 | -1): Subject | undefined;
}
