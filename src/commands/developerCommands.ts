import { env, l10n, window, workspace } from 'vscode';
import { commands } from '../ids.ts';
import { factsText } from '../tasks/facts.ts';
import { RawResponses } from '../views/rawResponse.ts';
import { curlOf } from './curl.ts';
import type { TaskCommands } from './taskChoice.ts';

/** The commands for developers: the gateway's raw response, and copying tasks as JSON or cURL. */
export function registerDeveloperCommands(on: TaskCommands): void {
  const any = (): boolean => true;

  on.onTask(commands.showRawResponse, l10n.t('Show Raw Response'), any, async task => {
    await window.showTextDocument(await workspace.openTextDocument(RawResponses.uriOf(task)), {
      preview: true,
    });
  });
  on.onTasks(commands.copyJson, l10n.t('Copy as JSON'), any, tasks =>
    env.clipboard.writeText(factsText(tasks)),
  );
  on.onTasks(commands.copyCurl, l10n.t('Copy as cURL'), any, tasks =>
    env.clipboard.writeText(tasks.map(curlOf).join('\n')),
  );
}
