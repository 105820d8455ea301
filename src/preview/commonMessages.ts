import { commands as vscodeCommands, env } from 'vscode';
import type { Log } from '../base/log.ts';
import type { Kept } from '../host/kept.ts';
import type { CommonMessage, PlayerMemory } from './protocol.ts';

/** Does what every page that plays clips can request. `about`: what the log calls it. */
export async function receiveCommon(
  message: CommonMessage,
  about: string,
  { memory, log }: { readonly memory: Kept<PlayerMemory>; readonly log: Log },
): Promise<void> {
  switch (message.type) {
    case 'fullScreen':
      // Webviews can't go full screen, so the whole window does, in Zen Mode.
      await vscodeCommands.executeCommand('workbench.action.toggleZenMode');
      return;
    case 'copy':
      await env.clipboard.writeText(message.text);
      return;
    case 'remember':
      await memory.set(message.memory);
      return;
    case 'audioFailed':
      log.warn(`${about}, audio: ${message.reason}`);
      return;
  }
}
