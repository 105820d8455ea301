import type { Clock } from '../base/clock.ts';
import { messages } from '../host/messages.ts';
import { confirmSetting, confirmUnknownPriceSetting, dayLimitSetting } from '../host/settings.ts';
import type { Making, Plan, Refusal, Wish } from '../making/making.ts';
import type { Intent } from '../tasks/intent.ts';
import { confirmationOf } from '../views/confirmationText.ts';
import { needsConfirmation } from './confirmRule.ts';
import { chooseGateway } from './gatewayChoice.ts';
import { ensureKey } from './ensureKey.ts';
import type { PrepareImages } from './prepareImages.ts';
import { showRefusal, withFamily, written } from './refusal.ts';

/**
 * Checks, uploads images where needed, shows the confirmation, writes the intents down, wakes the maker; every refusal is shown.
 * `undefined`: nothing was sent. `note`: what a person should know before they confirm.
 * `mustConfirm`: they confirm it whatever their settings say.
 */
export type MakeVideos = (
  wishes: readonly Wish[],
  options?: MakeOptions,
) => Promise<readonly Intent[] | undefined>;

export interface MakeOptions {
  readonly note?: string;
  readonly mustConfirm?: boolean;
}

/** What the verb needs from outside. */
export interface MakeVideosDependencies {
  readonly making: Making;
  readonly clock: Clock;
  /** Whether there is a key for an origin. Rejects when that cannot be known. */
  readonly hasKey: (origin: string) => Promise<boolean>;
  /** What tasks that are made in this window hold as the folder of their clips. */
  readonly saveFolder: () => string | null;
  readonly prepareImages: PrepareImages;
}

/** Gives the verb with which a person has videos made. */
export function makeVideosWith(dependencies: MakeVideosDependencies): MakeVideos {
  /** The requests that are being confirmed, so that the second click of a double click does nothing. */
  const open = new Map<string, Promise<readonly Intent[] | undefined>>();
  /** One confirmation after the other: the second is to know what the first has sent. */
  let last: Promise<unknown> = Promise.resolve();
  return async (wishes, options = {}) => {
    const what = nameOf(wishes);
    if (wishes.length === 0 || open.has(what)) {
      return undefined;
    }
    const made = last.then(() => makeVideos(wishes, options, dependencies));
    last = made.catch(() => undefined);
    open.set(what, made);
    try {
      return await made;
    } finally {
      open.delete(what);
    }
  };
}

/** What two clicks have in common. */
function nameOf(wishes: readonly Wish[]): string {
  try {
    return JSON.stringify(wishes);
  } catch {
    // A value that cannot be sent: the check says so.
    return '';
  }
}

async function makeVideos(
  given: readonly Wish[],
  options: MakeOptions,
  dependencies: MakeVideosDependencies,
): Promise<readonly Intent[] | undefined> {
  const { making, hasKey, prepareImages } = dependencies;
  const gateway = chooseGateway();
  const wishes = gateway && (await checked(given, making));
  if (!gateway || !wishes || !(await ensureKey(gateway, hasKey))) {
    return undefined;
  }
  const ready = await prepareImages(wishes);
  return ready && confirmAndMake(gateway.base, ready, options, dependencies);
}

/** Wishes in which nothing is wrong, with the families that a person had to choose. */
async function checked(given: readonly Wish[], making: Making): Promise<readonly Wish[] | undefined> {
  let wishes: readonly Wish[] | undefined = given;
  for (;;) {
    const refusal: Refusal | undefined = making.check(wishes);
    if (!refusal) {
      return wishes;
    }
    if (refusal.kind !== 'noFamily') {
      showRefusal(refusal, given);
      return undefined;
    }
    wishes = await withFamily(wishes, refusal.index);
    if (!wishes) {
      return undefined;
    }
  }
}

/** Confirms again if the same request was sent elsewhere while the dialog was open. */
async function confirmAndMake(
  gateway: string,
  wishes: readonly Wish[],
  options: MakeOptions,
  { making, clock, saveFolder }: MakeVideosDependencies,
): Promise<readonly Intent[] | undefined> {
  for (;;) {
    const plan = making.plan(gateway, wishes);
    const refusal = 'kind' in plan ? plan : making.excessOf(plan);
    if (refusal) {
      showRefusal(refusal, wishes);
    }
    if (refusal || 'kind' in plan || !(await isConfirmed(plan, options, clock))) {
      return undefined;
    }
    const made = written(() => making.make(plan, 'person', saveFolder()));
    if (!('kind' in made)) {
      return made;
    }
    if (made.kind !== 'repeated') {
      showRefusal(made, wishes);
      return undefined;
    }
  }
}

/** Whether a person confirms a plan, or need not, by their settings. */
export async function isConfirmed(
  plan: Plan,
  { note, mustConfirm = false }: MakeOptions,
  clock: Clock,
): Promise<boolean> {
  if (!mustConfirm && !needsConfirmation(plan, confirmSetting(), confirmUnknownPriceSetting())) {
    return true;
  }
  const { message, detail, button } = confirmationOf(plan, dayLimitSetting(), note, clock.now());
  return (await messages.info(message, { modal: true, detail }, button)) === button;
}
