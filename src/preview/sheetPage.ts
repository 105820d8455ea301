import { commands as vscodeCommands, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { Kept } from '../host/kept.ts';
import { commands } from '../ids.ts';
import type { TaskKey } from '../tasks/task.ts';
import { sheetHtml } from './html.ts';
import { folderOf, Page } from './page.ts';
import { tasksContext } from './pageContext.ts';
import { isFinished, SheetContents, type ContentServices, type Finished } from './sheetContents.ts';
import { isFromSheet, type FromSheet, type SheetView, type ToSheet } from './sheetProtocol.ts';
import { sheetWords } from './sheetWords.ts';
import { warnUnresponsivePage } from './unresponsivePage.ts';
import type { TaskServices } from './taskSubject.ts';

/** What the contact sheet depends on. The wording comes from the views. */
export interface SheetServices
  extends
    Omit<ContentServices, 'tasks'>,
    Pick<TaskServices, 'tasks' | 'onDidRearrange' | 'onDidTick' | 'lookForFile' | 'keepThumbnail'> {
  readonly extensionUri: Uri;
  readonly memory: Kept<SheetView>;
  readonly log: Log;
  /** Plays a task's clip. */
  readonly play: (key: TaskKey) => void;
}

const NOTHING = { keys: [], active: null } as const;

/** The extension's side of the contact sheet: sends the page the finished clips, follows the list, and handles the page's messages. */
export class SheetPage implements Disposable {
  private readonly services: SheetServices;
  private readonly owned = new DisposableStore();
  private readonly page: Page<FromSheet, ToSheet>;
  private readonly contents: SheetContents;
  /** The tasks that were last sent to the page. */
  private known: ReadonlySet<TaskKey> = new Set();
  /** The selected clips, and the active one. */
  private chosen: { readonly keys: readonly TaskKey[]; readonly active: TaskKey | null } = NOTHING;
  private readonly shows = this.owned.add(new Emitter<TaskKey>());
  /** The clips that were last sent to the page, as JSON, and their ages. */
  private told: { readonly clips: string; readonly ages: ReadonlyMap<TaskKey, string> } | undefined;

  /** Another clip has become the active one. */
  readonly onDidShowTask: Event<TaskKey> = this.shows.event;

  constructor(panel: WebviewPanel, services: SheetServices) {
    this.services = services;
    this.page = this.owned.add(
      new Page({
        panel,
        extensionUri: services.extensionUri,
        name: 'Contact sheet',
        log: services.log,
        isMessage: isFromSheet,
        onMessage: message => this.receive(message),
        onUnresponsive: () => {
          warnUnresponsivePage(services.log, 'Contact sheet');
        },
      }),
    );
    this.contents = new SheetContents(services, file => this.page.addressOf(file));
    const update = (): void => {
      this.update();
    };
    this.owned.add(
      services.tasks.onDidChange(keys => {
        // A clip that is being saved changes each second, but is not shown yet.
        if ([...keys].some(key => this.concerns(key))) {
          this.update();
        }
      }),
    );
    this.owned.add(services.onDidRearrange(update));
    this.owned.add(services.onDidTick(update));
    this.load(this.finished());
  }

  /** The selected tasks or, if none is selected, the active one. */
  get chosenTasks(): readonly TaskKey[] {
    const { keys, active } = this.chosen;
    return keys.length > 0 || active === null ? keys : [active];
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Sends what has changed. A page that is not allowed to read a clip yet is reloaded, and gets its content when it says `ready`. */
  private update(): void {
    if (!this.page.isReady) {
      return;
    }
    const finished = this.finished();
    if (this.page.canRead(filesOf(finished))) {
      this.send(finished);
    } else {
      this.load(finished);
    }
  }

  private concerns(key: TaskKey): boolean {
    const task = this.services.tasks.get(key);
    return this.known.has(key) || (task !== undefined && isFinished(task));
  }

  private load(finished: readonly Finished[]): void {
    this.page.load(filesOf(finished).map(folderOf), sheetHtml);
  }

  private finished(): readonly Finished[] {
    const finished = this.contents.finished();
    this.known = new Set(finished.map(({ task }) => task.key));
    return finished;
  }

  /** Sends only ages if nothing else has changed, because the page redraws all tiles when it gets clips. */
  private send(finished: readonly Finished[]): void {
    const view = this.services.memory.get();
    const shown = this.contents.shown(finished, view);
    const clips = this.contents.clips(shown, finished, view.model);
    const ages = this.contents.ages(shown.tasks);
    const json = JSON.stringify(clips);
    const before = this.told;
    this.told = { clips: json, ages: new Map(ages) };
    if (json !== before?.clips) {
      this.page.post({ type: 'clips', clips, ages });
      return;
    }
    const changed = ages.filter(([key, age]) => before.ages.get(key) !== age);
    if (changed.length > 0) {
      this.page.post({ type: 'ages', ages: changed });
    }
  }

  private async receive(message: FromSheet): Promise<void> {
    const { memory, keepThumbnail, play, lookForFile, log } = this.services;
    switch (message.type) {
      case 'ready':
        this.told = undefined;
        this.chosen = NOTHING;
        this.page.post({ type: 'start', words: sheetWords(), view: memory.get() });
        this.update();
        return;
      case 'view':
        await memory.set(message.view);
        this.update();
        return;
      case 'open':
        play(message.key);
        return;
      case 'select': {
        const before = this.chosen.active;
        this.chosen = message;
        if (message.active !== null && message.active !== before) {
          this.shows.fire(message.active);
        }
        return;
      }
      case 'compare':
      case 'saveAs':
        await vscodeCommands.executeCommand(commands[message.type], tasksContext(message.keys));
        return;
      case 'take':
        await vscodeCommands.executeCommand(commands[message.verb], tasksContext(message.keys));
        return;
      case 'track':
        await vscodeCommands.executeCommand(commands.track);
        return;
      case 'thumbnail':
        await keepThumbnail(message.key, message.jpeg);
        return;
      case 'frameFailed':
        log.warn(`Contact sheet, task ${message.key}: ${message.reason}`);
        await lookForFile(message.key);
        return;
    }
  }
}

function filesOf(finished: readonly Finished[]): Uri[] {
  return finished.map(({ file }) => file).filter(file => file !== undefined);
}
