import { l10n } from 'vscode';
import { LONG_CHAIN, type Lineage, type Link } from '../tasks/lineage.ts';
import type { TaskKey } from '../tasks/task.ts';
import { titleOf } from './taskText.ts';

/** A clip in a chain, as it is called; `key`: `null` for a task that is no longer in the list. */
interface NamedLink {
  readonly key: TaskKey | null;
  readonly name: string;
}

/** A chain in words. */
interface NamedChain {
  readonly earlier: readonly NamedLink[];
  readonly later: readonly NamedLink[];
  readonly note: string | null;
}

/** A chain as pages show it; `null` for a clip that is in none. */
export function chainOf({ earlier, later }: Lineage): NamedChain | null {
  if (earlier.length === 0 && later.length === 0) {
    return null;
  }
  return {
    earlier: earlier.map(linkOf),
    later: later.map(linkOf),
    note:
      earlier.length >= LONG_CHAIN
        ? l10n.t('Each clip in the chain starts from a compressed frame, so details may soften.')
        : null,
  };
}

function linkOf({ id, task, label }: Link): NamedLink {
  if (!task) {
    return { key: null, name: l10n.t('{0} (no longer in the list)', label ?? `…${id.slice(-8)}`) };
  }
  const name = titleOf(task);
  return { key: task.key, name: task.file === 'missing' ? l10n.t('{0} (file not found)', name) : name };
}
