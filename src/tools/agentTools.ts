import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import { affects } from '../host/settings.ts';
import { settings, tools as names, type ToolName } from '../ids.ts';
import type { AgentConfirmation, ToolServices } from './services.ts';
import { NOT_ALLOWED, ToolError, type ToolCall, type ToolResult, type Tools } from './tool.ts';

/** A part of a result that is an image, where this VS Code has such; it is newer than the oldest that Dailies runs in. */
const { LanguageModelDataPart } = vscode as unknown as {
  readonly LanguageModelDataPart?: {
    image(bytes: Uint8Array, mimeType: string): vscode.LanguageModelTextPart;
  };
};

/** What costs something, while the person does not allow it. */
const REFUSING: vscode.LanguageModelTool<object> = {
  invoke: () => {
    throw new ToolError(NOT_ALLOWED);
  },
};

/** What agents can call: as language-model tools of VS Code, and by their names for other programs. */
export class AgentTools implements Disposable {
  private readonly services: ToolServices;
  private readonly owned = new DisposableStore();
  private readonly context: vscode.ExtensionContext;
  private loaded: Promise<Loaded> | undefined;
  private paid: Disposable | undefined;
  private isPaid: boolean | undefined;

  constructor(services: ToolServices, context: vscode.ExtensionContext) {
    this.services = services;
    this.context = context;
    for (const name of Object.values(names)) {
      if (name !== names.makeVideo) {
        this.owned.add(vscode.lm.registerTool(name, this.acting(name)));
      }
    }
    this.followPaid();
    this.owned.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (affects(event, settings.agentsPaid)) {
          this.followPaid();
        }
      }),
    );
    this.owned.add({ dispose: () => this.paid?.dispose() });
  }

  /** The extension, with its package.json. */
  get manifest(): unknown {
    return this.context.extension.packageJSON as unknown;
  }

  /** Whether agents are shown a tool. */
  isShown(name: string): boolean {
    return name !== names.makeVideo || this.services.isPaidAllowed();
  }

  /** Calls a tool. Rejects with a `ToolError` where it did nothing, in words for the agent. */
  async call(name: string, input: unknown, call: ToolCall): Promise<ToolResult> {
    const known = Object.values(names).find(one => one === name);
    if (known === undefined) {
      throw new ToolError(`Dailies has no tool "${name.slice(0, 60)}".`);
    }
    const { tools, failureOf } = await this.load();
    try {
      return await tools[known](input, call);
    } catch (error) {
      call.signal.throwIfAborted();
      if (!(error instanceof ToolError)) {
        this.services.log.error(`${known}: ${messageOf(error)}`);
      }
      throw failureOf(error);
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** Loaded on first use: start-up has no need of them. */
  private async load(): Promise<Loaded> {
    this.loaded ??= import('./tools.ts').then(({ toolsOf, confirmationOfMaking, failureOf }) => ({
      failureOf,
      tools: toolsOf(this.services),
      confirmationOf: confirmationOfMaking(this.services),
    }));
    return this.loaded;
  }

  /** While the person does not allow it, a refusal stands where the tool would. */
  private followPaid(): void {
    const isAllowed = this.services.isPaidAllowed();
    if (isAllowed !== this.isPaid) {
      this.isPaid = isAllowed;
      this.paid?.dispose();
      const tool = isAllowed ? this.acting(names.makeVideo) : REFUSING;
      this.paid = vscode.lm.registerTool(names.makeVideo, tool);
    }
  }

  private acting(name: ToolName): vscode.LanguageModelTool<object> {
    return {
      prepareInvocation: async ({ input }) =>
        name === names.makeVideo ? this.confirmationFor(input) : undefined,
      invoke: async ({ input }, token) => {
        const abort = new AbortController();
        const listener = token.onCancellationRequested(() => {
          abort.abort(new vscode.CancellationError());
        });
        try {
          const call = { signal: abort.signal, report: () => undefined, isConfirmed: true };
          return resultOf(await this.call(name, input, call));
        } finally {
          listener.dispose();
        }
      },
    };
  }

  /** What VS Code shows before an agent has something made; nothing where that will be refused, which the call says. */
  private async confirmationFor(input: unknown): Promise<vscode.PreparedToolInvocation | undefined> {
    let confirmation: AgentConfirmation | undefined;
    try {
      confirmation = await (await this.load()).confirmationOf(input);
    } catch (error) {
      if (!(error instanceof ToolError)) {
        this.services.log.error(messageOf(error));
      }
    }
    const title = confirmation?.message;
    return title === undefined
      ? undefined
      : {
          invocationMessage: vscode.l10n.t('Requesting the video'),
          confirmationMessages: {
            title,
            message: new vscode.MarkdownString(this.services.markdown(confirmation?.detail ?? '')),
          },
        };
  }
}

interface Loaded {
  readonly tools: Tools;
  readonly failureOf: (error: unknown) => ToolError;
  readonly confirmationOf: (input: unknown) => Promise<AgentConfirmation | undefined>;
}

function resultOf({ facts, images = [] }: ToolResult): vscode.LanguageModelToolResult {
  const shown = LanguageModelDataPart
    ? images.map(({ bytes, mimeType }) => LanguageModelDataPart.image(bytes, mimeType))
    : [];
  return new vscode.LanguageModelToolResult([
    new vscode.LanguageModelTextPart(JSON.stringify(facts, null, 1)),
    ...shown,
  ]);
}
