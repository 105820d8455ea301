import type { DailiesExports } from '../../dailies.d.ts';
import { messageOf } from '../base/errors.ts';
import { createExports } from '../commands/extensionApi.ts';
import { registerTerminalLinks, type ListedDependencies } from '../commands/terminalLinks.ts';
import type { GivenDependencies } from '../commands/trackGiven.ts';
import { registerUriHandler } from '../commands/uriHandler.ts';
import { ownSaveFolder } from '../host/saveFolder.ts';
import type { TaskKey } from '../tasks/task.ts';
import type { Base } from './base.ts';
import type { List } from './list.ts';
import type { MakingParts } from './making.ts';

/** What leads to the list from outside: addresses, terminals, and other extensions, which get what this gives. */
export function offerDoors(
  { parts, store, operations, keys, log }: Base,
  { making, makeVideos }: MakingParts,
  { tasks, tree }: List,
): DailiesExports {
  const given: GivenDependencies = {
    operations,
    ownFolder: () => ownSaveFolder(log),
    keyOf: origin => keys.get(origin),
  };
  const reveal = (key: TaskKey): Promise<void> => tree.reveal(key);
  const listed: ListedDependencies = { ...given, reveal, find: (gateway, id) => store.find(gateway, id) };
  parts.add(registerUriHandler(listed));
  parts.add(registerTerminalLinks(listed));
  const onListenerError = (error: unknown): void => {
    log.error(messageOf(error));
  };
  return parts.add(createExports({ ...given, tasks, making, makeVideos, onListenerError })).exports;
}
