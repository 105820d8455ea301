import { l10n } from 'vscode';
import { SECOND } from '../base/clock.ts';
import { messages } from '../host/messages.ts';
import type { Operations } from '../store/operations.ts';
import { MOST_IDS } from '../tasks/taskInput.ts';
import type { TrackRequest } from '../tasks/trackArguments.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import { chooseGateway } from './gatewayChoice.ts';
import { judgeInput } from './trackInput.ts';

/** What tracking depends on. */
export interface GivenDependencies {
  readonly operations: Operations;
  /** The save folder of this window's workspace; `null` if it has none of its own. */
  readonly ownFolder: () => string | null;
  /** The key stored for an origin, which must not become a task. */
  readonly keyOf: (origin: string) => Promise<string | undefined>;
}

/** The result of the command for other extensions. */
export interface TrackResult {
  /** IDs that were added. */
  readonly tracked: readonly string[];
  /** IDs that were already in the list. */
  readonly known: readonly string[];
  readonly refused: readonly { readonly input: string; readonly reason: string }[];
}

/** How long to wait for the key, ms: it is only needed to recognise a key passed as an ID. */
const LONGEST_KEY = SECOND;

/**
 * Adds the tasks of a command's argument to the list, without any dialog and without revealing the list. Refused inputs are shown in
 * a message. Resolves to `undefined` if the gateway's address is invalid.
 */
export async function trackGiven(
  request: TrackRequest,
  dependencies: GivenDependencies,
): Promise<TrackResult | string | undefined> {
  const gateway = chooseGateway();
  if (!gateway) {
    return undefined;
  }
  const { ids, ...result } = await trackAt(gateway, request, dependencies);
  reportRefusals(result.refused.map(({ reason }) => reason));
  return request.wantsText ? ids.join(' ') : result;
}

/** The same at a gateway, and shows nothing. Also gives the IDs that were recognised, in their order. */
export async function trackAt(
  gateway: GatewayAddress,
  { inputs, isReadable, name }: TrackRequest,
  { operations, ownFolder, keyOf }: GivenDependencies,
): Promise<TrackResult & { readonly ids: readonly string[] }> {
  const key = await keySoon(keyOf(gateway.origin));
  const ids = new Set<string>();
  const inModelCenter: string[] = [];
  const refused: { input: string; reason: string }[] = [];
  for (const input of isReadable && inputs.length === 0 ? [''] : inputs) {
    const judged = judgeInput(input, gateway, key);
    if ('refusal' in judged) {
      refused.push({ input: key === undefined ? input : input.replaceAll(key, '…'), reason: judged.refusal });
    } else {
      judged.ids.forEach(id => ids.add(id));
      inModelCenter.push(...judged.inModelCenter);
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
  const { added, known } = operations.track(gateway.base, [...ids], ownFolder(), { name, inModelCenter });
  return { ids: [...ids], tracked: added.map(({ id }) => id), known: known.map(({ id }) => id), refused };
}

function reportRefusals([reason, ...more]: readonly string[]): void {
  if (reason !== undefined) {
    void messages.error(more.length === 0 ? reason : l10n.t('{0} ({1} more refused.)', reason, more.length));
  }
}

/** The key, or `undefined` where there is none or it takes too long. */
export async function keySoon(key: Promise<string | undefined>): Promise<string | undefined> {
  const late = new Promise<undefined>(done => setTimeout(done, LONGEST_KEY, undefined));
  return Promise.race([key.catch(() => undefined), late]);
}
