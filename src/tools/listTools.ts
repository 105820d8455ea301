import { isFinal } from '../tasks/task.ts';
import { findTask, findVideos } from './findVideo.ts';
import { readInput, schemas } from './input.ts';
import type { ToolServices } from './services.ts';
import { ToolError, type Tool, type ToolResult } from './tool.ts';
import { briefFacts, fullFacts, intentFacts, stateOf } from './videoFacts.ts';
import { gatewayOfSetting, writable } from './ground.ts';

/** What is in the list. Reads no network. */
export function listVideos(services: ToolServices): Tool {
  return input => {
    const { state, limit, skip } = readInput(schemas.listVideos, input);
    const { store } = services;
    const tasks = store.list().filter(task => {
      const word = stateOf(task);
      return (
        state === 'all' || (state === 'in_progress' ? word === 'saving' || word === state : word === state)
      );
    });
    const shown = tasks.slice(skip, skip + limit);
    const waiting = state === 'all' || state === 'in_progress' ? store.intents.open() : [];
    return done({
      total: tasks.length,
      videos: shown.map(task => briefFacts(task, services)),
      ...(waiting.length === 0 ? {} : { requests: waiting.map(one => intentFacts(one, services)) }),
      ...(skip + limit < tasks.length ? { more: `Call again with skip: ${skip + limit}.` } : {}),
    });
  };
}

/** All that is known of one video. Reads no network. */
export function getVideo(services: ToolServices): Tool {
  return input => {
    const { id } = readInput(schemas.getVideo, input);
    const videos = findVideos(id, services.store).map(video =>
      'task' in video ? fullFacts(video.task, services) : intentFacts(video.intent, services),
    );
    const [first] = videos;
    return done(videos.length === 1 && first ? first : { videos });
  };
}

/** The person's decision on a take, as an agent makes it for them. */
export function pickTake(services: ToolServices): Tool {
  return input => {
    const { id, decision, note } = readInput(schemas.pickTake, input);
    const { store, operations } = services;
    if (decision === undefined && note === undefined) {
      throw new ToolError('Nothing was done: give a decision, a note, or both.');
    }
    const { key } = findTask(id, store);
    writable(store);
    operations.together(() => {
      if (decision !== undefined) {
        operations.judge([key], decision === 'clear' ? null : decision === 'pick' ? 'picked' : 'rejected');
      }
      if (note !== undefined) {
        operations.annotate(key, note);
      }
    });
    const task = store.get(key);
    return done(task ? fullFacts(task, services) : {});
  };
}

/** Takes tasks that were made elsewhere into the list. */
export function trackVideo(services: ToolServices): Tool {
  return async input => {
    const { ids: text } = readInput(schemas.trackVideo, input);
    const { store, operations, readIds, saveFolder } = services;
    const gateway = gatewayOfSetting();
    const read = await readIds(text, gateway);
    if ('refusal' in read) {
      throw new ToolError(`Nothing was tracked. ${read.refusal}`);
    }
    writable(store);
    const { inModelCenter } = read;
    const { added, known } = operations.track(gateway.base, read.ids, saveFolder(), { inModelCenter });
    return {
      facts: {
        tracked: added.map(task => briefFacts(task, services)),
        already_in_list: known.map(task => briefFacts(task, services)),
        ...(known.every(({ generation }) => isFinal(generation)) && added.length === 0
          ? {}
          : { what_now: 'Call dailies_wait_for_video with an id.' }),
      },
    };
  };
}

/** For tools that have nothing to wait for. */
async function done(facts: ToolResult['facts']): Promise<ToolResult> {
  return Promise.resolve({ facts });
}
