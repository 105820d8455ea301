import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { Announcer, type Announcement } from '../../../src/news/announcer.ts';
import type { Topic, NotifySetting } from '../../../src/tasks/news.ts';
import { TaskStore } from '../../../src/store/store.ts';
import type { TaskKey, TaskPatch } from '../../../src/tasks/task.ts';
import { HandClock, ListLog, NOON } from '../builders.ts';

const GATEWAY = 'https://gateway.example/kyyReactApiServer';
const READY: TaskPatch = { generation: 'completed', file: 'saved', nextPollAt: null };
const FAILED: TaskPatch = { generation: 'failed', nextPollAt: null };

/** The announcers of several windows on one list. What they tell is kept with the second it was told in. */
describe('the announcer', () => {
  let clock: HandClock;
  let store: TaskStore;
  let log: ListLog;
  let wishes: Partial<Record<Topic, NotifySetting>>;
  let told: string[];
  let announcers: Announcer[];

  beforeEach(() => {
    clock = new HandClock();
    store = new TaskStore(':memory:', { clock });
    log = new ListLog();
    wishes = {};
    told = [];
    announcers = [];
  });

  afterEach(() => {
    for (const announcer of announcers) {
      announcer.dispose();
    }
    store.dispose();
  });

  /** Opens a window with a name, which has the focus or not. */
  const open = (name: string, isFocused = true): { focus(isFocused: boolean): void; close(): void } => {
    const announcer = new Announcer({
      store,
      clock,
      log,
      settingFor: topic => wishes[topic] ?? 'always',
      isFocused: () => isFocused,
      show: announcement => {
        told.push(`${(clock.now() - NOON) / SECOND} s, ${name}: ${wordsOf(announcement)}`);
      },
    });
    announcers.push(announcer);
    return {
      focus: value => {
        isFocused = value;
        announcer.wake();
      },
      close: () => {
        announcer.dispose();
      },
    };
  };

  /** "ready vgen_1 vgen_2" */
  const wordsOf = (announcement: Announcement): string =>
    'gateway' in announcement
      ? `${announcement.news} ${announcement.gateway}`
      : [announcement.news, ...announcement.tasks.map(task => task.id)].join(' ');

  const add = (id: string, facts: TaskPatch = {}): TaskKey => {
    const { key } = store.add(GATEWAY, id, clock.now()).task;
    store.update(key, facts);
    return key;
  };

  const rejectKey = (): void => {
    store.pauses.set({ gateway: GATEWAY, reason: 'keyRejected', until: clock.now() + MINUTE, count: 3 });
  };

  /** Lets time pass until so many seconds after the beginning, and the timers ring on the way. */
  const until = (seconds: number): void => {
    while (clock.ringNext(NOON + seconds * SECOND));
  };

  it('groups what follows within two seconds into one notification of each kind', () => {
    open('window');
    add('vgen_1', READY);
    until(1.5);
    add('vgen_2', READY);
    add('vgen_3', FAILED);
    until(3);
    add('vgen_4', READY);
    until(60);
    add('vgen_5', READY);
    until(90);
    assert.deepEqual(told, [
      '5 s, window: ready vgen_1 vgen_2 vgen_4',
      '5 s, window: failed vgen_3',
      '62 s, window: ready vgen_5',
    ]);
  });

  it('does not wait for the end of a burst that goes on', () => {
    open('window');
    for (let second = 0; second < 10; second++) {
      until(second);
      add(`vgen_${second}`, READY);
    }
    until(60);
    assert.deepEqual(told, [
      '6 s, window: ready vgen_0 vgen_1 vgen_2 vgen_3 vgen_4 vgen_5',
      '11 s, window: ready vgen_6 vgen_7 vgen_8 vgen_9',
    ]);
  });

  it('shows how things are when it is shown, not how they were', () => {
    open('window');
    const saved = add('vgen_1', { ...READY, file: 'failed', saveProblem: 'diskFull' });
    const removed = add('vgen_2', READY);
    until(1);
    store.update(saved, { file: 'saved' });
    store.remove([removed]);
    until(60);
    assert.deepEqual(told, ['2 s, window: ready vgen_1']);
  });

  it('shows each notification once, in the window with the focus, or in another if none has it', () => {
    const [first, second] = [open('first', false), open('second', true)];
    add('vgen_1', READY);
    until(10);
    first.focus(true);
    second.focus(false);
    add('vgen_2', READY);
    until(20);
    first.focus(false);
    add('vgen_3', READY);
    rejectKey();
    until(60);
    assert.deepEqual(told, [
      '2 s, second: ready vgen_1',
      '12 s, first: ready vgen_2',
      `24 s, first: keyRejected ${GATEWAY}`,
      '24 s, first: ready vgen_3',
    ]);
  });

  it('leaves a burst that goes on to the window with the focus', () => {
    open('first', false);
    open('second', true);
    for (let second = 0; second < 20; second++) {
      until(second);
      add(`vgen_${second}`, READY);
    }
    until(60);
    assert.deepEqual(
      told.map(line => line.replace(/:.*/, '')),
      ['6 s, second', '12 s, second', '18 s, second', '21 s, second'],
    );
  });

  it('shows in an open window what one that closed had not shown yet', () => {
    const [first] = [open('first', true), open('second', false)];
    add('vgen_1', READY);
    until(1);
    first.close();
    until(60);
    assert.deepEqual(told, ['4 s, second: ready vgen_1']);
  });

  it('groups at the start what ended while no window was open', () => {
    add('vgen_1', READY);
    add('vgen_2', FAILED);
    add('vgen_3', { ...READY, told: 'ended' });
    add('vgen_4', READY);
    add('vgen_5', { ...READY, told: 'unsaved' });
    add('vgen_6', { ...READY, file: 'failed', saveProblem: 'diskFull', told: 'ended' });
    add('vgen_7', { ...READY, file: 'failed', saveProblem: 'diskFull', told: 'unsaved' });
    rejectKey();
    open('window');
    until(60);
    assert.deepEqual(told, [
      `2 s, window: keyRejected ${GATEWAY}`,
      '2 s, window: ready vgen_1 vgen_4 vgen_5',
      '2 s, window: failed vgen_2',
      '2 s, window: unsaved vgen_6',
    ]);
  });

  it('keeps what is wished for only in a focused window until one gets the focus', () => {
    wishes = { ready: 'focused', keyRejected: 'focused' };
    const [first, second] = [open('first', false), open('second', false)];
    add('vgen_1', READY);
    add('vgen_2', FAILED);
    rejectKey();
    until(30);
    add('vgen_3', READY);
    until(60);
    second.focus(true);
    until(120);
    first.focus(true);
    until(180);
    assert.deepEqual(told, [
      '4 s, first: failed vgen_2',
      `60 s, second: keyRejected ${GATEWAY}`,
      '60 s, second: ready vgen_1 vgen_3',
    ]);
  });

  it('gathers what comes while other things are kept', () => {
    wishes = { ready: 'focused' };
    open('window', false);
    add('vgen_1', READY);
    until(30);
    add('vgen_2', FAILED);
    until(31);
    add('vgen_3', FAILED);
    until(60);
    assert.deepEqual(told, ['35 s, window: failed vgen_2 vgen_3']);
  });

  it('follows a changed setting at once, and does not return to what was turned off', () => {
    wishes = { ready: 'never', failed: 'focused', keyRejected: 'never' };
    open('window', false);
    add('vgen_1', READY);
    add('vgen_2', FAILED);
    rejectKey();
    until(10);
    wishes = {};
    announcers[0]?.wake();
    until(11);
    add('vgen_3', READY);
    until(60);
    assert.deepEqual(told, ['10 s, window: failed vgen_2', '15 s, window: ready vgen_3']);
  });

  it('announces once each gateway that is out of credit, and whose key cannot be read', () => {
    open('window');
    store.pauses.set({ gateway: GATEWAY, reason: 'outOfCredit', until: NOON, count: 2 });
    until(10);
    for (const count of [3, 4]) {
      store.pauses.set({ gateway: GATEWAY, reason: 'outOfCredit', until: clock.now() + MINUTE, count });
    }
    store.pauses.set({ gateway: GATEWAY, reason: 'keyUnreadable', until: null, count: 1 });
    until(30);
    store.pauses.set({ gateway: GATEWAY, reason: 'outOfCredit', until: clock.now() + MINUTE, count: 5 });
    until(60);
    assert.deepEqual(told, [
      `12 s, window: outOfCredit ${GATEWAY}`,
      `12 s, window: keyUnreadable ${GATEWAY}`,
    ]);
  });

  it('announces tasks that stalled or were not found once, and together, and their end after that', () => {
    const silent = ['vgen_1', 'vgen_2'].map(id => add(id, { generation: 'stalled' }));
    add('vgen_3', { generation: 'notFound' });
    open('window');
    until(10);
    for (const key of silent) {
      store.update(key, { generation: 'notFound' });
    }
    until(70);
    store.update(silent[0] ?? 0, READY);
    until(90);
    assert.deepEqual(told, [
      '2 s, window: stalled vgen_1 vgen_2',
      '2 s, window: notFound vgen_3',
      '72 s, window: ready vgen_1',
    ]);
  });

  it('announces a clip that waits or is being saved when its link expires soon, also after an earlier notification', () => {
    const link = {
      nextPollAt: null,
      videoUrl: 'https://m.example/a.mp4',
      linkExpiresAt: NOON + HOUR,
    } as const;
    const born = { generation: 'completed', completedSeenAt: NOON, ...link } as const;
    open('window');
    add('vgen_1', { ...born, file: 'waiting', told: 'ended' });
    add('vgen_2', { ...born, file: 'downloading' });
    until(44 * 60);
    const early = told.length;
    until(47 * 60);
    assert.deepEqual([early, told], [0, ['2762 s, window: unsaved vgen_1 vgen_2']]);
  });

  it('announces once that a link expires soon, though nothing changes but the time', () => {
    open('window');
    add('vgen_1', {
      generation: 'completed',
      nextPollAt: null,
      videoUrl: 'https://media.example/clip.mp4',
      linkExpiresAt: NOON + 6 * HOUR + 90 * SECOND,
    });
    until(300);
    assert.deepEqual(told, ['2 s, window: finished vgen_1', '122 s, window: unsaved vgen_1']);
  });

  it('announces a rejected key again only after it was accepted, or changed', () => {
    open('window');
    rejectKey();
    until(10);
    rejectKey();
    until(20);
    store.pauses.end('keyRejected');
    rejectKey();
    until(21);
    store.pauses.end('keyRejected');
    until(30);
    assert.deepEqual(told, [`2 s, window: keyRejected ${GATEWAY}`]);
  });

  it('announces later what could not be claimed, and says so in the log', () => {
    open('window');
    add('vgen_1', READY);
    const claimNotification = store.claimNotification.bind(store);
    store.claimNotification = () => {
      throw new Error('database or disk is full');
    };
    until(3);
    store.claimNotification = claimNotification;
    until(60);
    assert.deepEqual(
      [told, log.lines],
      [['7 s, window: ready vgen_1'], ['error Notification: database or disk is full']],
    );
  });

  it('does not wait for a time that a clock turned back has to live through again, nor for long after a sleep', () => {
    open('window');
    add('vgen_1', READY);
    clock.jump(-HOUR);
    announcers[0]?.wake();
    until(-HOUR / SECOND + 10);
    add('vgen_2', READY);
    clock.jump(9 * HOUR);
    until((8 * HOUR) / SECOND + 20);
    assert.deepEqual(told, ['-3594 s, window: ready vgen_1', '28812 s, window: ready vgen_2']);
  });
});
