import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import {
  allowPaid,
  assertNoSecret,
  call,
  ferry,
  forbidPaid,
  ledger,
  offeredTools,
  posts,
  refusalOf,
} from './agentTools.ts';
import { asAnotherWindow, cast } from './cast.ts';
import { enterKey, setting, untilRow, useStage } from './stage.ts';

describe('agents that send anything', () => {
  const window = workbench();
  afterEach(forbidPaid);
  const stage = useStage();

  describe('and may have videos made', () => {
    beforeEach(async () => {
      await enterKey(window);
      await allowPaid(window);
    });

    it('have nothing sent for input that is wrong', async () => {
      const request = ferry();
      const request_key = 'a key for nothing';
      const inherited = JSON.parse(
        '{"__proto__":{"model":"veo_3_1_fast","prompt":"x"},"constructor":{"name":"x"}}',
      ) as object;
      const wrong: readonly object[] = [
        {},
        { request },
        { request_key },
        { request: 'a ferry', request_key },
        { request: null, request_key },
        { request: [request], request_key },
        { request: inherited, request_key },
        { request: {}, request_key },
        { request: { ...request, model: 'constructor' }, request_key },
        { request: { ...request, model: '__proto__' }, request_key },
        { request: { ...request, model: { toString: 'veo_3_1_fast' } }, request_key },
        { request: { ...request, prompt: '' }, request_key },
        { request: { ...request, prompt: ['a', 'b'] }, request_key },
        { request: { ...request, prompt: 'x'.repeat(1024 * 1024) }, request_key },
        { request: { ...request, duration: 'eight' }, request_key },
        { request: { ...request, duration: -8 }, request_key },
        { request: { ...request, duration: 1e308 }, request_key },
        { request: { ...request, aspect_ratio: 969 }, request_key },
        { request: { ...request, webhook_url: 'https://elsewhere.example/' }, request_key },
        { request: { ...request, first_image: 'http://127.0.0.1/secret.png' }, request_key },
        { request: { ...request, first_image: 'file:///nowhere/at/all.png' }, request_key },
        { request: { ...request, image_urls: 'https://media.example/a.png' }, request_key },
        { request, request_key: '' },
        { request, request_key: 'short' },
        { request, request_key: 'x'.repeat(201) },
        { request, request_key: 12_345_678 },
        { request, request_key: '        ' },
        { request, request_key, max_cost: -1 },
        { request, request_key, max_cost: '5' },
        { request, request_key, max_cost: null },
        { request, request_key, max_cost: 0 },
        { request, request_key, another_take: 'yes' },
        { request, request_key, gateway: 'https://elsewhere.example' },
        { request, request_key, isConfirmed: true },
        { request, request_key, shot_file: 'a.shot.md' },
        { shot_file: '../../elsewhere.shot.md', request_key },
        { shot_file: '/etc/passwd', request_key },
        { shot_file: 'https://gateway.example/a.shot.md', request_key },
        { shot_file: 'a\0.shot.md', request_key },
        { shot_file: stage().clips, request_key },
        { shot_file: shots('---\nmodel: veo_3_1_fast\nresolution: 9p\n---\nA ferry.\n'), request_key },
        { shot_file: shots('---\nmodel: veo_3_1_fast\n---\nA {{color}} ferry.\n'), request_key },
        { shot_file: shots('---\nmodel: [\n---\nA ferry.\n'), request_key },
        { shot_file: shots(''), request_key },
      ];
      for (const input of wrong) {
        const refusal = await refusalOf('make_video', input);
        const shown = JSON.stringify(input).slice(0, 200);
        assert.match(refusal, /nothing was done|Nothing was done|Nothing was sent/, `${shown}: ${refusal}`);
        assert.ok(refusal.length < 1_500, `${shown}: ${refusal.length} characters`);
        assertNoSecret({ text: refusal }, DEMO_KEY);
      }
      assert.deepEqual([posts(stage()).length, ledger(stage()).length], [0, 0]);
    });

    it('may name their keys as they like', async () => {
      for (const request_key of [
        '__proto__',
        'constructor',
        'toString',
        'ключ 钥匙 🔑',
        "'; DROP TABLE intents; --",
      ]) {
        const input = { request: ferry(), request_key };
        const [made, again] = [await call('make_video', input), await call('make_video', input)];
        assert.deepEqual([made.facts.is_new, again.facts.is_new], [true, false], request_key);
        const got = await call('get_video', { id: request_key });
        assert.equal(got.facts.id, made.facts.videos?.[0]?.id);
      }
      assert.equal(posts(stage()).length, 5);
    });

    it('are offered what costs something only while it is allowed', async () => {
      const isOffered = (): boolean => offeredTools().includes('dailies_make_video');
      await waitUntil('it to be offered', () => isOffered() || undefined);
      await setting('agents.paid', false);
      await waitUntil('it to be gone', () => !isOffered() || undefined);
      await setting('agents.paid', true);
      await waitUntil('it to be offered again', () => isOffered() || undefined);
    });

    it('are no more in one session than its budget, also when many call at once', async () => {
      const before = await call('estimate_video', { request: ferry() });
      const { session } = before.facts.budget_left as { session: { videos: number } };
      await setting('agents.sessionBudget', { count: 500 - session.videos + 3 });
      const all = await Promise.all(
        Array.from({ length: 20 }, async (_, index) =>
          refusalOf('make_video', { request: ferry(), request_key: `one of many ${index} ${Date.now()}` }),
        ),
      );
      assert.equal(all.filter(text => text.startsWith('it did something')).length, 3);
      assert.equal(all.filter(text => text.includes('budget of agents for this session')).length, 17);
      assert.equal(posts(stage()).length, 3);
    });
  });

  it('get a clear word from each of the other tools, and nothing is changed', async () => {
    cast(stage(), [{ id: 'vgen_going_1', generation: 'processing' }]);
    await untilRow(window, /Rendering|Processing|left|min/);
    const wrong: readonly (readonly [string, object])[] = [
      ['list_videos', { limit: '20' }],
      ['list_videos', { limit: 0 }],
      ['list_videos', { skip: -1 }],
      ['list_videos', { skip: 1.5 }],
      ['list_videos', { state: 'constructor' }],
      ['list_videos', { everything: true }],
      ['get_video', {}],
      ['get_video', { id: 7 }],
      ['get_video', { id: '' }],
      ['get_video', { id: '__proto__' }],
      ['get_video', { id: 'https://gateway.example/v1/videos/vgen_none' }],
      ['get_video', { id: '../../dailies.db' }],
      ['get_video', { id: 'x'.repeat(5_000) }],
      ['wait_for_video', { id: 'vgen_going_1', timeout_seconds: 0 }],
      ['wait_for_video', { id: 'vgen_going_1', timeout_seconds: 1e9 }],
      ['wait_for_video', { id: 'vgen_going_1', timeout_seconds: '1' }],
      ['wait_for_video', { id: 'vgen_going_1', first_frame: 1 }],
      ['save_frame', { id: 'vgen_going_1' }],
      ['save_frame', { id: 'vgen_going_1', at: -1 }],
      ['save_frame', { id: 'vgen_going_1', at: 'middle' }],
      ['pick_take', { id: 'vgen_going_1', note: 'x'.repeat(501) }],
      ['pick_take', { id: 'vgen_going_1', decision: null }],
      ['track_video', { ids: ['vgen_1'] }],
      ['track_video', { ids: '../../etc/passwd' }],
      ['track_video', { ids: `Bearer ${DEMO_KEY}` }],
    ];
    for (const [name, input] of wrong) {
      const refusal = await refusalOf(name, input);
      const shown = `${name} ${JSON.stringify(input).slice(0, 80)}: ${refusal}`;
      assert.doesNotMatch(refusal, /^it did something/, shown);
      assert.ok(refusal.length < 1_000, shown);
      assertNoSecret({ text: refusal }, DEMO_KEY);
    }
    assert.equal(asAnotherWindow(store => store.list()).length, 1);
  });

  it('track a task by a link to it', async () => {
    const id = stage().gateway.addTask();
    await enterKey(window);
    const { facts } = await call('track_video', { ids: `${stage().gateway.baseUrl}/v1/result/${id}` });
    assert.deepEqual(
      facts.tracked?.map(one => one.id),
      [id],
    );
  });

  it('wait without a request, however many do, and for no longer than they said', async () => {
    await enterKey(window);
    const id = stage().gateway.addTask();
    await call('track_video', { ids: id });
    await vscode.commands.executeCommand('dailies.polling.pause');
    await stage()
      .gateway.nextExchange()
      .catch(() => undefined);
    const before = stage().gateway.requests.length;
    const all = await Promise.all(
      Array.from({ length: 30 }, async () => call('wait_for_video', { id, timeout_seconds: 2 })),
    );
    assert.ok(all.every(({ facts }) => facts.done === false && facts.videos?.[0]?.state === 'in_progress'));
    assert.equal(stage().gateway.requests.length, before);
  });

  it('learn at once when what they wait for is removed, or has a link that has expired', async () => {
    const [going = 0, late = 0] = cast(stage(), [
      { id: 'vgen_going_2', generation: 'processing' },
      { id: 'vgen_late_2', generation: 'processing' },
    ]);
    await untilRow(window, /Rendering|Processing|left|min/);
    const removed = refusalOf('wait_for_video', { id: 'vgen_going_2', timeout_seconds: 100 });
    const expired = call('wait_for_video', { id: 'vgen_late_2', timeout_seconds: 100 });
    asAnotherWindow(store => {
      store.remove([going]);
      store.update(late, { generation: 'completed', file: 'expired', nextPollAt: null });
    });
    assert.match(await removed, /There is no video "vgen_going_2"/);
    const { facts } = await expired;
    const [video] = facts.videos ?? [];
    assert.deepEqual([facts.done, video?.state, video?.file], [true, 'not_saved', 'expired']);
  });

  function shots(text: string): string {
    count += 1;
    const file = join(stage().clips, `wrong${count}.shot.md`);
    writeFileSync(file, text);
    return file;
  }
});

let count = 0;
