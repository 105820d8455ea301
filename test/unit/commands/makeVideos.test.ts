import assert from 'node:assert/strict';
import { join } from 'node:path';
import { modelCalled } from '../../../src/gateway/models.ts';
import { Making, type Wish } from '../../../src/making/making.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { HandClock, useFolder } from '../builders.ts';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { makeVideosWith } = await import('../../../src/commands/makeVideos.ts');
const { dayLimitSetting, pricesSetting } = await import('../../../src/host/settings.ts');

const GATEWAY = 'https://gateway.example/kyyReactApiServer';
const ferry: Wish = { request: { model: 'veo_3_1_fast', prompt: 'A ferry.' } };
const train: Wish = { request: { model: 'veo_3_1_fast', prompt: 'A train.' } };

describe('having videos made', () => {
  useLanguage('zh-cn');
  const folder = useFolder();
  let clock: HandClock;
  let store: TaskStore;
  let making: Making;
  let keys: Set<string>;
  let make: ReturnType<typeof makeVideosWith>;

  beforeEach(() => {
    clock = new HandClock();
    store = new TaskStore(join(folder(), 'dailies.db'), { clock });
    keys = new Set(['https://gateway.example']);
    making = makingOn(store);
    make = verbOn(making);
    Object.assign(globalThis.fakePerson, { messages: [], button: first, settings: {} });
    set({});
  });

  afterEach(() => {
    store.dispose();
  });

  const makingOn = (list: TaskStore): Making =>
    new Making({
      store: list,
      clock,
      modelOf: modelCalled,
      prices: pricesSetting,
      dayLimit: dayLimitSetting,
    });
  const verbOn = (verbs: Making): ReturnType<typeof makeVideosWith> =>
    makeVideosWith({
      making: verbs,
      clock,
      hasKey: origin => Promise.resolve(keys.has(origin)),
      saveFolder: () => null,
      prepareImages: wishes => Promise.resolve(wishes),
    });
  const set = (settings: Record<string, unknown>): void => {
    globalThis.fakePerson.settings = { 'dailies.gateway.baseUrl': GATEWAY, ...settings };
  };
  const prompts = (): string[] =>
    store.intents.since(0).map(({ body }) => (JSON.parse(body) as { prompt: string }).prompt);
  const asked = (): number => globalThis.fakePerson.messages.length;
  /** The numbers of the last message. */
  const numbers = (): string[] =>
    globalThis.fakePerson.messages
      .at(-1)
      ?.match(/[\d.]*\d/g)
      ?.filter(one => one !== '3.1') ?? [];

  it('writes down what is confirmed, and nothing else', async () => {
    const made = await make([ferry, train]);
    assert.deepEqual([made?.length, prompts(), asked()], [2, ['A ferry.', 'A train.'], 1]);
    globalThis.fakePerson.button = undefined;
    assert.equal(await make([{ request: { model: 'veo_3_1_fast', prompt: 'Another.' } }]), undefined);
    assert.equal(prompts().length, 2);
  });

  it('takes two clicks for one while it is confirmed', async () => {
    const [modal, press] = waiting();
    globalThis.fakePerson.button = modal;
    const clicks = [make([ferry]), make([ferry]), make([ferry])];
    await press();
    assert.deepEqual(
      (await Promise.all(clicks)).map(one => one?.length),
      [1, undefined, undefined],
    );
    assert.deepEqual([prompts(), asked()], [['A ferry.'], 1]);
  });

  it('confirms one after the other, so that the second knows what the first has sent', async () => {
    const both = [make([ferry]), make([ferry, train])];
    assert.deepEqual(
      (await Promise.all(both)).map(one => one?.length),
      [1, 2],
    );
    assert.match(globalThis.fakePerson.messages[1] ?? '', /其中 1 个在 0 秒前/);
  });

  it('confirms again when another window has sent the same while the dialog was open', async () => {
    const other = new TaskStore(join(folder(), 'dailies.db'), { clock });
    try {
      const [modal, press] = waiting();
      globalThis.fakePerson.button = modal;
      const here = make([ferry]);
      await press.shown;
      const plan = makingOn(other).plan(GATEWAY, [ferry]);
      assert.ok(!('kind' in plan) && Array.isArray(makingOn(other).make(plan, 'person', null)));
      globalThis.fakePerson.button = undefined;
      await press();
      assert.equal(await here, undefined);
      assert.deepEqual([prompts(), asked()], [['A ferry.'], 2]);
    } finally {
      other.dispose();
    }
  });

  const rules: [wish: string, settings: object, wishes: Wish[], questions: number][] = [
    ['always', {}, [ferry], 1],
    ['always, at a known price', { 'dailies.prices': { veo_3_1_fast: { call: 1 } } }, [ferry], 1],
    ['batches, and the price is unknown', { 'dailies.create.confirm': 'batches' }, [ferry], 1],
    [
      'batches, at a known price',
      { 'dailies.create.confirm': 'batches', 'dailies.prices': { veo_3_1_fast: { call: 1 } } },
      [ferry],
      0,
    ],
    [
      'batches, and there are two',
      { 'dailies.create.confirm': 'batches', 'dailies.prices': { veo_3_1_fast: { call: 1 } } },
      [ferry, train],
      1,
    ],
    ['never, and the price is unknown', { 'dailies.create.confirm': 'never' }, [ferry], 1],
    [
      'never, nor for an unknown price',
      { 'dailies.create.confirm': 'never', 'dailies.create.confirmUnknownPrice': false },
      [ferry, train],
      0,
    ],
  ];
  for (const [wish, settings, wishes, questions] of rules) {
    it(`confirms ${questions === 0 ? 'nothing' : 'once'} with the setting ${wish}`, async () => {
      set(settings as Record<string, unknown>);
      assert.equal((await make(wishes))?.length, wishes.length);
      assert.equal(asked(), questions);
    });
  }

  it('confirms in any case before the same is sent again within minutes', async () => {
    set({ 'dailies.create.confirm': 'never', 'dailies.create.confirmUnknownPrice': false });
    await make([ferry]);
    clock.jump(40_000);
    await make([ferry]);
    assert.deepEqual([asked(), prompts().length], [1, 2]);
    assert.ok(numbers().includes('40'));
    clock.jump(11 * 60_000);
    await make([ferry]);
    assert.deepEqual([asked(), prompts().length], [1, 3]);
  });

  it('stops at the limit of the day before anything is confirmed, with the figures', async () => {
    set({
      'dailies.prices': { veo_3_1_fast: { call: 1.25 } },
      'dailies.spending.dayLimit': { amount: 3, count: 9 },
    });
    await make([ferry, train]);
    globalThis.fakePerson.button = undefined;
    assert.equal(await make([{ request: { model: 'veo_3_1_fast', prompt: 'One more.' } }]), undefined);
    assert.deepEqual([asked(), prompts().length, numbers()], [2, 2, ['9', '3', '2', '2.5']]);
  });

  it('measures the limit again when it writes down what is confirmed: another window may have used it up', async () => {
    const other = new TaskStore(join(folder(), 'dailies.db'), { clock });
    try {
      set({ 'dailies.spending.dayLimit': { count: 1 } });
      const [modal, press] = waiting();
      globalThis.fakePerson.button = modal;
      const here = make([ferry]);
      await press.shown;
      const there = makingOn(other);
      const plan = there.plan(GATEWAY, [train]);
      assert.ok(!('kind' in plan) && Array.isArray(there.make(plan, 'person', null)));
      globalThis.fakePerson.button = undefined;
      await press();
      assert.equal(await here, undefined);
      assert.deepEqual([prompts(), numbers()], [['A train.'], ['1', '1']]);
    } finally {
      other.dispose();
    }
  });

  it('takes a limit that is no number for one that allows nothing', async () => {
    set({ 'dailies.spending.dayLimit': { count: 'ten' } });
    globalThis.fakePerson.button = undefined;
    assert.deepEqual([await make([ferry]), prompts()], [undefined, []]);
  });

  it('does not begin without a key, and goes on once one is set', async () => {
    keys.clear();
    globalThis.fakePerson.commands.set('dailies.key.set', () => keys.add('https://gateway.example'));
    assert.equal((await make([ferry]))?.length, 1);
    keys.clear();
    globalThis.fakePerson.button = undefined;
    assert.equal(await make([train]), undefined);
    assert.deepEqual(prompts(), ['A ferry.']);
  });

  it('sends nothing of a batch in which one request has an error', async () => {
    globalThis.fakePerson.button = undefined;
    assert.equal(await make([ferry, { request: { model: 'veo_3_1_fast', prompt: ' ' } }]), undefined);
    assert.deepEqual([prompts(), asked()], [[], 1]);
  });

  it('sends nothing from a list that is not on the disk', async () => {
    const memory = new TaskStore(':memory:', { clock });
    try {
      globalThis.fakePerson.button = undefined;
      assert.equal(await verbOn(makingOn(memory))([ferry]), undefined);
      assert.equal(asked(), 1);
    } finally {
      memory.dispose();
    }
  });

  describe('says what it costs', () => {
    const line = (): string =>
      globalThis.fakePerson.messages
        .at(-1)
        ?.split(/\n| \| /)
        .find(one => one.startsWith('预计费用')) ?? '';

    it('by the person’s own table', async () => {
      set({ 'dailies.prices': { veo_3_1_fast: { call: 1.5 } }, 'dailies.currency': '¥' });
      await make([ferry]);
      assert.equal(line(), '预计费用：¥1.5（自定价格）');
    });

    it('by what the gateway has charged for such videos', async () => {
      for (const [index, amount] of [0.7, 0.74].entries()) {
        store.charges.note(
          { gateway: GATEWAY, taskId: `t${index}`, kind: 'veo_3_1_fast|text|720p', seconds: 8, amount },
          clock.now(),
        );
      }
      await make([ferry, train]);
      assert.equal(line(), '预计费用：1.44，每个 0.72（根据 2 个过往任务）');
    });

    it('not where nobody has said, and sums up only what is known', async () => {
      await make([ferry]);
      assert.equal(line(), '预计费用：价格未知');
      set({ 'dailies.prices': { veo_3_1_pro: { call: 2 } } });
      await make([train, { request: { model: 'veo_3_1_pro', prompt: 'A train.' } }]);
      assert.equal(line(), '预计费用：2，另有 1 个价格未知');
    });

    it('and nothing that another gateway has charged', async () => {
      store.charges.note(
        {
          gateway: 'https://other.example/kyyReactApiServer',
          taskId: 't',
          kind: 'veo_3_1_fast|text|720p',
          seconds: 8,
          amount: 9,
        },
        clock.now(),
      );
      await make([ferry]);
      assert.equal(line(), '预计费用：价格未知');
    });

    it('and never a price of what JavaScript has for a name', async () => {
      set({ 'dailies.prices': { __proto__: { call: 1 }, veo_3_1_fast: { call: '2' }, veo_3_1_pro: 3 } });
      await make([ferry]);
      assert.equal(line(), '预计费用：价格未知');
    });
  });
});

/** Presses the first button. */
const first = (_message: string, [button]: readonly string[]): string | undefined => button;

/** A message that stays open until it is pressed. */
function waiting(): [
  modal: (message: string, buttons: readonly string[]) => Promise<unknown>,
  press: (() => Promise<void>) & { readonly shown: Promise<void> },
] {
  const shown = Promise.withResolvers<undefined>();
  const pressed = Promise.withResolvers<undefined>();
  const press = async (): Promise<void> => {
    await shown.promise;
    pressed.resolve(undefined);
  };
  return [
    async (_message, [button]) => {
      shown.resolve(undefined);
      await pressed.promise;
      return button;
    },
    Object.assign(press, { shown: shown.promise }),
  ];
}
