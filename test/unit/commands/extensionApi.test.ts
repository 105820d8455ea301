import assert from 'node:assert/strict';
import type { DailiesApi, DailiesExports, DailiesRequest } from '../../../dailies.d.ts';
import type * as Entry from '../../../src/extension.ts';
import { modelCalled } from '../../../src/gateway/models.ts';
import { Making, type Wish } from '../../../src/making/making.ts';
import { LiveTasks } from '../../../src/store/liveTasks.ts';
import { Operations } from '../../../src/store/operations.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { use } from '../../fixtures/api/consumer.ts';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import { HandClock, NOON } from '../builders.ts';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { createExports } = await import('../../../src/commands/extensionApi.ts');

const GATEWAY = 'https://gateway.example/kyyReactApiServer';
const FERRY = { model: 'veo_3_1_fast', prompt: 'A ferry at dawn.' };

/** What `activate` resolves to is what `dailies.d.ts` says, and nothing else: the compiler holds it. */
type Activated = Awaited<ReturnType<typeof Entry.activate>>;
const asDeclared = (activated: Activated): DailiesExports | undefined => activated;
const asActivated = (declared: DailiesExports | undefined): Activated => declared;

describe('what other extensions get', () => {
  useLanguage('en');
  let store: TaskStore;
  let tasks: LiveTasks;
  let made: (readonly Wish[])[];
  let errors: unknown[];
  let offered: ReturnType<typeof createExports>;
  let api: DailiesApi;

  beforeEach(() => {
    const clock = new HandClock(NOON);
    store = new TaskStore(':memory:', { clock });
    tasks = new LiveTasks(store, error => errors.push(error));
    [made, errors] = [[], []];
    globalThis.fakePerson.settings = { 'dailies.gateway.baseUrl': GATEWAY };
    offered = createExports({
      operations: new Operations(store, clock),
      ownFolder: () => null,
      keyOf: () => Promise.resolve(DEMO_KEY),
      tasks,
      making: new Making({
        store,
        clock,
        modelOf: modelCalled,
        prices: () => ({ veo_3_1_fast: { call: 0.5 } }),
        dayLimit: () => ({}),
      }),
      makeVideos: (wishes, options) => {
        assert.equal(options?.mustConfirm, true);
        made.push(wishes);
        return Promise.resolve(undefined);
      },
      onListenerError: error => errors.push(error),
    });
    api = offered.exports.getApi(1);
  });

  afterEach(() => {
    offered.dispose();
    tasks.dispose();
    store.dispose();
  });

  it('is what the declarations say, by which an extension that was compiled against them runs', async () => {
    assert.ok(asDeclared(asActivated(offered.exports)));
    const said = await use(offered.exports);
    assert.deepEqual(said, ['vgen_1', 'vgen_2', '0.5']);
    assert.deepEqual(
      api.list().map(({ id, name }) => [id, name]),
      [
        ['vgen_2', 'Harbor 2'],
        ['vgen_1', 'Harbor 1'],
      ],
    );
    assert.deepEqual(made, [[{ request: { ...FERRY, aspect_ratio: '16:9' }, label: 'Ferry' }]]);
  });

  it('has no other version', () => {
    for (const version of [0, 2, '1', null, undefined, {}]) {
      assert.throws(() => offered.exports.getApi(version as 1), RangeError);
    }
  });

  it('has no links, keys or signatures in it, wherever a gateway puts them', () => {
    const { key } = store.add(GATEWAY, 'vgen_1', NOON).task;
    const link = 'https://media.example/clip.mp4?X-Amz-Signature=secret';
    store.update(key, {
      generation: 'failed',
      videoUrl: link,
      model: link,
      statusWord: link,
      error: `See ${link}`,
      note: link,
      label: link,
      request: JSON.stringify({ prompt: `Like ${link}`, image_urls: [link] }),
    });
    assert.doesNotMatch(JSON.stringify(api.list()), /secret|X-Amz/);
    assert.ok(!('videoUrl' in (api.get('vgen_1') ?? {})));
  });

  it('cannot be changed by one extension for another', async () => {
    await api.track('vgen_1');
    const [task] = api.list();
    assert.ok([offered.exports, api, api.list(), task].every(Object.isFrozen));
    const request = { ...FERRY, image_urls: ['https://pictures.example/a.png'] };
    await api.make(request);
    request.prompt = 'Another.';
    request.image_urls.push('https://pictures.example/b.png');
    assert.deepEqual(made[0]?.[0]?.request, { ...FERRY, image_urls: ['https://pictures.example/a.png'] });
  });

  it('refuses what is none of what it takes, and makes and tracks nothing of it', async () => {
    const hostile: unknown[] = [
      null,
      undefined,
      7,
      'A ferry.',
      [[FERRY]],
      [null],
      () => FERRY,
      { ...FERRY, run: () => 1 },
      new Proxy(FERRY, {}),
    ];
    for (const value of hostile) {
      await assert.rejects(api.make(value as DailiesRequest));
    }
    for (const value of [null, undefined, 7, 'A ferry.', [FERRY]]) {
      assert.throws(() => api.estimate(value as unknown as DailiesRequest), TypeError);
    }
    assert.equal(made.length, 0);
    for (const value of [null, undefined, 7, {}, [1], [['vgen_1']], '../x', '', DEMO_KEY, 'x'.repeat(1e6)]) {
      const { tracked, refused } = await api.track(value as string);
      assert.deepEqual([tracked, refused.length], [[], 1], typeof value);
      assert.doesNotMatch(JSON.stringify(refused), new RegExp(DEMO_KEY));
    }
    for (const options of [null, 7, { name: 7 }, { name: 'x'.repeat(2_000) }, { other: 1 }]) {
      await api.track('vgen_1', options as { name: string });
    }
    assert.ok(api.list().every(({ name }) => name.length < 100));
    await api.make(FERRY, { name: 'x'.repeat(1e6) });
    assert.deepEqual(
      made.map(([wish]) => wish?.label?.length),
      [1_000],
    );
    assert.equal(api.get(7 as unknown as string), undefined);
  });

  it('announces to all that listen, whatever one of them throws, and to nobody who does no longer', async () => {
    const heard: string[] = [];
    const bad = api.onDidChange(() => {
      throw new Error('not mine');
    });
    const first = api.onDidChange(({ ids }) => heard.push(...ids));
    api.onDidChange(undefined as never);
    await api.track('vgen_1');
    assert.deepEqual([heard, errors.length], [['vgen_1'], 2]);
    first.dispose();
    first.dispose();
    bad.dispose();
    await api.track('vgen_2');
    assert.deepEqual(heard, ['vgen_1']);
  });

  it('is over when Dailies stops: nothing is announced, nothing is done, and it says so', async () => {
    await api.track('vgen_1');
    const heard: string[] = [];
    api.onDidChange(({ ids }) => heard.push(...ids));
    offered.dispose();
    store.add(GATEWAY, 'vgen_2', NOON);
    api.onDidChange(({ ids }) => heard.push(...ids));
    store.add(GATEWAY, 'vgen_3', NOON);
    assert.deepEqual(heard, []);
    await assert.rejects(api.track('vgen_4'), /Dailies has stopped/);
    await assert.rejects(api.make(FERRY), /Dailies has stopped/);
    assert.throws(() => api.estimate(FERRY), /Dailies has stopped/);
    assert.equal(made.length, 0);
  });
});
