import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { HOUR, systemClock, type Clock } from '../../../src/base/clock.ts';
import { ClipChecker } from '../../../src/saving/clipChecker.ts';
import { LocalFolder } from '../../../src/saving/place.ts';
import { Saver } from '../../../src/saving/saver.ts';
import type { Target } from '../../../src/saving/target.ts';
import { WorkFiles } from '../../../src/saving/workFiles.ts';
import { readPart, type Part } from '../../../src/tasks/part.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { Task, TaskKey, TaskPatch } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { DEMO_KEY, startGateway, type Gateway, type GatewayOptions } from '../../gateway/gateway.ts';
import type { RecordedRequest } from '../../gateway/recorder.ts';
import type { TaskPlan } from '../../gateway/tasks.ts';
import { ListLog, useFolder } from '../builders.ts';
import { compiled } from '../compiled.ts';
import { videoUrl } from '../gateway-sim/client.ts';

/** When clips of the stage are finished: their names begin with this day. */
export const FINISHED_AT = new Date(2026, 10, 21, 12).getTime();

/**
 * Bytes of a clip that no system keeps in its buffers: of half of it, much has been read when the connection breaks. A
 * smaller one may be lost on the way as a whole, and then there is nothing to go on with.
 */
export const LARGE = 16 * 1024 ** 2;

/** A download of `LARGE` that goes on where it stopped sends less than this. */
export const TWICE_LARGE = 2 * LARGE;

/** What a stage is built with. */
export interface StageOptions {
  readonly gateway?: GatewayOptions;
  /** Made anew for each test; the default is the system's. */
  readonly clock?: () => Clock;
  /** Whether its saver saves; the default is yes. Not where other processes are to. */
  readonly saves?: boolean;
}

/** A saver on a real store, with real files, and the simulated gateway that it saves from. */
export class Stage {
  readonly log = new ListLog();
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** The store's folder. */
  readonly folder: string;
  /** Where clips go; need not be there. */
  target: string;
  makeTarget: (folder: string | null) => Target = folder => new LocalFolder(folder ?? this.target);
  allowLoopback = true;
  /** bytes */
  largest = 2 * 1024 ** 3;
  hasSidecars = false;
  template = '';
  store!: TaskStore;
  saver!: Saver;

  private readonly saves: boolean;

  constructor(gateway: Gateway, clock: Clock, folder: string, saves: boolean) {
    this.gateway = gateway;
    this.clock = clock;
    this.folder = folder;
    this.saves = saves;
    this.target = join(folder, 'clips');
    this.open();
  }

  get workFiles(): WorkFiles {
    return new WorkFiles(this.store);
  }

  /** Ends the session and begins the next one: another saver, on another store over the same database. */
  reopen(): void {
    this.close();
    this.open();
  }

  close(): void {
    this.saver.dispose();
    this.store.dispose();
  }

  /** A finished task of the gateway whose clip nobody saves yet. */
  async addTask(plan: TaskPlan = {}, facts: TaskPatch = {}): Promise<Task> {
    const { gateway, store, clock } = this;
    const id = gateway.addTask({ clip: 'tone', queuedS: 0, processingS: 0, ...plan });
    const link = await videoUrl(gateway, id);
    const now = clock.now();
    const key = store.commit(() => {
      const added = store.add(gateway.baseUrl, id, now).task.key;
      store.update(added, {
        generation: 'completed',
        model: 'veo_3_1_fast',
        completedSeenAt: FINISHED_AT,
        videoUrl: link,
        answeredAt: now,
        askedAt: now,
        nextPollAt: null,
        linkExpiresAt: now + HOUR,
        ...facts,
      });
      return added;
    });
    return this.taskOf(key);
  }

  taskOf(key: TaskKey): Task {
    const task = this.store.get(key);
    assert.ok(task);
    return task;
  }

  partOf(key: TaskKey): Part | undefined {
    return readPart(this.taskOf(key).part);
  }

  /** Has a clip saved now, as if the gateway had just been asked about it; resolves when the attempt is over. */
  async attempt(key: TaskKey): Promise<Task> {
    const now = this.clock.now();
    this.store.update(key, { file: 'waiting', nextSaveAt: now, askedAt: now });
    return this.until(key, ({ file }) => file !== 'waiting' && file !== 'downloading');
  }

  /** Adds a task and makes the first attempt to save it. */
  async attemptNew(plan: TaskPlan = {}, facts: TaskPatch = {}): Promise<Task> {
    const { key } = await this.addTask(plan, facts);
    return this.attempt(key);
  }

  /** Resolves once a task is as wished: now, or after a change. */
  until(key: TaskKey, fits: (task: Task) => boolean): Promise<Task> {
    return new Promise(done => {
      const look = (): void => {
        const task = this.store.get(key);
        if (task && fits(task)) {
          listener.dispose();
          done(task);
        }
      };
      const listener = this.store.onDidChange(look);
      look();
    });
  }

  /** What the media host was asked for, once every exchange is over. */
  async downloads(): Promise<RecordedRequest[]> {
    const { gateway } = this;
    const requests = (): RecordedRequest[] => gateway.requests.filter(({ origin }) => origin === 'media');
    while (requests().some(({ isOver }) => !isOver)) {
      await gateway.nextExchange();
    }
    return requests();
  }

  /** Where each request to the media host was to begin, as its Range header says. */
  async ranges(): Promise<(string | undefined)[]> {
    return (await this.downloads()).map(({ headers }) => headers.range);
  }

  /** Bytes that the media host has sent in all. */
  async bytesSent(): Promise<number> {
    return (await this.downloads()).reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  }

  /** What stands in the folder of the clips: names, with `part` for the hidden temporary ones. */
  names(): string[] {
    return readdirSync(this.target)
      .map(name => (/^\.dailies-.*\.part$/.test(name) ? 'part' : name))
      .sort();
  }

  /** Resolves once there is nothing in the folder of the clips. */
  async untilEmpty(): Promise<void> {
    while (this.names().length > 0) {
      await setImmediate();
    }
  }

  /** Fails unless a task is saved, and its clip is the only file there, byte for byte what the gateway has. */
  assertSaved(task: Task, clip = clipBytes('tone')): void {
    const path = task.filePath ?? '';
    assert.deepEqual(
      [task.file, task.saveProblem, task.failedSaves, task.nextSaveAt, task.part],
      ['saved', null, 0, null, null],
    );
    assert.deepEqual(
      [this.names().map(name => join(this.target, name)), readFileSync(path).equals(clip)],
      [[path], true],
    );
  }

  /** Fails if a key or a link's signature has gone where it must not. */
  assertDiscreet(): void {
    const media = this.gateway.requests.filter(({ origin }) => origin === 'media');
    assert.deepEqual(
      media.filter(({ headers }) => headers.authorization !== undefined || headers.cookie !== undefined),
      [],
    );
    assert.doesNotMatch(JSON.stringify(media), new RegExp(DEMO_KEY));
    const { lines } = this.log;
    assert.doesNotMatch(lines.join('\n'), new RegExp(`${DEMO_KEY}|X-Amz-|Signature|Expires=|secret`));
  }

  private open(): void {
    const { clock, log } = this;
    const store = new TaskStore(join(this.folder, 'dailies.db'), { clock });
    const saver = new Saver({
      store,
      clock,
      log,
      workFiles: new WorkFiles(store),
      checker: new ClipChecker(compiled('src/saving/checkWorker.ts'), systemClock, log),
      targetOf: folder => Promise.resolve(this.makeTarget(folder)),
      nameTemplate: () => this.template,
      writesSidecars: () => this.hasSidecars,
      rulesOf: ({ endpoint }) => ({
        allowLoopback: this.allowLoopback,
        largest: this.largest,
        gateway: { base: this.gateway.baseUrl, key: () => Promise.resolve(DEMO_KEY), endpoint },
      }),
    });
    Object.assign(this, { store, saver });
    if (this.saves) {
      store.onDidChange(() => {
        saver.wake();
      });
      saver.wake();
    }
  }
}

/** A stage for each test; what a key or a link's signature may not be in is looked at after each. Call in a `describe`. */
export function useStage(options: StageOptions = {}): () => Stage {
  const { gateway = {}, clock = () => systemClock, saves = true } = options;
  const folder = useFolder();
  let stage: Stage;
  beforeEach(async () => {
    stage = new Stage(await startGateway(gateway), clock(), folder(), saves);
  });
  afterEach(async () => {
    stage.close();
    await stage.gateway.close();
    stage.assertDiscreet();
  });
  return () => stage;
}
