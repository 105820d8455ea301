import { l10n } from 'vscode';
import { limitText, spentText } from '../host/priceText.ts';
import type { AgentMade, BudgetExcess } from '../making/budget.ts';
import type { Plan, Refusal, Wish } from '../making/making.ts';
import { localImagesOf } from '../making/localImages.ts';
import { hashOf } from '../making/plan.ts';
import { isOfFile } from '../store/sqliteErrors.ts';
import type { Intent } from '../tasks/intent.ts';
import { gatewayOfSetting } from './ground.ts';
import { readInput, schemas, USUAL_WAIT } from './input.ts';
import type { AgentConfirmation, ToolServices } from './services.ts';
import { NOT_ALLOWED, ToolError, type Tool, type ToolCall, type ToolResult } from './tool.ts';
import { until } from './until.ts';
import { intentFacts } from './videoFacts.ts';
import { refusalText, shownPlan, wishesOf } from './wishes.ts';

/** The longest that a call waits for the gateway's response, s: a request takes up to 100. */
const LONGEST_SENDING = USUAL_WAIT;

/** Has videos made, which is paid for: once for each key, within the budgets, however often it is called. */
export function makeVideo(services: ToolServices): Tool {
  /** The calls under one key are one call. */
  const open = new Map<string, Promise<AgentMade>>();
  return async (input, call) => {
    const wanted = readInput(schemas.makeVideo, input);
    if (!services.isPaidAllowed()) {
      throw new ToolError(NOT_ALLOWED);
    }
    const key = wanted.request_key;
    const running = open.get(key);
    const making = running ?? make(wanted, call, services);
    open.set(key, making);
    try {
      const { intents, isNew } = await making;
      if (running) {
        sameOr(intents, await wishesOf(wanted, services), services);
      }
      return await settled(intents, isNew && !running, wanted.request_key, call, services);
    } finally {
      if (!running) {
        open.delete(key);
      }
    }
  };
}

/** What a person confirms before that: nothing where nothing would be paid for. */
export function confirmationOfMaking(
  services: ToolServices,
): (input: unknown) => Promise<AgentConfirmation | undefined> {
  return async input => {
    const wanted = readInput(schemas.makeVideo, input);
    if (!services.isPaidAllowed() || services.store.intents.ofRequestKey(wanted.request_key).length > 0) {
      return undefined;
    }
    const plan = shownPlan(await wishesOf(wanted, services), services);
    return services.confirmationOf(plan, noteOf(plan, services));
  };
}

type Wanted = ReturnType<typeof readInput<typeof schemas.makeVideo>>;

async function make(wanted: Wanted, call: ToolCall, services: ToolServices): Promise<AgentMade> {
  const { making, hasKey, prepareImages } = services;
  const gateway = gatewayOfSetting();
  const wishes = await wishesOf(wanted, services);
  const known = services.store.intents.ofRequestKey(wanted.request_key);
  if (known.length > 0) {
    return { intents: sameOr(known, wishes, services), isNew: false };
  }
  // What is refused in the end must not be uploaded or confirmed first.
  refuseUnaffordable(shownPlan(wishes, services), wanted, services);
  if (!(await hasKey(gateway.origin).catch(() => false))) {
    throw new ToolError(
      "Nothing was sent: there is no API key for the gateway, or it cannot be read. The person sets it with the command 'Dailies: Set API Key…'.",
    );
  }
  const ready = await prepareImages(wishes);
  if (!ready) {
    throw new ToolError(
      'Nothing was sent: the images could not be put on the web. VS Code shows the person why.',
    );
  }
  call.signal.throwIfAborted();
  for (;;) {
    const plan = making.plan(gateway.base, ready);
    if ('kind' in plan) {
      throw new ToolError(refusalText(plan, ready, services));
    }
    refuseUnaffordable(plan, wanted, services);
    if (!call.isConfirmed && !(await services.confirm(plan, noteOf(plan, services)))) {
      throw new ToolError('Nothing was sent: the person has not confirmed it. Do not ask again by yourself.');
    }
    call.signal.throwIfAborted();
    const made = writeDown(plan, wanted, services);
    if (!('kind' in made)) {
      return { intents: sameOr(made.intents, ready, services), isNew: made.isNew };
    }
    // The same was sent meanwhile: it is to be confirmed as what it is now, another take.
    if (made.kind !== 'repeated' || !wanted.another_take) {
      throw new ToolError(made.kind === 'overBudget' ? excessText(made) : refusalText(made, ready, services));
    }
  }
}

/** Writes down, within one commit, and counts it for this session. */
function writeDown(
  plan: Plan,
  { request_key: requestKey }: Wanted,
  { making, budget, isPaidAllowed, saveFolder }: ToolServices,
): AgentMade | BudgetExcess | Refusal {
  if (!isPaidAllowed()) {
    throw new ToolError(NOT_ALLOWED);
  }
  try {
    const terms = { requestKey, excessOf: (one: Plan) => budget.excessOf(one) };
    const made = making.makeForAgent(plan, terms, saveFolder());
    if ('intents' in made && made.isNew) {
      budget.note(made.intents);
    }
    return made;
  } catch (error) {
    if (isOfFile(error)) {
      return { kind: 'noLedger' };
    }
    throw error;
  }
}

/** Throws where the agent's own bound, the budgets or the day's limit do not allow it, or where it was sent just now. */
function refuseUnaffordable(plan: Plan, wanted: Wanted, services: ToolServices): void {
  const { making, budget } = services;
  const { max_cost: most, another_take: isMeant } = wanted;
  if (most !== undefined && plan.unpriced > 0) {
    throw new ToolError(
      'Nothing was sent: the price is not known, so it cannot be kept below max_cost. Leave max_cost out if the person agrees to an unknown price.',
    );
  }
  if (most !== undefined && plan.amount > most) {
    throw new ToolError(
      `Nothing was sent: the estimate is ${plan.amount}, which is more than max_cost (${most}).`,
    );
  }
  const excess = budget.excessOf(plan);
  if (excess) {
    throw new ToolError(excessText(excess));
  }
  const refusal = making.excessOf(plan);
  if (refusal) {
    throw new ToolError(refusalText(refusal, [], services));
  }
  if (!isMeant && plan.videos.some(({ repeats }) => repeats !== undefined)) {
    throw new ToolError(refusalText({ kind: 'repeated' }, [], services));
  }
}

/** What was written down under a key before, where it is what is wanted now. */
function sameOr(
  known: readonly Intent[],
  wishes: readonly Wish[],
  services: ToolServices,
): readonly Intent[] {
  // Where images have to be uploaded first, nobody can say.
  const isComparable = wishes.every(({ request }) => localImagesOf(request).length === 0);
  const { videos } = shownPlan(wishes, services);
  const hashes = videos.map(({ family, body }) => hashOf(family, body));
  if (isComparable && hashes.join() !== known.map(({ hash }) => hash).join()) {
    throw new ToolError(
      'Nothing was sent: this request_key was used for another request before. Use a new request_key for each video that you want.',
    );
  }
  return known;
}

/** What the gateway says, or what is known after a while. */
async function settled(
  intents: readonly Intent[],
  isNew: boolean,
  requestKey: string,
  call: ToolCall,
  services: ToolServices,
): Promise<ToolResult> {
  const { store } = services;
  const now = (): Intent[] => intents.map(one => store.intents.get(one.id) ?? one);
  const isOpen = ({ state }: Intent): boolean => state === 'waiting' || state === 'sending';
  call.report(l10n.t('Waiting for the response of the gateway'));
  await until(() => !now().some(isOpen), LONGEST_SENDING, call.signal, services);
  return {
    facts: {
      request_key: requestKey,
      is_new: isNew,
      videos: now().map(one => intentFacts(one, services)),
      budget_left: budgetFacts(services),
    },
  };
}

/** What agents may still have made, and in words what the limits are. */
export function budgetFacts({ budget }: ToolServices): Readonly<Record<string, unknown>> {
  const { limit } = budget;
  const spent = budget.spent(gatewayOfSetting().base);
  const left = (span: 'session' | 'day'): object => ({
    ...(limit[span].count === undefined
      ? {}
      : { videos: Math.max(0, limit[span].count - spent[span].count) }),
    ...(limit[span].amount === undefined
      ? {}
      : { amount: Math.max(0, limit[span].amount - spent[span].amount) }),
  });
  return { session: left('session'), day: left('day') };
}

/** What a person is to know besides, before they confirm: that it is an agent, and what its budget is. */
function noteOf({ gateway }: Plan, { budget }: ToolServices): string {
  const { session } = budget.limit;
  const spent = spentText(budget.spent(gateway).session);
  const limit = limitText(session);
  return limit === ''
    ? l10n.t('Requested by an agent. Made by agents in this session: {0}', spent)
    : l10n.t('Requested by an agent. Made by agents in this session: {0}. Their limit: {1}', spent, limit);
}

function excessText({ of, isUnpriced, limit, spent }: BudgetExcess): string {
  const setting = of === 'session' ? 'dailies.agents.sessionBudget' : 'dailies.agents.dayBudget';
  const time =
    of === 'session'
      ? 'this session, which is until this window is closed or reloaded,'
      : 'today, in all windows,';
  const why = isUnpriced
    ? `the price is not known, and the budget of agents for ${time} limits the amount (${limitText(limit)}).`
    : `the budget of agents for ${time} is used up (limit: ${limitText(limit)}; made so far: ${spentText(spent)}).`;
  return `Nothing was sent: ${why} Only the person can raise it, in the setting '${setting}'.`;
}
