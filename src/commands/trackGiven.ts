import { l10n } from 'vscode';
import { SECOND } from '../base/clock.ts';
import { messages } from '../host/messages.ts';
import type { Operations } from '../store/operations.ts';
import { MOST_IDS } from '../tasks/taskInput.ts';
import type { TrackRequest } from '../tasks/trackArguments.ts';
import { chooseGateway } from './gatewayChoice.ts';
import { judgeInput } from './trackInput.ts';

/** What tracking needs from outside. */
export interface GivenDependencies {
  readonly operations: Operations;
  /** The folder that this window's workspace wants the clips in, where it does. */
  readonly ownFolder: () => string | null;
  /** The key stored for an origin: it must not become a task. */
  readonly keyOf: (origin: string) => Promise<string | undefined>;
}

/** What came of IDs that were handed over; plain, for other extensions. */
export interface TrackResult {
  /** IDs that are new in the list. */
  readonly tracked: readonly string[];
  /** IDs that were in it already. */
  readonly known: readonly string[];
  readonly refused: readonly { readonly input: string; readonly reason: string }[];
}

/** Nobody waits longer for the key, ms: it only keeps itself from becoming a task. */
const LONGEST_KEY = SECOND;

/**
 * Takes what a caller hands over into the list, without a question, and without showing the list. What is refused, each input by itself,
 * is told to the person. `undefined` where the gateway's address cannot be used.
 */
export async function trackGiven(
  { inputs, isReadable, name, wantsText }: TrackRequest,
  { operations, ownFolder, keyOf }: GivenDependencies,
): Promise<TrackResult | string | undefined> {
  const gateway = chooseGateway();
  if (!gateway) {
    return undefined;
  }
  const key = await soon(keyOf(gateway.origin));
  const ids = new Set<string>();
  const refused: { input: string; reason: string }[] = [];
  for (const input of isReadable && inputs.length === 0 ? [''] : inputs) {
    const judged = judgeInput(input, gateway, key);
    if ('refusal' in judged) {
      refused.push({ input: key === undefined ? input : input.replaceAll(key, '…'), reason: judged.refusal });
    } else {
      judged.ids.forEach(id => ids.add(id));
    }
  }
  if (!isReadable) {
    const reason = l10n.t(
      'Track Task accepts task IDs as a string, an array of strings, or an object with "ids".',
    );
    refused.push({ input: '', reason });
  }
  if (ids.size > MOST_IDS) {
    refused.push({ input: '', reason: l10n.t('{0} IDs entered. The limit is {1}.', ids.size, MOST_IDS) });
    ids.clear();
  }
  tell(refused.map(({ reason }) => reason));
  const { added, known } = operations.track(gateway.base, [...ids], ownFolder(), name);
  return wantsText
    ? [...ids].join(' ')
    : { tracked: added.map(({ id }) => id), known: known.map(({ id }) => id), refused };
}

function tell([reason, ...more]: readonly string[]): void {
  if (reason !== undefined) {
    void messages.error(more.length === 0 ? reason : l10n.t('{0} ({1} more refused.)', reason, more.length));
  }
}

async function soon(key: Promise<string | undefined>): Promise<string | undefined> {
  const late = new Promise<undefined>(done => setTimeout(done, LONGEST_KEY, undefined));
  return Promise.race([key.catch(() => undefined), late]);
}
