import { ConfigurationTarget, env, l10n, workspace } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { messages } from '../host/messages.ts';
import { agentsMcpSetting } from '../host/settings.ts';
import { commands, settings } from '../ids.ts';
import type { McpCommand } from '../tools/mcpServer.ts';
import { registerCommand } from './register.ts';

/** The command that copies what a program needs to start the MCP server; where agents are not let in yet, the person decides on that first. */
export function registerMcpCommand(command: () => Promise<McpCommand>): Disposable {
  return registerCommand(commands.copyMcpConfiguration, async () => {
    if (!agentsMcpSetting() && !(await isAllowed())) {
      return;
    }
    const text = JSON.stringify({ mcpServers: { dailies: await command() } }, null, 2);
    await env.clipboard.writeText(text);
    void messages.info(
      l10n.t(
        'MCP configuration copied. Paste it into the settings of your agent. Keep VS Code open while it runs.',
      ),
    );
  });
}

async function isAllowed(): Promise<boolean> {
  const allow = l10n.t('Allow');
  const detail = l10n.t(
    'Programs with this configuration can list, estimate, track, and pick videos while VS Code is open. They can generate videos only if you allow that, too. Your API key stays in VS Code.',
  );
  const message = l10n.t('Allow agents in other programs to use Dailies?');
  if ((await messages.info(message, { modal: true, detail }, allow)) !== allow) {
    return false;
  }
  await workspace.getConfiguration().update(settings.agentsMcp, true, ConfigurationTarget.Global);
  return true;
}
