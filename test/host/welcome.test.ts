import * as vscode from 'vscode';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MINUTE } from '../../src/base/clock.ts';
import {
  openWindow,
  storageFolder,
  waitUntil,
  workbench,
  type RemoteWorkbench,
} from '../vscode/bridgeClient.ts';
import { asAnotherWindow, cast } from './cast.ts';
import { enterKey, track, untilTree, useStage, VIEW } from './stage.ts';

describe('the empty list', () => {
  const window = workbench();
  const stage = useStage();

  const untilWelcome = async (text: string, where: RemoteWorkbench = window): Promise<void> => {
    await waitUntil(
      `the welcome\n${text}\n`,
      async () => (await where.welcomeText(VIEW)).split(/\n+/).join('\n') === text || undefined,
      () => where.welcomeText(VIEW),
    );
  };

  const noTasks =
    'No video tasks yet. Track one by its ID, and Dailies will watch it for you.\nTrack Task…\nNew to Dailies? Take the walkthrough.';

  it('says that the gateway cannot be reached, as long as that is so, and lets try again', async () => {
    await enterKey(window);
    await untilWelcome(noTasks);
    const offline =
      'The gateway cannot be reached just now. What you track is kept, and Dailies asks as soon as it can.\nTrack Task…\nTry Again';
    const { gateway } = stage();
    const hold = (ms: number): void => {
      asAnotherWindow(store => {
        store.pauses.set({
          gateway: gateway.baseUrl,
          reason: 'unreachable',
          until: Date.now() + ms,
          count: 4,
        });
      });
    };
    hold(5 * MINUTE);
    await untilWelcome(offline);
    await vscode.commands.executeCommand('dailies.polling.resume');
    await untilWelcome(noTasks);
    hold(15_000);
    await untilWelcome(offline);
    // It ends by itself.
    await untilWelcome(noTasks);
  });

  it('is welcomed also where polling is paused: only tasks make that worth a message', async () => {
    await enterKey(window);
    await window.runCommand('Dailies: Pause Polling');
    await untilWelcome(noTasks);
    cast(stage(), [{ id: 'vgen_1', label: 'one', generation: 'queued' }]);
    await untilTree(window, 'circle-large-outline one · Queued · 2 h ago');
    await waitUntil('the message', async () => (await window.viewMessage(VIEW)) !== '' || undefined);
    await window.runCommand('Dailies: Resume Polling');
    await waitUntil('no message', async () => (await window.viewMessage(VIEW)) === '' || undefined);
  });

  it('says what was wrong with the database, and what can be done', async () => {
    await enterKey(window);
    await untilWelcome(noTasks);
    const tell = (kind: string): Thenable<unknown> =>
      vscode.commands.executeCommand('setContext', 'dailies.listTrouble', kind);
    try {
      await tell('unusable');
      await untilWelcome(
        `Dailies cannot use its task list: the disk may be full or locked. What you track now is kept in this window, and is moved to the list as soon as it can be used again. Free or unlock the disk.\nShow Log\n${noTasks}`,
      );
      await tell('damaged');
      await untilWelcome(
        `The task list was damaged, and a new one was begun. The damaged file is kept. Saved clips that have a JSON file beside them (setting dailies.save.sidecar) can be put back into the list, and tasks by an exported list.\nFind Saved Clips…\nImport Tasks…\n${noTasks}`,
      );
    } finally {
      await tell('none');
    }
  });

  it('says that the list is in use, opens it when it is free, and lets commands wait for that', async () => {
    await enterKey(window);
    const database = new DatabaseSync(join(storageFolder(), 'dailies.db'));
    database.exec('BEGIN IMMEDIATE');
    try {
      const second = await openWindow();
      try {
        await second.openView('Dailies');
        await untilWelcome(
          'The task list is in use by another program. Dailies opens it as soon as it is free.',
          second,
        );
        database.exec('ROLLBACK');
        await untilWelcome(noTasks, second);
      } finally {
        await second.close();
      }
    } finally {
      database.close();
    }
  });

  it('gives way to the reason where Dailies cannot start, and so does every command', async () => {
    const extension = vscode.extensions.getExtension('dailies.dailies')?.extensionPath ?? '';
    const chunks = join(extension, 'dist/chunks');
    const [chunk = ''] = readdirSync(chunks).filter(name => /^dailies-.*\.js$/.test(name));
    renameSync(join(chunks, chunk), join(chunks, `${chunk}.gone`));
    try {
      const second = await openWindow();
      try {
        await second.openView('Dailies');
        await untilWelcome(
          'Dailies could not start. Your tasks and clips are untouched.\nReload Window\nShow Log\nReport…',
          second,
        );
        await second.runCommand('Dailies: Track Task…');
        await second.waitForNotification('Dailies could not start.');
        await second.runCommand('Dailies: Report Problem…');
        await second.waitForNotification('The report is on the clipboard.');
      } finally {
        await second.close();
      }
    } finally {
      renameSync(join(chunks, `${chunk}.gone`), join(chunks, chunk));
    }
  });

  it('is shown, and not written to, where a newer Dailies has written it', async () => {
    await enterKey(window);
    const version = (change: (version: number) => number): void => {
      const database = new DatabaseSync(join(storageFolder(), 'dailies.db'));
      const { user_version: now } = database.prepare('PRAGMA user_version').get() as { user_version: number };
      database.exec(`PRAGMA user_version = ${change(now)}`);
      database.close();
    };
    version(now => now + 100);
    try {
      const second = await openWindow();
      try {
        await second.openView('Dailies');
        await untilWelcome(
          'The task list was written by a newer version of Dailies: it is shown but not changed.\nUpdate Dailies',
          second,
        );
        // Tracking would change it.
        await track(second, 'vgen_0123456789abcdef0123456789abcdef');
        await second.waitForNotification('Update Dailies to go on with it.');
      } finally {
        await second.close();
      }
    } finally {
      version(now => now - 100);
    }
  });
});
