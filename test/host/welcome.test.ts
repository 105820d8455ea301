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
    'No video tasks yet. Describe a video and generate it, or write it as a shot file.\nNew Video…\nNew Shot File\nStarted one elsewhere? Track it by its task ID.\nNew to Dailies? Take the walkthrough.';

  it('says that the gateway cannot be reached, as long as that is so, and lets try again', async () => {
    await enterKey(window);
    await untilWelcome(noTasks);
    const offline =
      "Can't reach the gateway. Your tasks are safe; Dailies will retry.\nTrack Task…\nTry Again";
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
    await untilTree(window, 'watch one · Queued · 2 h ago');
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
        `Can't use the task list: the disk may be full or locked. Tasks you add now are kept in this window and move to the list once it's available again. Free up or unlock the disk.\nShow Log\n${noTasks}`,
      );
      await tell('damaged');
      await untilWelcome(
        `The task list was damaged, so a new one was created. The damaged file is kept. Saved clips with a JSON file next to them (setting dailies.save.sidecar) can be restored, and tasks can be imported from an exported list.\nFind Saved Clips…\nImport Tasks…\n${noTasks}`,
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
          "The task list is in use by another program. Dailies will open it as soon as it's available.",
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
          "Dailies couldn't start. Your tasks and clips are untouched.\nReload Window\nShow Log\nReport…",
          second,
        );
        await second.runCommand('Dailies: Track Task…');
        await second.waitForNotification("Dailies couldn't start.");
        await second.runCommand('Dailies: Report Problem…');
        await second.waitForNotification('Report copied to the clipboard.');
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
          'The task list was written by a newer version of Dailies and is read-only.\nUpdate Dailies',
          second,
        );
        // Tracking would change it.
        await track(second, 'vgen_0123456789abcdef0123456789abcdef');
        await second.waitForNotification('written by a newer version of Dailies and is read-only');
      } finally {
        await second.close();
      }
    } finally {
      version(now => now - 100);
    }
  });
});
