import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { WindowProcess } from './windowsChild.ts';

/** How the poll of a window that was killed went on. */
export interface Takeover {
  /** From the kill to another window's question about the same task. */
  readonly takeoverMs: number;
  /** The lease of the window that was killed, from its beginning. */
  readonly leaseMs: number;
  /** Whether the other window asked while the lease still held. */
  readonly isTooEarly: boolean;
  /** How often the other window asked. */
  readonly polls: number;
}

/**
 * Kills a window in the midst of a poll while another one waits for work. The poll is held by the real poller and its
 * own lease, or by a claim for `lease` ms.
 */
export async function killWhilePolling(folder: string, lease?: number): Promise<Takeover> {
  const store = new TaskStore(join(folder, 'dailies.db'), { clock: systemClock });
  try {
    store.add('http://127.0.0.1:9/x', 'vgen_1', Date.now());
    await using killed = new WindowProcess(
      lease === undefined
        ? { work: 'poll', folder, rounds: 1, hangs: true }
        : { work: 'hold', folder, lease },
    );
    await killed.first('ready');
    killed.go();
    const { at: claimedAt } = await killed.first(lease === undefined ? 'asked' : 'claimed');
    const until = store.leases.held(claimedAt)[0]?.until ?? Number.NaN;

    await using other = new WindowProcess({ work: 'poll', folder, rounds: 1 });
    await other.first('ready');
    other.go();
    const killedAt = Date.now();
    await killed.kill();
    const { at } = await other.first('asked');
    await other.over;
    return {
      takeoverMs: at - killedAt,
      leaseMs: until - claimedAt,
      isTooEarly: at < until,
      polls: other.lines.filter(line => line.type === 'asked').length,
    };
  } finally {
    store.dispose();
  }
}
