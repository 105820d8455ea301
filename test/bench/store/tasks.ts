import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';

/** The file of the list in its folder. */
export const LIST = 'dailies.db';

/** Fills a list with tasks as months of use leave them: most are saved, some have failed, the newest are under way. */
export function addTasks(store: TaskStore, count: number, underWay = 20): void {
  const start = Date.now() - count * 10 * MINUTE;
  store.commit(() => {
    for (let index = 0; index < count; index++) {
      const id = `vgen_${index.toString(36).padStart(12, '0')}`;
      const trackedAt = start + index * 10 * MINUTE;
      const { task } = store.add('https://gateway.example/kyyReactApiServer', id, trackedAt);
      const isUnderWay = index >= count - underWay;
      store.update(
        task.key,
        isUnderWay ? {} : index % 20 === 0 ? failed(id, trackedAt) : saved(id, trackedAt),
      );
    }
  });
}

function saved(id: string, trackedAt: number): TaskPatch {
  const videoUrl = `https://media.example/${id}.mp4?X-Amz-Date=20261121T100000Z&X-Amz-Expires=86400&X-Amz-Signature=${'0123456789abcdef'.repeat(4)}`;
  const seenAt = trackedAt + 200 * SECOND;
  return {
    ...answered(id, trackedAt, { status: 'completed', video_url: videoUrl, actualDuration: 8 }),
    generation: 'completed',
    statusWord: 'completed',
    actualDuration: 8,
    completedSeenAt: seenAt,
    videoUrl,
    linkExpiresAt: seenAt + 24 * HOUR,
    file: 'saved',
    filePath: `/home/person/Videos/Dailies/2026-11-21 a cat in the rain ${id}.mp4`,
    notifiedAt: seenAt,
  };
}

function failed(id: string, trackedAt: number): TaskPatch {
  const error = 'The prompt was refused by the safety system. Change it and try again.';
  return {
    ...answered(id, trackedAt, { status: 'failed', error }),
    generation: 'failed',
    statusWord: 'failed',
    error,
  };
}

/** What every finished task holds. */
function answered(id: string, trackedAt: number, rest: object): TaskPatch {
  const model = 'veo_3_1_fast';
  const prompt = 'A cat walks through the rain at night, neon signs in the puddles, slow dolly in. '.repeat(
    3,
  );
  return {
    model,
    createdAt: trackedAt,
    unfinishedAt: trackedAt + 160 * SECOND,
    answeredAt: trackedAt + 200 * SECOND,
    askedAt: trackedAt + 200 * SECOND,
    nextPollAt: null,
    request: JSON.stringify({ model, prompt, duration: 8, aspect_ratio: '16:9' }),
    rawAnswer: JSON.stringify({
      id,
      object: 'video',
      created: Math.floor(trackedAt / SECOND),
      model,
      ...rest,
    }),
  };
}
