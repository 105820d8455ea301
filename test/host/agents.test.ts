import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { waitUntil, workbench } from '../vscode/bridgeClient.ts';
import {
  allowPaid,
  approveAll,
  assertNoSecret,
  call,
  ferry,
  forbidPaid,
  isPaidAllowed,
  ledger,
  offeredTools,
  posts,
  refusalOf,
} from './agentTools.ts';
import { asAnotherWindow, cast, savedClip } from './cast.ts';
import { enterKey, setting, untilRow, useStage } from './stage.ts';

describe('agents', () => {
  const window = workbench();
  afterEach(forbidPaid);
  const stage = useStage();

  describe('that cost nothing', () => {
    it('are offered the tools, each described', async () => {
      const offered = await waitUntil('the tools', () => {
        const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('dailies_'));
        // Newer VS Codes list here also what they offer to no model.
        const free = tools.filter(({ name }) => name !== 'dailies_make_video');
        return free.length >= 8 ? free : undefined;
      });
      assert.deepEqual(offered.map(({ name }) => name).sort(), [
        'dailies_estimate_video',
        'dailies_export_cut',
        'dailies_get_video',
        'dailies_list_videos',
        'dailies_pick_take',
        'dailies_save_frame',
        'dailies_track_video',
        'dailies_wait_for_video',
      ]);
      assert.ok(!offeredTools().includes('dailies_make_video'));
      assert.ok(offered.every(({ description, inputSchema }) => description.length > 40 && inputSchema));
    });

    it('list and get what is in the list: states, paths, takes, and never a link', async () => {
      cast(stage(), [
        savedClip(stage(), 'harbor', 'tone', { shotFile: 'a.shot.md', shot: 'Harbor', take: 2 }),
        {
          id: 'vgen_failed_1',
          generation: 'failed',
          error: 'See https://gateway.example/why?key=1 for more.',
        },
        { id: 'vgen_going_1', generation: 'processing' },
      ]);
      await untilRow(window, /Rendering|Processing|left|min/);
      const all = await call('list_videos', {});
      assert.deepEqual(
        all.facts.videos?.map(({ id, state, path, take, section }) => [id, state, path, take, section]),
        [
          ['vgen_harbor1', 'ready', join(stage().clips, 'harbor.mp4'), 2, 'Harbor'],
          ['vgen_failed_1', 'failed', undefined, undefined, undefined],
          ['vgen_going_1', 'in_progress', undefined, undefined, undefined],
        ],
      );
      const ready = await call('list_videos', { state: 'ready', limit: 1 });
      assert.deepEqual([ready.facts.total, ready.facts.videos?.[0]?.id], [1, 'vgen_harbor1']);
      const failed = await call('get_video', { id: 'vgen_failed_1' });
      assert.equal(failed.facts.error, 'See (link) for more.');
      for (const got of [all, ready, failed, await call('get_video', { id: 'vgen_harbor1' })]) {
        assertNoSecret(got, DEMO_KEY);
      }
    });

    it('get a clear word for what is wrong with their input', async () => {
      assert.match(await refusalOf('list_videos', { limit: 1_000 }), /not valid, so nothing was done.*limit/);
      assert.match(await refusalOf('get_video', { id: 'vgen_none' }), /There is no video "vgen_none"/);
      assert.match(await refusalOf('pick_take', { id: 'x', decision: 'delete' }), /decision/);
    });

    it('pick a take and note something about it', async () => {
      const [key = 0] = cast(stage(), [savedClip(stage(), 'harbor', 'tone')]);
      const { facts } = await call('pick_take', { id: 'vgen_harbor1', decision: 'pick', note: 'Best light' });
      const task = asAnotherWindow(store => store.get(key));
      assert.deepEqual(
        [facts.decision, facts.note, task?.verdict, task?.note],
        ['picked', 'Best light', 'picked', 'Best light'],
      );
      await call('pick_take', { id: 'vgen_harbor1', decision: 'clear' });
      assert.equal(
        asAnotherWindow(store => store.get(key)?.verdict),
        null,
      );
      assert.match(await refusalOf('pick_take', { id: 'vgen_harbor1' }), /give a decision, a note, or both/);
    });

    it('track tasks of the gateway, and no key', async () => {
      await enterKey(window);
      const id = stage().gateway.addTask();
      const { facts } = await call('track_video', { ids: id });
      assert.deepEqual([facts.tracked?.length, facts.already_in_list?.length], [1, 0]);
      assert.match(await refusalOf('track_video', { ids: DEMO_KEY }), /Nothing was tracked/);
      assert.match(await refusalOf('track_video', { ids: 'nothing' }), /Nothing was tracked/);
      await untilRow(window, /Ready/);
    });

    it('estimate a request, of their own or of a shot file, and send nothing', async () => {
      await setting('prices', { veo_3_1_fast: { call: 0.72 } });
      const { facts } = await call('estimate_video', { request: ferry() });
      assert.deepEqual([facts.videos, facts.amount, facts.price], [1, 0.72, '0.72 (your price table)']);
      assert.equal(facts.can_be_made_by_agents, false);
      assert.match(String(facts.usual_time), /\d+–\d+ min/);
      const file = join(stage().clips, 'two.shot.md');
      writeFileSync(
        file,
        '---\nmodel: veo_3_1_fast\n---\n## One\nA ferry.\n## Two\n```yaml\ntakes: 3\n```\nA gull.\n',
      );
      const two = await call('estimate_video', { shot_file: file, section: 'Two' });
      assert.deepEqual([two.facts.videos, two.facts.amount], [3, 2.16]);
      assert.match(
        await refusalOf('estimate_video', { shot_file: file, section: 'Three' }),
        /It has: One, Two/,
      );
      assert.match(
        await refusalOf('estimate_video', { request: { ...ferry(), resolution: '9p' } }),
        /Nothing was sent\. resolution can't be 9p/,
      );
      assert.match(await refusalOf('estimate_video', {}), /either a request or a shot_file/);
      assert.match(
        await refusalOf('estimate_video', { request: { model: 'nothing', prompt: 'x' } }),
        /veo_3_1_fast/,
      );
      assert.equal(stage().gateway.requests.length, 0);
    });

    it('save a frame next to its clip, and get the first frame as an image', async () => {
      cast(stage(), [savedClip(stage(), 'harbor', 'tone')]);
      const { facts } = await call('save_frame', { id: 'vgen_harbor1', at: 'last' });
      assert.equal(facts.path, join(stage().clips, 'harbor_last.png'));
      assert.equal(readFileSync(facts.path).subarray(1, 4).toString(), 'PNG');
      const second = await call('save_frame', { id: 'vgen_harbor1', at: 0.5 });
      assert.ok(existsSync(String(second.facts.path)));
      assert.match(
        await refusalOf('save_frame', { id: 'vgen_harbor1', at: 500 }),
        /There is no frame at 500 s: the video is 2 s long/,
      );
      const waited = await call('wait_for_video', { id: 'vgen_harbor1' });
      assert.deepEqual([waited.facts.done, waited.facts.first_frame], [true, undefined]);
      assert.deepEqual(
        waited.images.map(image => [...image.subarray(0, 2)]),
        [[0xff, 0xd8]],
      );
      assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0);
    });

    it('may not have videos made, also not by calling the tool that is not offered', async () => {
      assert.equal(await isPaidAllowed(), false);
      assert.match(
        await refusalOf('make_video', { request: ferry(), request_key: 'a key of mine' }),
        /agents may not have videos made\. Only the person can allow it, .*'dailies\.agents\.paid'/,
      );
      assert.equal(posts(stage()).length, 0);
    });
  });

  describe('that may have videos made', () => {
    beforeEach(async () => {
      await enterKey(window);
      await allowPaid(window);
    });

    it('have them made, wait for them without a request more, and get file, facts and first frame', async () => {
      const made = await call('make_video', { request: ferry(), request_key: 'first key' });
      assert.deepEqual(
        [made.facts.is_new, made.facts.videos?.map(one => one.request_state)],
        [true, ['accepted']],
      );
      const id = String(made.facts.videos?.[0]?.id);
      const soon = await call('wait_for_video', { id, timeout_seconds: 1, first_frame: false });
      assert.match(soon.text, /"done": (true|false)/);
      const waited = await call('wait_for_video', { id: 'first key', timeout_seconds: 60 });
      const [video] = waited.facts.videos ?? [];
      assert.deepEqual([waited.facts.done, video?.state, waited.images.length], [true, 'ready', 1]);
      assert.ok(existsSync(String(video?.path)));
      assert.equal(ledger(stage())[0]?.madeBy, 'agent');
      for (const got of [made, soon, waited]) {
        assertNoSecret(got, DEMO_KEY);
      }
    });

    it('pay once for one key: 200 calls at once, and one later, are one request', async () => {
      const input = { request: ferry(), request_key: 'one key for all' };
      const all = await Promise.all(Array.from({ length: 200 }, async () => call('make_video', input)));
      assert.equal(new Set(all.map(({ facts }) => facts.videos?.[0]?.id)).size, 1);
      assert.equal(all.filter(({ facts }) => facts.is_new).length, 1);
      const again = await call('make_video', input);
      assert.equal(again.facts.is_new, false);
      assert.deepEqual([posts(stage()).length, ledger(stage()).length], [1, 1]);
      assert.match(
        await refusalOf('make_video', { ...input, request: ferry() }),
        /was used for another request before/,
      );
      assert.equal(posts(stage()).length, 1);
    });

    it('say so where another take of the same is meant', async () => {
      const request = ferry();
      await call('make_video', { request, request_key: 'take one' });
      assert.match(
        await refusalOf('make_video', { request, request_key: 'take two' }),
        /set another_take to true/,
      );
      await call('make_video', { request, request_key: 'take two', another_take: true });
      assert.equal(posts(stage()).length, 2);
    });

    it('keep to their budget, which only the person raises', async () => {
      await setting('agents.sessionBudget', { count: 0 });
      assert.match(
        await refusalOf('make_video', { request: ferry(), request_key: 'beyond the budget' }),
        /budget of agents for this session, which is until this window is closed or reloaded, is used up.*Only the person can raise it.*dailies\.agents\.sessionBudget/,
      );
      await setting('agents.sessionBudget', { count: 50 });
      await setting('agents.dayBudget', { count: 0 });
      assert.match(
        await refusalOf('make_video', { request: ferry(), request_key: 'beyond the day' }),
        /budget of agents for today/,
      );
      await setting('agents.dayBudget', { count: null, amount: 10 });
      assert.match(
        await refusalOf('make_video', { request: ferry(), request_key: 'no price' }),
        /price is not known/,
      );
      await setting('agents.dayBudget', { count: 1_000 });
      await setting('spending.dayLimit', { count: 0 });
      try {
        assert.match(
          await refusalOf('make_video', { request: ferry(), request_key: 'beyond all' }),
          /the person's limit for today is reached/,
        );
      } finally {
        await setting('spending.dayLimit', undefined);
      }
      const own = vscode.workspace.getConfiguration('dailies.agents');
      await assert.rejects(async () =>
        own.update('dayBudget', { count: 9 }, vscode.ConfigurationTarget.Workspace),
      );
      assert.equal(posts(stage()).length, 0);
    });

    it('keep to what they have said themselves that it may cost', async () => {
      const input = { request: ferry(), request_key: 'not too dear', max_cost: 0.5 };
      assert.match(
        await refusalOf('make_video', input),
        /the price is not known, so it cannot be kept below/,
      );
      await setting('prices', { veo_3_1_fast: { call: 0.72 } });
      assert.match(await refusalOf('make_video', input), /0\.72, which is more than max_cost \(0\.5\)/);
      assert.equal(posts(stage()).length, 0);
      await call('make_video', { ...input, max_cost: 0.72 });
      assert.equal(posts(stage()).length, 1);
    });

    it('learn not to try again where nobody knows whether it was made', async () => {
      stage().gateway.setFaults([{ kind: 'reset' }], 'create');
      const input = { request: ferry(), request_key: 'lost on the way' };
      const made = await call('make_video', input);
      assert.deepEqual(
        made.facts.videos?.map(one => one.request_state),
        ['unknown'],
      );
      assert.match(made.text, /do not try again/);
      const again = await call('make_video', input);
      assert.deepEqual([again.facts.is_new, posts(stage()).length], [false, 1]);
      assert.match((await call('wait_for_video', { id: 'lost on the way' })).text, /do not try again/);
    });

    it('make the takes of a shot file together', async () => {
      const file = join(stage().clips, 'shots', 'gull.shot.md');
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, `---\nmodel: veo_3_1_fast\ntakes: 2\n---\n${ferry().prompt}\n`);
      const made = await call('make_video', { shot_file: file, request_key: 'two gulls' });
      assert.equal(made.facts.videos?.length, 2);
      assert.deepEqual(
        ledger(stage()).map(({ take, requestKey }) => [take, requestKey]),
        [
          [1, 'two gulls'],
          [2, null],
        ],
      );
      const waited = await call('wait_for_video', {
        id: 'two gulls',
        timeout_seconds: 60,
        first_frame: false,
      });
      assert.deepEqual(
        waited.facts.videos?.map(({ state }) => state),
        ['ready', 'ready'],
      );
    });

    it('stop waiting when they are cancelled, and what was sent goes on', async () => {
      const { facts } = await call('make_video', { request: ferry(), request_key: 'not waited for' });
      const source = new vscode.CancellationTokenSource();
      const waiting = call(
        'wait_for_video',
        { id: String(facts.videos?.[0]?.id), timeout_seconds: 600 },
        source.token,
      );
      source.cancel();
      await assert.rejects(waiting);
      await untilRow(window, /Ready/);
    });

    it('cannot have videos made any longer once the person has turned that off', async () => {
      await setting('agents.paid', false);
      assert.equal(await isPaidAllowed(), false);
      assert.match(
        await refusalOf('make_video', { request: ferry(), request_key: 'too late' }),
        /agents may not have videos made/,
      );
      assert.equal(posts(stage()).length, 0);
      await setting('agents.paid', true);
      await call('make_video', { request: ferry(), request_key: 'allowed again' });
      assert.equal(posts(stage()).length, 1);
    });

    it('are confirmed by the person first, in the words of every confirmation', async () => {
      await approveAll(undefined);
      const request = ferry();
      const refused = call('make_video', { request, request_key: 'confirmed by hand' });
      const { message, detail } = await window.dialog();
      await window.screenshot('agents-confirmation.png');
      assert.match(message, /^Generate 1 video with Veo 3\.1 Fast\?/);
      assert.match(detail, /Estimate: price unknown/);
      assert.match(detail, /Requested by an agent\. Made by agents in this session: /);
      await window.pressDialogButton('Cancel');
      await assert.rejects(refused);
      assert.equal(posts(stage()).length, 0);
    });
  });
});
