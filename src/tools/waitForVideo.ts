import { messageOf } from '../base/errors.ts';
import type { Intent } from '../tasks/intent.ts';
import { isUnderWay, type Task } from '../tasks/task.ts';
import { findVideos, type Video } from './findVideo.ts';
import { readInput, schemas } from './input.ts';
import type { ToolServices } from './services.ts';
import { ToolError, type Tool, type ToolImage } from './tool.ts';
import { until } from './until.ts';
import { fullFacts, intentFacts, stateOf } from './videoFacts.ts';

/** The most first frames of one result. */
const MOST_FRAMES = 4;

/** Waits until a video is on disk, or will not be. Listens to the list, so it costs no requests. */
export function waitForVideo(services: ToolServices): Tool {
  return async (input, call) => {
    const { id, timeout_seconds: longest, first_frame: wantsFrame } = readInput(schemas.waitForVideo, input);
    const { store } = services;
    const look = (): readonly Video[] => findVideos(id, store);
    let said = '';
    const isOver = (): boolean => {
      const videos = look();
      const words = videos.map(wordOf).join(', ');
      if (words !== said) {
        said = words;
        call.report(words);
      }
      return videos.every(isSettled);
    };
    const isDone = await until(isOver, longest, call.signal, services);
    const videos = look();
    const ready = videos.flatMap(video =>
      'task' in video && video.task.file === 'saved' ? [video.task] : [],
    );
    const frames = wantsFrame ? await framesOf(ready, call.signal, services) : [];
    const failure = frames.find(frame => typeof frame === 'string');
    return {
      facts: {
        done: isDone,
        videos: videos.map(video =>
          'task' in video ? fullFacts(video.task, services) : intentFacts(video.intent, services),
        ),
        ...(failure === undefined ? {} : { first_frame: failure }),
        ...(isDone
          ? {}
          : { what_now: 'It is not ready yet. Call dailies_wait_for_video again; it goes on meanwhile.' }),
      },
      images: frames.filter(frame => typeof frame !== 'string'),
    };
  };
}

/** Nothing that this window does changes it any more, as far as is known. */
function isSettled(video: Video): boolean {
  return 'task' in video ? isTaskSettled(video.task) : isIntentSettled(video.intent);
}

function isTaskSettled(task: Task): boolean {
  const state = stateOf(task);
  return state === 'in_progress' ? !isUnderWay(task) : state !== 'saving';
}

function isIntentSettled({ state }: Intent): boolean {
  return state !== 'waiting' && state !== 'sending' && state !== 'accepted';
}

function wordOf(video: Video): string {
  return 'task' in video ? stateOf(video.task).replaceAll('_', ' ') : video.intent.state;
}

/** The first frames, or why there is none of one. */
async function framesOf(
  tasks: readonly Task[],
  signal: AbortSignal,
  { firstFrame }: ToolServices,
): Promise<(ToolImage | string)[]> {
  const frames: (ToolImage | string)[] = [];
  for (const task of tasks.slice(0, MOST_FRAMES)) {
    try {
      frames.push({ bytes: await firstFrame(task, signal), mimeType: 'image/jpeg' });
    } catch (error) {
      signal.throwIfAborted();
      frames.push(`The first frame could not be read: ${messageOf(error)}`);
    }
  }
  return frames;
}

/** Saves a frame of a clip as a PNG file next to it. */
export function saveFrame(services: ToolServices): Tool {
  return async (input, call) => {
    const { id, at } = readInput(schemas.saveFrame, input);
    const [video] = findVideos(id, services.store);
    if (!video || !('task' in video) || video.task.file !== 'saved') {
      throw new ToolError(
        'This video is not saved, so it has no frames yet. Call dailies_wait_for_video first.',
      );
    }
    const length = video.task.fileDuration ?? video.task.actualDuration;
    if (typeof at === 'number' && length !== null && at > length) {
      throw new ToolError(`There is no frame at ${at} s: the video is ${length} s long.`);
    }
    try {
      return {
        facts: { id: video.task.id, at, path: await services.saveFrame(video.task, at, call.signal) },
      };
    } catch (error) {
      call.signal.throwIfAborted();
      throw new ToolError(`The frame could not be saved: ${messageOf(error)}`);
    }
  };
}
