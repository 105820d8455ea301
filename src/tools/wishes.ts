import { join } from 'node:path';
import { workspace } from 'vscode';
import { requestProblemText } from '../host/requestProblemText.ts';
import { localImagesOf, withAddresses } from '../making/localImages.ts';
import type { Plan, Refusal, Wish } from '../making/making.ts';
import { familyOf, isError, type VideoRequest } from '../making/request.ts';
import { gatewayOfSetting } from './ground.ts';
import type { ToolServices } from './services.ts';
import { ToolError } from './tool.ts';

/** What an agent wants made: a request of its own, or what stands in a shot file. */
export interface AgentWish {
  readonly request?: Readonly<Record<string, unknown>> | undefined;
  readonly shot_file?: string | undefined;
  readonly section?: string | undefined;
}

/** The videos that are wanted, checked as far as that can be done while their images are still files. Throws with all that is wrong. */
export async function wishesOf(wanted: AgentWish, services: ToolServices): Promise<readonly Wish[]> {
  const wishes = await readWishes(wanted, services);
  const refusal = services.making.check(wishes);
  if (refusal) {
    throw new ToolError(refusalText(refusal, wishes, services));
  }
  return wishes;
}

/** What would be sent, with its price; also while images are still files. */
export function shownPlan(wishes: readonly Wish[], services: ToolServices): Plan {
  const plan = services.making.plan(gatewayOfSetting().base, wishes, { allowsFiles: true });
  if ('kind' in plan) {
    throw new ToolError(refusalText(plan, wishes, services));
  }
  return plan;
}

async function readWishes(
  { request, shot_file: file, section }: AgentWish,
  services: ToolServices,
): Promise<readonly Wish[]> {
  if ((request === undefined) === (file === undefined)) {
    throw new ToolError('Nothing was done: give either a request or a shot_file, and not both.');
  }
  if (request !== undefined) {
    const model = typeof request.model === 'string' ? request.model.trim() : '';
    const family = familyOf(model);
    return [{ request: withWholePaths(request), ...(family === undefined ? {} : { family }) }];
  }
  const wishes = await services.wishesIn(file ?? '', section);
  if (typeof wishes === 'string') {
    throw new ToolError(`Nothing was done. ${wishes}`);
  }
  return wishes;
}

/** Image files are meant from the first folder of the workspace on. */
function withWholePaths(request: VideoRequest): VideoRequest {
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  const isWhole = (path: string): boolean => /^(?:[/\\]|[a-z]:[/\\])/i.test(path);
  return localImagesOf(request).every(({ path }) => isWhole(path))
    ? request
    : withAddresses(request, ({ path }) => (isWhole(path) || !folder ? path : join(folder.uri.fsPath, path)));
}

/** Why nothing was sent, for an agent. */
export function refusalText(refusal: Refusal, wishes: readonly Wish[], services: ToolServices): string {
  switch (refusal.kind) {
    case 'problems': {
      const problems = refusal.problems.filter(isError).map(problem => requestProblemText(problem));
      const which = wishes.length > 1 ? ` Video ${refusal.index + 1} of ${wishes.length}:` : '';
      return `Nothing was sent.${which} ${problems.join(' ')}`;
    }
    case 'noFamily':
      return `Nothing was sent: Dailies does not know this model. It knows: ${services.modelNames().join(', ')}.`;
    case 'noLedger':
      return 'Nothing was sent: the list of Dailies cannot be written, so the video could not be tracked.';
    case 'overLimit':
    case 'unpriced':
      return limitRefusal(refusal);
    case 'repeated':
      return 'Nothing was sent: the same request was sent a few minutes ago. If another take is wanted, set another_take to true.';
  }
}

function limitRefusal(refusal: Refusal & { kind: 'overLimit' | 'unpriced' }): string {
  return refusal.kind === 'unpriced'
    ? "Nothing was sent: the price is not known, and the person has limited the amount of a day. Only the person can change that, in the setting 'dailies.prices' or 'dailies.spending.dayLimit'."
    : "Nothing was sent: the person's limit for today is reached. Only the person can change it, in the setting 'dailies.spending.dayLimit'.";
}
