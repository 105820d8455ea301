import { env, l10n, window, workspace } from 'vscode';
import { commands } from '../ids.ts';
import { factsText } from '../tasks/facts.ts';
import { RawResponses } from '../views/rawResponse.ts';
import { familyOf } from '../making/request.ts';
import type { Family, Model } from '../gateway/models.ts';
import type { TaskStore } from '../store/store.ts';
import { knownRequestOf } from '../tasks/request.ts';
import type { Task } from '../tasks/task.ts';
import { createCurlOf, curlOf, shellAt } from './curl.ts';
import { copyCreateCurl } from './curlCopy.ts';
import type { TaskCommands } from './taskChoice.ts';

/** What the commands need from outside. */
export interface DeveloperDependencies {
  readonly store: TaskStore;
  readonly modelOf: (id: string) => Model | undefined;
}

/** The commands for developers: the gateway's raw response, and copying tasks as JSON or cURL. */
export function registerDeveloperCommands(on: TaskCommands, dependencies: DeveloperDependencies): void {
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
    env.clipboard.writeText(tasks.map(task => curlOf(task, shellAt(env.shell))).join('\n')),
  );
  const createCurl = (task: Task): string | undefined => {
    const known = knownRequestOf(task);
    const family = known && familyFor(task, String(known.request.model), dependencies);
    // Without the images that were left out it would be another request.
    return family && known.lost.length === 0
      ? createCurlOf(
          { gateway: task.gateway, family, body: JSON.stringify(known.request) },
          shellAt(env.shell),
        )
      : undefined;
  };
  on.onTasks(
    commands.copyRequestCurl,
    l10n.t('Copy Create Request as cURL'),
    task => createCurl(task) !== undefined,
    tasks => copyCreateCurl(tasks.map(createCurl).filter(line => line !== undefined)),
  );
}

/** The endpoint that made a task: of its request, where that was sent here, else of its model. */
function familyFor(
  { gateway, id }: Task,
  model: string,
  { store, modelOf }: DeveloperDependencies,
): Family | undefined {
  const family = store.intents.ofTask(gateway, id)?.family;
  return family === 'veo' || family === 'grok' ? family : (modelOf(model)?.family ?? familyOf(model));
}
