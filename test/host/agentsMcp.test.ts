import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as vscode from 'vscode';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { startClient } from '../unit/tools/mcpClient.ts';
import { storageFolder, waitUntil, workbench } from '../vscode/bridgeClient.ts';
import { assertNoSecret, ferry, forbidPaid, ledger, offeredTools, posts, type Facts } from './agentTools.ts';
import { asAnotherWindow } from './cast.ts';
import { enterKey, setting, useStage } from './stage.ts';

describe('agents of other programs', () => {
  const window = workbench();
  const clients: Client[] = [];

  afterEach(async () => {
    for (const client of clients.splice(0)) {
      await client.close();
    }
    for (const name of ['create.confirm', 'create.confirmUnknownPrice']) {
      await setting(name, undefined);
    }
    await forbidPaid();
  });

  const stage = useStage();

  const agentsFolder = (): string => join(storageFolder(), 'agents');

  const doors = (): string[] =>
    existsSync(agentsFolder()) ? readdirSync(agentsFolder()).filter(name => name.endsWith('.door.json')) : [];

  /** A program with an agent, which has been given what the command copies. */
  const start = async (): Promise<Client> => {
    await setting('agents.mcp', true);
    await waitUntil('the door', () => doors().length === 1 || undefined);
    const client = await startClient(process.execPath, [join(storageFolder(), 'dailies-mcp.mjs')], {
      ELECTRON_RUN_AS_NODE: '1',
      DAILIES_WINDOWS: agentsFolder(),
    });
    clients.push(client);
    return client;
  };

  /** What a tool gives, or says in place of it. */
  const call = async (
    client: Client,
    name: string,
    input: Record<string, unknown>,
  ): Promise<{ facts: Facts; text: string; images: number }> => {
    const result = (await client.callTool({ name: `dailies_${name}`, arguments: input }, undefined, {
      timeout: 120_000,
    })) as CallToolResult;
    const text = result.content.map(part => (part.type === 'text' ? part.text : '')).join('');
    assertNoSecret({ text }, DEMO_KEY);
    const images = result.content.filter(({ type }) => type === 'image').length;
    return { text, images, facts: result.isError === true ? {} : (JSON.parse(text) as Facts) };
  };

  /** Lets agents have so many videos more made. */
  const allow = async (client: Client, count: number): Promise<void> => {
    await setting('agents.dayBudget', { count: 10_000 });
    await setting('agents.sessionBudget', { count: 10_000 });
    await setting('agents.paid', true);
    const { facts } = await call(client, 'estimate_video', { request: ferry() });
    const { session } = facts.budget_left as { session: { videos: number } };
    await setting('agents.sessionBudget', { count: 10_000 - session.videos + count });
  };

  /** The person has said that they need not be asked. */
  const neverConfirm = async (): Promise<void> => {
    await setting('create.confirm', 'never');
    await setting('create.confirmUnknownPrice', false);
  };

  it('are let in only while the person wants that, and only where they can read the token', async () => {
    assert.deepEqual(doors(), []);
    const client = await start();
    const { tools } = await client.listTools();
    assert.deepEqual([tools.length, tools.some(({ name }) => name === 'dailies_make_video')], [8, false]);
    assert.equal(tools.find(({ name }) => name === 'dailies_list_videos')?.title, 'List Videos');
    const [door = ''] = doors();
    assert.equal(statSync(join(agentsFolder(), door)).mode & 0o777, 0o600);
    assert.equal((await call(client, 'list_videos', {})).facts.total, 0);
    assert.match(
      (await call(client, 'make_video', { request: ferry(), request_key: 'not allowed' })).text,
      /agents may not/,
    );
    await setting('agents.mcp', false);
    await waitUntil('the door to close', () => doors().length === 0 || undefined);
    assert.match(
      (await call(client, 'list_videos', {})).text,
      /not reachable, so nothing was done|was closed/,
    );
    assert.equal(posts(stage()).length, 0);
  });

  it('are given what they need by a command, once the person allows it', async () => {
    const copied = vscode.commands.executeCommand('dailies.agents.copyMcpConfiguration');
    assert.equal((await window.dialog()).message, 'Allow agents in other programs to use Dailies?');
    await window.screenshot('agents-mcp-consent.png');
    await window.pressDialogButton('Allow');
    await copied;
    await window.dismissNotification('MCP configuration copied.');
    const { mcpServers } = JSON.parse(await vscode.env.clipboard.readText()) as {
      mcpServers: { dailies: { command: string; args: string[]; env: Record<string, string> } };
    };
    const { command, args, env } = mcpServers.dailies;
    assert.equal(env.ELECTRON_RUN_AS_NODE, '1');
    const client = await startClient(command, args, env);
    clients.push(client);
    assert.equal((await call(client, 'list_videos', {})).facts.total, 0);
  });

  it('estimate, make once, wait, and get the file and its first frame', async () => {
    await enterKey(window);
    await neverConfirm();
    const client = await start();
    await allow(client, 5);
    const { tools } = await client.listTools();
    assert.ok(tools.some(({ name }) => name === 'dailies_make_video'));
    const request = ferry();
    assert.equal((await call(client, 'estimate_video', { request })).facts.videos, 1);
    const key = `made over MCP ${Date.now()}`;
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => call(client, 'make_video', { request, request_key: key })),
    );
    assert.equal(made.filter(({ facts }) => facts.is_new).length, 1);
    assert.equal(posts(stage()).length, 1);
    const waited = await call(client, 'wait_for_video', { id: key, timeout_seconds: 100 });
    assert.deepEqual([waited.facts.done, waited.facts.videos?.[0]?.state, waited.images], [true, 'ready', 1]);
    assert.ok(existsSync(String(waited.facts.videos?.[0]?.path)));
  });

  it('have a video made only when the person confirms it, as their settings say', async () => {
    await enterKey(window);
    const client = await start();
    await allow(client, 1);
    const request = ferry();
    const left = call(client, 'make_video', { request, request_key: `not confirmed ${Date.now()}` });
    const { message, detail } = await window.dialog();
    assert.match(message, /^Generate 1 video with Veo 3\.1 Fast\?/);
    assert.match(detail, /Requested by an agent\./);
    await window.pressDialogButton('Cancel');
    assert.match((await left).text, /the person has not confirmed it/);
    assert.equal(posts(stage()).length, 0);
    const made = call(client, 'make_video', { request, request_key: `confirmed ${Date.now()}` });
    await window.dialog();
    await window.pressDialogButton('Generate');
    assert.equal((await made).facts.is_new, true);
    assert.equal(posts(stage()).length, 1);
  });

  it('make three shots of a film within a budget of two: two clips, picked, and a third that is refused with the reason', async () => {
    await enterKey(window);
    await neverConfirm();
    const client = await start();
    await allow(client, 2);
    const file = join(stage().clips, 'shots', 'film.shot.md');
    mkdirSync(join(file, '..'), { recursive: true });
    const shots = ['Harbor', 'Gulls', 'Dawn'];
    writeFileSync(
      file,
      `---\nmodel: veo_3_1_fast\n---\n${shots.map(name => `## ${name}\n${ferry().prompt}\n`).join('\n')}`,
    );
    const keys = shots.map(name => `${name} ${Date.now()}`);
    const refused: string[] = [];
    const made: string[] = [];
    for (const [index, section] of shots.entries()) {
      const { facts, text } = await call(client, 'make_video', {
        shot_file: file,
        section,
        request_key: keys[index],
      });
      const id = facts.videos?.[0]?.id;
      if (id === undefined) {
        refused.push(text);
      } else {
        made.push(id);
      }
    }
    assert.equal(made.length, 2);
    assert.match(
      refused.join(),
      /^Nothing was sent: the budget of agents for this session, which is until this window is closed or reloaded, is used up \(limit: \d+ videos?; made so far: \d+ videos? .*\)\. Only the person can raise it/,
    );
    for (const id of made) {
      const waited = await call(client, 'wait_for_video', { id, timeout_seconds: 100 });
      assert.equal(waited.facts.videos?.[0]?.state, 'ready');
      await call(client, 'pick_take', { id, decision: 'pick', note: 'by the agent' });
    }
    assert.equal(posts(stage()).length, 2);
    assert.deepEqual(
      ledger(stage()).map(({ section, madeBy }) => [section, madeBy]),
      [
        ['Harbor', 'agent'],
        ['Gulls', 'agent'],
      ],
    );
    assert.deepEqual(
      asAnotherWindow(store => store.list())
        .map(({ shot, verdict }) => [shot, verdict])
        .sort(),
      [
        ['Gulls', 'picked'],
        ['Harbor', 'picked'],
      ],
    );
    const { facts } = await call(client, 'export_cut', { shot_file: file });
    const path = join(file, '..', 'film.otio');
    assert.deepEqual([facts.clips, facts.paths, facts.missing], [2, [path], ['"Dawn": no take is picked']]);
    assert.ok(existsSync(path));
  });

  it('are let in by VS Code itself, whose models have each tool once, and see at once what may be called', async () => {
    const native = (): string[] => offeredTools().filter(name => name.startsWith('dailies_'));
    const fromServer = (): string[] => offeredTools().filter(name => name.startsWith('mcp_dailies_'));
    const paid = 'mcp_dailies_dailies_make_video';
    await waitUntil('its own tools', () => native().length === 8 || undefined);
    await setting('agents.mcp', true);
    await waitUntil('the door', () => doors().length === 1 || undefined);
    await waitUntil('the server to be started by VS Code', async () => {
      await vscode.commands.executeCommand('workbench.mcp.startServer', '*', { waitForLiveTools: true });
      return fromServer().length === 8 || undefined;
    });
    await waitUntil('its own tools to make room', () => native().length === 0 || undefined);
    const { content } = await vscode.lm.invokeTool('mcp_dailies_dailies_list_videos', {
      input: {},
      toolInvocationToken: undefined,
    });
    assert.match(JSON.stringify(content), /total/);
    await setting('agents.paid', true);
    await waitUntil('what costs something', () => fromServer().includes(paid) || undefined);
    await setting('agents.paid', false);
    await waitUntil('it to be gone', () => !fromServer().includes(paid) || undefined);
    await setting('agents.mcp', false);
    await waitUntil('its own tools again', () => native().length === 8 || undefined);
  });
});
