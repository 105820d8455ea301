import assert from 'node:assert/strict';
import { join } from 'node:path';
import { HOUR } from '../../../src/base/clock.ts';
import { modelCalled } from '../../../src/gateway/models.ts';
import { AgentBudget, type AgentLimits, type AgentTerms } from '../../../src/making/budget.ts';
import { Making, type Plan, type Wish } from '../../../src/making/making.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { HandClock, NOON, useFolder } from '../builders.ts';

const DAY = 24 * HOUR;
const GATEWAY = 'https://gateway.example/relay';

describe('videos for agents', () => {
  const folder = useFolder();
  const windows: TaskStore[] = [];
  let clock: HandClock;
  let limits: AgentLimits;

  interface Window {
    readonly store: TaskStore;
    readonly making: Making;
    readonly budget: AgentBudget;
  }

  const open = (): Window => {
    const store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    windows.push(store);
    const making = new Making({
      store,
      clock,
      modelOf: modelCalled,
      prices: () => ({ veo_3_1_fast: { call: 2 } }),
      dayLimit: () => ({}),
    });
    return { store, making, budget: new AgentBudget(store, making.spending, () => limits) };
  };

  beforeEach(() => {
    clock = new HandClock();
    limits = { session: {}, day: {} };
  });

  afterEach(() => {
    for (const store of windows.splice(0)) {
      store.dispose();
    }
  });

  const wish = (prompt: string, model = 'veo_3_1_fast'): Wish => ({ request: { model, prompt } });

  /** What becomes of an agent's wish: how many were written down, or why none were. */
  const make = ({ making, budget }: Window, requestKey: string, ...wishes: Wish[]): string => {
    const plan = making.plan(GATEWAY, wishes);
    assert.ok(!('kind' in plan), JSON.stringify(plan));
    const terms: AgentTerms = { requestKey, excessOf: (one: Plan) => budget.excessOf(one) };
    const made = making.makeForAgent(plan, terms, null);
    if ('kind' in made) {
      return made.kind === 'overBudget'
        ? `${made.kind} ${made.of}${made.isUnpriced ? ' unpriced' : ''}`
        : made.kind;
    }
    if (made.isNew) {
      budget.note(made.intents);
    }
    return `${made.isNew ? 'new' : 'known'} ${made.intents.length}`;
  };

  it('are written down once under one key, whatever window it is in and however it ended', () => {
    const [one, other] = [open(), open()];
    assert.deepEqual(
      [
        make(one, 'the ferry', wish('A ferry.'), wish('A gull.')),
        make(one, 'the ferry', wish('A ferry.'), wish('A gull.')),
        make(other, 'the ferry', wish('A ferry.')),
      ],
      ['new 2', 'known 2', 'known 2'],
    );
    const [first] = one.store.intents.ofRequestKey('the ferry');
    assert.ok(first);
    one.store.intents.drop(first.id, NOON);
    clock.jump(DAY);
    assert.equal(make(open(), 'the ferry', wish('A ferry.')), 'known 2');
    assert.deepEqual(
      one.store.intents.since(0).map(({ madeBy, requestKey }) => [madeBy, requestKey]),
      [
        ['agent', 'the ferry'],
        ['agent', null],
      ],
    );
  });

  it('are no more than the session allows, in this window, and the day in all', () => {
    limits = { session: { count: 2 }, day: { count: 3 } };
    const [one, other] = [open(), open()];
    assert.deepEqual(
      [
        make(one, 'key 1', wish('1')),
        make(one, 'key 2', wish('2')),
        make(one, 'key 3', wish('3')),
        make(other, 'key 4', wish('4')),
        make(other, 'key 5', wish('5')),
      ],
      ['new 1', 'new 1', 'overBudget session', 'new 1', 'overBudget day'],
    );
    clock.jump(DAY);
    // What has waited for so long is not sent any longer, and counts no longer.
    assert.equal(other.store.intents.claim(clock.now(), HOUR), undefined);
    assert.equal(make(other, 'key 6', wish('6')), 'new 1');
  });

  it('count for what they cost, and without a price nothing is made where that is limited', () => {
    limits = { session: { amount: 5 }, day: {} };
    const window = open();
    assert.deepEqual(
      [
        make(window, 'key 1', wish('1'), wish('2')),
        make(window, 'key 2', wish('3')),
        make(window, 'key 3', wish('4', 'veo_3_1_pro')),
      ],
      ['new 2', 'overBudget session', 'overBudget session unpriced'],
    );
  });

  it('leave what a person has made out of their budget', () => {
    limits = { session: { count: 1 }, day: { count: 1 } };
    const window = open();
    const plan = window.making.plan(GATEWAY, [wish('by hand')]);
    assert.ok(!('kind' in plan));
    window.making.make(plan, 'person', null);
    assert.equal(make(window, 'key 1', wish('1')), 'new 1');
  });

  it('are free again for the budget when nothing was sent', () => {
    limits = { session: { count: 1 }, day: { count: 1 } };
    const window = open();
    assert.equal(make(window, 'key 1', wish('1')), 'new 1');
    const [intent] = window.store.intents.ofRequestKey('key 1');
    window.store.intents.drop(intent?.id ?? '', NOON);
    assert.equal(make(window, 'key 2', wish('2')), 'new 1');
  });
});
