import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { commands } from '../ids.ts';
import { ALL_GATEWAYS } from '../tasks/pause.ts';
import type { TaskStore } from '../store/store.ts';
import { PollHealth } from '../views/pollHealth.ts';
import { registerCommand } from './register.ts';

/** The commands that pause and resume polling, and show its status. */
export function registerPollingCommands(store: TaskStore): Disposable {
  const registered = new DisposableStore();
  registered.add(
    registerCommand(commands.pausePolling, () => {
      store.pauses.set({ gateway: ALL_GATEWAYS, reason: 'person', until: null, count: 1 });
    }),
  );
  registered.add(
    registerCommand(commands.resumePolling, () => {
      store.pauses.end('person', 'keyRejected', 'outOfCredit', 'unreachable');
    }),
  );
  registered.add(registerCommand(commands.showPollHealth, () => PollHealth.show()));
  return registered;
}
