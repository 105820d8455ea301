import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Intent } from '../../src/tasks/intent.ts';
import type { RecordedRequest } from '../gateway/recorder.ts';
import { waitUntil, type RemoteWorkbench } from '../vscode/bridgeClient.ts';
import { asAnotherWindow } from './cast.ts';
import { setting, type Stage } from './stage.ts';

/** What an agent gets: the facts, and how many images came with them. */
export interface Got {
  readonly facts: Facts;
  readonly images: readonly Uint8Array[];
  readonly text: string;
}

/** What a test reads of the facts. */
export interface Facts {
  readonly id?: string;
  readonly state?: string;
  readonly path?: string;
  readonly done?: boolean;
  readonly is_new?: boolean;
  readonly total?: number;
  readonly amount?: number;
  readonly price?: string;
  readonly decision?: string;
  readonly note?: string;
  readonly what_now?: string;
  readonly first_frame?: string;
  readonly can_be_made_by_agents?: boolean;
  readonly budget_left?: unknown;
  readonly videos?: readonly Facts[] & number;
  readonly tracked?: readonly Facts[];
  readonly already_in_list?: readonly Facts[];
  readonly request_id?: string;
  readonly request_state?: string;
  readonly [name: string]: unknown;
}

/** Calls a tool as another extension does: without a chat, and without a model. */
export async function call(name: string, input: object, token?: vscode.CancellationToken): Promise<Got> {
  const { content } = await vscode.lm.invokeTool(
    `dailies_${name}`,
    { input, toolInvocationToken: undefined },
    token,
  );
  const texts = content.filter(part => part instanceof vscode.LanguageModelTextPart);
  const images = content.flatMap(part =>
    typeof part === 'object' && part !== null && 'data' in part && part.data instanceof Uint8Array
      ? [part.data]
      : [],
  );
  const text = texts.map(({ value }) => value).join('');
  return { text, images, facts: JSON.parse(text) as Facts };
}

/** Why a tool did nothing. */
export async function refusalOf(name: string, input: object): Promise<string> {
  try {
    const { text } = await call(name, input);
    return `it did something: ${text}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** VS Code asks once whether it may really approve whatever agents call. */
let isOptedIn = false;

/** Lets agents have videos made, without VS Code asking; ends when the tool is there. */
export async function allowPaid(window: RemoteWorkbench, budget: object = { count: 500 }): Promise<void> {
  await setting('agents.sessionBudget', budget);
  await setting('agents.dayBudget', { count: 1_000 });
  await setting('agents.paid', true);
  await waitUntil('the paid tool', async () => (await isPaidAllowed()) || undefined);
  if (!isOptedIn) {
    await approveAll(true);
    // Refused in the end: its price is not known.
    const refused = refusalOf('make_video', {
      request: ferry(),
      request_key: 'to be asked once',
      max_cost: 0,
    });
    await window.dialog();
    await window.pressDialogButton('Enable');
    await refused;
    isOptedIn = true;
  }
}

/** Puts all back that `allowPaid` has set. */
export async function forbidPaid(): Promise<void> {
  for (const name of ['agents.sessionBudget', 'agents.dayBudget', 'agents.paid', 'agents.mcp', 'prices']) {
    await setting(name, undefined);
  }
}

/** Whether agents are told that they may have videos made. */
export async function isPaidAllowed(): Promise<boolean> {
  return (await call('estimate_video', { request: ferry() })).facts.can_be_made_by_agents === true;
}

/** The tools that a model is offered: VS Code names only those in full. Older ones name none. */
export function offeredTools(): string[] {
  return vscode.lm.tools
    .filter(tool => (tool as { readonly fullReferenceName?: string }).fullReferenceName !== undefined)
    .map(({ name }) => name)
    .filter(name => name.includes('dailies_'))
    .sort();
}

/** Whether VS Code approves what agents call, without a word to the person. */
export async function approveAll(value: boolean | undefined): Promise<void> {
  const chat = vscode.workspace.getConfiguration('chat.tools.global');
  await chat.update('autoApprove', value, vscode.ConfigurationTarget.Global);
}

/** The requests that made something, or tried to. */
export function posts({ gateway }: Stage): readonly RecordedRequest[] {
  return gateway.requests.filter(({ method }) => method === 'POST');
}

/** What stands in the ledger of this stage. */
export function ledger({ gateway }: Stage): Intent[] {
  return asAnotherWindow(store => store.intents.since(0)).filter(one => one.gateway === gateway.baseUrl);
}

/** A request that is never twice the same. */
export function ferry(): { readonly model: string; readonly prompt: string } {
  count += 1;
  return { model: 'veo_3_1_fast', prompt: `A ferry, number ${count} of ${Date.now()}.` };
}
let count = 0;

/** Nothing that an agent gets leads to a clip or holds a key. */
export function assertNoSecret({ text }: Pick<Got, 'text'>, key: string): void {
  assert.doesNotMatch(text, /https?:\/\//);
  assert.ok(!text.includes(key), text);
}
