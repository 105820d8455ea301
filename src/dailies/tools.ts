import { Uri } from 'vscode';
import { isConfirmed } from '../commands/makeVideos.ts';
import { judgeInput } from '../commands/trackInput.ts';
import { clipUri, storedPath } from '../host/clipUri.ts';
import { ownSaveFolder, saveFolderUri } from '../host/saveFolder.ts';
import { agentLimitsSetting, agentsPaidSetting, dayLimitSetting } from '../host/settings.ts';
import { AgentBudget } from '../making/budget.ts';
import { ClipChecker } from '../saving/clipChecker.ts';
import type { Shots } from '../shots/shots.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { AgentTools } from '../tools/agentTools.ts';
import { McpServer, type McpCommand } from '../tools/mcpServer.ts';
import type { FrameAt, ToolServices } from '../tools/services.ts';
import { confirmationOf } from '../views/confirmationText.ts';
import { intentReason } from '../views/intentText.ts';
import { markdownText } from '../views/markdownText.ts';
import { etaText } from '../views/measures.ts';
import { nameOf } from '../views/names.ts';
import type { Base } from './base.ts';
import type { List } from './list.ts';
import type { Loops } from './loops.ts';
import type { MakingParts } from './making.ts';
import type { Pages } from './pages.ts';
import { usualTime } from './shots.ts';

/** What lets agents in. */
export interface Agents {
  /** What other programs start to reach this window. */
  readonly mcpCommand: () => Promise<McpCommand>;
}

/** Creates what agents can call. */
export function createTools(
  base: Base,
  loops: Loops,
  parts: MakingParts,
  { thumbnails }: List,
  { frames }: Pages,
  shots: Shots,
): Agents {
  const { context, store, clock, log, keys, operations } = base;
  const { making, prepareImages, hasKeyFor, models } = parts;
  const checker = new ClipChecker(context.asAbsolutePath('dist/checkWorker.cjs'), clock, log);
  const services: ToolServices = {
    store,
    operations,
    making,
    budget: new AgentBudget(store, making.spending, agentLimitsSetting),
    clock,
    log,
    isPaidAllowed: agentsPaidSetting,
    hasKey: hasKeyFor,
    prepareImages,
    wishesIn: async (file, section) => {
      // Loaded on first use: start-up has no need of a parser.
      const { shotWishes } = await import('../commands/shotVerbs.ts');
      return shotWishes(file, section, { shots, store });
    },
    readIds: async (text, gateway) => judgeInput(text, gateway, await keys.get(gateway.origin)),
    saveFolder: () => ownSaveFolder(log),
    modelNames: () => models().map(({ id }) => id),
    usualTime: request => usualTime(request, loops.forecasts),
    timeLeft: task => {
      const eta = loops.etaOf(task);
      return eta && etaText(eta);
    },
    reasonOf: intentReason,
    nameOf,
    markdown: markdownText,
    confirmationOf: (plan, note) => confirmationOf(plan, dayLimitSetting(), note, clock.now()),
    confirm: (plan, note) => isConfirmed(plan, { note }, clock),
    firstFrame: async (task, signal) => {
      const kept = (await thumbnails.addressOf(task))?.replace(/^[^,]*,/, '');
      if (kept !== undefined) {
        return Buffer.from(kept, 'base64');
      }
      const frame = await frames.read(clipUri(task.filePath ?? ''), 'first', 'thumbnail', signal);
      await thumbnails.keep(task.key, frame);
      return frame;
    },
    saveFrame: async (task, at, signal) => {
      const clip = clipUri(task.filePath ?? '');
      const png = await frames.read(clip, at, 'png', signal);
      // Loaded on first use, to keep start-up fast.
      const { writeNewFile } = await import('../host/newFile.ts');
      const path = storedPath(await writeNewFile(Uri.joinPath(clip, '..'), frameName(clip, at), 'png', png));
      store.takes.noteFrame(path, sourceOfFrame(task, at));
      return path;
    },
    exportCut: async (cut, signal) => {
      // Loaded on first use: start-up has no need of it.
      const { exportCutForAgent } = await import('../commands/cutForAgents.ts');
      const { UnfinishedFilms } = await import('../commands/cutUnfinished.ts');
      const lookForFile = (key: TaskKey): Promise<void> => loops.files.lookFor(key);
      const { extensionUri } = context;
      const own = {
        shots,
        store,
        checker,
        lookForFile,
        extensionUri,
        log,
        saveFolder: () => saveFolderUri(log),
        unfinished: new UnfinishedFilms(context.workspaceState),
      };
      return exportCutForAgent(cut, own, signal);
    },
  };
  const tools = base.parts.add(new AgentTools(services, context));
  const server = base.parts.add(new McpServer(tools, context, log));
  return { mcpCommand: () => server.command() };
}

function frameName(clip: Uri, at: FrameAt): string {
  const name = (clip.path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  return `${name}_${typeof at === 'number' ? `${at.toFixed(2)}s` : at}`;
}

function sourceOfFrame(
  { gateway, id }: Task,
  at: FrameAt,
): { gateway: string; id: string; at: number | null } {
  return { gateway, id, at: at === 'last' ? null : at === 'first' ? 0 : at };
}
