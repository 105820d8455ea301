import { l10n, TerminalLink, window, type TerminalLinkProvider } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { gatewaySetting } from '../host/settings.ts';
import { idsInLine } from '../tasks/idsInLine.ts';
import type { TaskKey } from '../tasks/task.ts';
import { unlessReadOnly } from './register.ts';
import { trackGiven, type GivenDependencies } from './trackGiven.ts';

/** What links to tasks depend on. */
export interface ListedDependencies extends GivenDependencies {
  readonly find: (gateway: string, id: string) => { readonly key: TaskKey } | undefined;
  /** Reveals a task in the list. */
  readonly reveal: (key: TaskKey) => Promise<void>;
}

/** A task ID in a terminal. */
class TaskLink extends TerminalLink {
  readonly id: string;

  constructor(id: string, start: number, tooltip: string) {
    super(start, id.length, tooltip);
    this.id = id;
  }
}

/** Makes task IDs in terminals links: they show the task in the list, which is tracked first where it is not there yet. */
export function registerTerminalLinks(dependencies: ListedDependencies): Disposable {
  const { find, reveal } = dependencies;
  const taskOf = (id: string): { readonly key: TaskKey } | undefined => {
    const gateway = gatewaySetting();
    return gateway && find(gateway.base, id);
  };
  const provider: TerminalLinkProvider<TaskLink> = {
    provideTerminalLinks: ({ line }) =>
      idsInLine(line).map(
        ({ id, start }) =>
          new TaskLink(id, start, taskOf(id) ? l10n.t('Show in Dailies') : l10n.t('Track in Dailies')),
      ),
    handleTerminalLink: async ({ id }) => {
      if (!taskOf(id)) {
        const request = { inputs: [id], isReadable: true, name: undefined, wantsText: false };
        await unlessReadOnly(() => trackGiven(request, dependencies));
      }
      const task = taskOf(id);
      if (task) {
        await reveal(task.key);
      }
    },
  };
  return window.registerTerminalLinkProvider(provider);
}
