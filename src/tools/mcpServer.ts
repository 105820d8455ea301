import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EventEmitter, lm, McpStdioServerDefinition, window, workspace, type ExtensionContext } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { ContextKey } from '../host/contextKey.ts';
import { affects, agentsMcpSetting } from '../host/settings.ts';
import { contextKeys, mcpProviders, settings } from '../ids.ts';
import { describedIn } from '../mcp/protocol.ts';
import type { AgentDoor } from './agentDoor.ts';
import type { AgentTools } from './agentTools.ts';

/** What an MCP server is started with: the program, and what it finds in its environment. */
export interface McpCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Lets agents of other programs in, while the person's setting says so. */
export class McpServer implements Disposable {
  private readonly tools: AgentTools;
  private readonly context: ExtensionContext;
  private readonly log: Log;
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new EventEmitter<void>());
  /** One after the other: the setting may change while a door opens. */
  private turn: Promise<void> = Promise.resolve();
  private readonly isStarted = new ContextKey(contextKeys.isMcpStarted);
  private door: AgentDoor | undefined;
  private isDisposed = false;

  constructor(tools: AgentTools, context: ExtensionContext, log: Log) {
    this.tools = tools;
    this.context = context;
    this.log = log;
    this.owned.add(
      lm.registerMcpServerDefinitionProvider(mcpProviders.dailies, {
        onDidChangeMcpServerDefinitions: this.changes.event,
        provideMcpServerDefinitions: () => this.definitions(),
      }),
    );
    this.owned.add(
      workspace.onDidChangeConfiguration(event => {
        if (affects(event, settings.agentsMcp)) {
          void this.follow();
        } else if (affects(event, settings.agentsPaid)) {
          this.door?.announceTools();
        }
      }),
    );
    this.owned.add(
      window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          this.door?.announce().catch((error: unknown) => {
            this.log.warn(`Agents: ${messageOf(error)}`);
          });
        }
      }),
    );
    void this.follow();
  }

  /** What other programs start: the same after an update of Dailies. Made when it is requested. */
  async command(): Promise<McpCommand> {
    await this.follow();
    await this.refreshLauncher();
    return {
      command: process.execPath,
      args: [this.launcher],
      env: { ELECTRON_RUN_AS_NODE: '1', DAILIES_WINDOWS: this.folder },
    };
  }

  dispose(): void {
    this.isDisposed = true;
    this.door?.dispose();
    this.owned.dispose();
  }

  private get folder(): string {
    return join(this.context.globalStorageUri.fsPath, 'agents');
  }

  private get script(): string {
    return this.context.asAbsolutePath('dist/mcp.mjs');
  }

  /** Outside of the folder that only the person can read: started by another user, the server says why it cannot be used. */
  private get launcher(): string {
    return join(this.context.globalStorageUri.fsPath, 'dailies-mcp.mjs');
  }

  /** Opens the door of this window or closes it, as the setting says. */
  private async follow(): Promise<void> {
    this.turn = this.turn.then(async () => {
      try {
        await this.openOrClose();
      } catch (error) {
        this.log.error(`Agents: ${messageOf(error)}`);
      }
    });
    return this.turn;
  }

  private async openOrClose(): Promise<void> {
    const isWanted = agentsMcpSetting() && !this.isDisposed;
    if (isWanted === (this.door !== undefined)) {
      return;
    }
    if (!isWanted) {
      this.door?.dispose();
      this.door = undefined;
    } else {
      const { tools, log } = this;
      // Loaded on first use: start-up has no need of it.
      const { AgentDoor: Door } = await import('./agentDoor.ts');
      const door = await Door.open({
        folder: this.folder,
        folders: () => workspace.workspaceFolders?.map(({ uri }) => uri.fsPath) ?? [],
        now: () => Date.now(),
        log,
        onOwn: isThere => void this.isStarted.set(isThere),
        tools: () => describedIn(tools.manifest, name => tools.isShown(name)),
        call: async (name, input, signal, report) => {
          const { facts, images = [] } = await tools.call(name, input, {
            signal,
            report,
            isConfirmed: false,
          });
          return {
            text: JSON.stringify(facts, null, 1),
            images: images.map(({ bytes, mimeType }) => ({
              data: Buffer.from(bytes).toString('base64'),
              mimeType,
            })),
          };
        },
      });
      // The window may have closed meanwhile.
      if (this.isDisposed) {
        door.dispose();
        return;
      }
      this.door = door;
      await this.refreshLauncher();
    }
    this.changes.fire();
  }

  /** An update of Dailies is in another folder. */
  private async refreshLauncher(): Promise<void> {
    const text = `// Written by Dailies.\nawait import(${JSON.stringify(pathToFileURL(this.script).href)});\n`;
    await writeFile(this.launcher, text, { mode: 0o644 });
  }

  private definitions(): McpStdioServerDefinition[] {
    const { version } = this.context.extension.packageJSON as { version: string };
    return this.door
      ? [
          new McpStdioServerDefinition(
            'Dailies',
            process.execPath,
            [this.script],
            { ELECTRON_RUN_AS_NODE: '1', DAILIES_WINDOW: this.door.file },
            version,
          ),
        ]
      : [];
  }
}
