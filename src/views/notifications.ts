import { commands as vscodeCommands, window, workspace } from 'vscode';
import { messages } from '../host/messages.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { affectsNotifications, notificationSetting } from '../host/settings.ts';
import { Announcer } from '../news/announcer.ts';
import { IntentAnnouncer } from '../news/intentAnnouncer.ts';
import type { TaskStore } from '../store/store.ts';
import { intentMessage } from './intentNewsText.ts';
import { messageFor, type Message } from './newsText.ts';

const CHANNELS = {
  info: messages.info,
  warning: messages.warning,
  error: messages.error,
} as const;

/** Shows the announcements that fall to this window, as notifications that never take the focus. */
export class Notifications implements Disposable {
  private readonly log: Log;
  private readonly owned = new DisposableStore();

  constructor(store: TaskStore, clock: Clock, log: Log) {
    this.log = log;
    const announcer = this.owned.add(
      new Announcer({
        store,
        clock,
        log,
        settingFor: notificationSetting,
        isFocused: () => window.state.focused,
        show: announcement => {
          this.show(messageFor(announcement, clock.now()));
        },
      }),
    );
    const intentAnnouncer = this.owned.add(
      new IntentAnnouncer({
        store,
        clock,
        log,
        wish: () => notificationSetting('failed'),
        isFocused: () => window.state.focused,
        show: news => {
          this.show(intentMessage(news));
        },
      }),
    );
    this.owned.add(
      window.onDidChangeWindowState(() => {
        announcer.wake();
        intentAnnouncer.wake();
      }),
    );
    this.owned.add(
      workspace.onDidChangeConfiguration(event => {
        if (affectsNotifications(event)) {
          announcer.wake();
          intentAnnouncer.wake();
        }
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Shows a message without waiting for a click, which may never come. */
  private show({ severity, text, actions }: Message): void {
    const run = async (): Promise<void> => {
      const show: (message: string, ...items: string[]) => Thenable<string | undefined> = CHANNELS[severity];
      const chosen = await show(text, ...actions.map(([title]) => title));
      const action = actions.find(([title]) => title === chosen);
      if (action) {
        await vscodeCommands.executeCommand(action[1], action[2]);
      }
    };
    run().catch((error: unknown) => {
      this.log.error(`Notification: ${messageOf(error)}`);
    });
  }
}
