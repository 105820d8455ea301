import type { CutFormat } from '../cut/formats.ts';
import { messageOf } from '../base/errors.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task } from '../tasks/task.ts';
import { findVideos } from './findVideo.ts';
import { readInput, schemas } from './input.ts';
import type { ToolServices } from './services.ts';
import { ToolError, type Tool } from './tool.ts';
import { safeText } from './videoFacts.ts';

/** Writes the picks of a shot file, or some clips, one after the other as files for editing programs, or as one MP4. */
export function exportCut(services: ToolServices): Tool {
  return async (input, { signal, report }) => {
    const wanted = readInput(schemas.exportCut, input);
    const { shot_file: shotFile, ids, folder } = wanted;
    if ((shotFile === undefined) === (ids === undefined)) {
      throw new ToolError('Nothing was done: give either a shot_file or ids, and not both.');
    }
    const of = shotFile ?? tasksOf(ids ?? [], services.store);
    const formats = [...new Set<CutFormat>(wanted.formats)];
    try {
      const exported = await services.exportCut({ of, formats, folder, report }, signal);
      if (typeof exported === 'string') {
        throw new ToolError(`Nothing was written. ${exported}`);
      }
      const { name, clips, seconds, paths, missing, notes } = exported;
      return {
        facts: {
          name: safeText(name),
          clips,
          seconds,
          paths,
          missing: missing.map(one => safeText(one)),
          notes: notes.length === 0 ? undefined : notes.map(one => safeText(one)),
        },
      };
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof ToolError
        ? error
        : new ToolError(`The cut could not be written: ${safeText(messageOf(error)) ?? ''}`);
    }
  };
}

/** The tasks of some names, each once. Throws where one has none. */
function tasksOf(ids: readonly string[], store: TaskStore): readonly Task[] {
  const tasks = ids.flatMap(id =>
    findVideos(id, store).map(video => {
      if (!('task' in video)) {
        throw new ToolError(
          `Nothing was written: "${safeText(id, 60) ?? ''}" is not made yet. Call dailies_wait_for_video first.`,
        );
      }
      return video.task;
    }),
  );
  return [...new Map(tasks.map(task => [task.key, task])).values()];
}
