import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import type { TaskStore } from '../../../src/store/store.ts';
import type { TaskPatch } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import { layListIn } from '../../fixtures/listOf.ts';
import type { Fault } from '../../gateway/faults.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { newTaskId, type TaskPlan } from '../../gateway/tasks.ts';

/** A take of today: what the gateway makes of it, and what the creator calls it. */
interface Take extends TaskPlan {
  readonly label: string | null;
  readonly model: string;
  readonly prompt: string;
  readonly ageS: number;
  /** What is wrong with its file. */
  readonly fault?: Fault;
}

/** The gateway answers and delivers these itself: some wait, some are rendered, one comes slowly, one does not come. */
const TAKES: readonly Take[] = [
  {
    label: 'Harbor at dawn, wide',
    model: 'veo_3_1_fast',
    prompt: 'Fishing boats leave a harbor at dawn, gulls, slow crane up',
    ageS: 6,
    queuedS: 900,
  },
  {
    label: null,
    model: 'grok_video3',
    prompt: 'A paper lantern drifts over a canal at night, reflections, handheld',
    ageS: 20,
    queuedS: 900,
  },
  {
    label: 'Market chase, take 3',
    model: 'veo_3_1_pro',
    prompt: 'A boy runs through a crowded market, oranges roll, tracking shot from behind',
    ageS: 75,
    queuedS: 12,
    processingS: 900,
  },
  {
    label: 'Rain on the tram window',
    model: 'veo_3_1_fast',
    prompt: 'Close-up of rain on a tram window, city lights out of focus, evening',
    ageS: 48,
    queuedS: 8,
    processingS: 900,
  },
  {
    label: 'Harbor cranes, drone',
    model: 'veo_3_1_pro',
    prompt: 'Container cranes of a harbor at noon, slow orbit, hard shadows',
    ageS: 260,
    sizeBytes: 48_000_000,
    fault: { kind: 'slow', bytesPerSecond: 220_000 },
  },
  {
    label: 'Moon over the bay',
    model: 'veo_3_1_fast',
    prompt: 'Full moon rising over a quiet sea, its light glittering towards the shore',
    ageS: 900,
    clip: 'portrait',
    linkLifeS: 5 * 3600,
    fault: { kind: 'status', status: 503 },
  },
  {
    label: 'Ridges at dusk, opening',
    model: 'veo_3_1_fast',
    prompt: 'Purple mountain ridges at dusk, low sun behind thin clouds, slow tracking shot to the right',
    ageS: 400,
  },
  {
    label: null,
    model: 'veo_3_1_pro',
    prompt: 'Green aurora over a dark ridge, slow tilt up, no sound',
    ageS: 420,
    clip: 'silent',
  },
  {
    label: 'Minister dances',
    model: 'veo_3_1_fast',
    prompt: 'A well-known head of state dancing on the moon',
    ageS: 380,
    outcome: 'failed',
    error: 'The prompt was rejected by the content policy: it appears to show a real person.',
  },
];

/** Each is named after its clip: those take turns. */
const OLD_NAMES = [
  'Mountain dusk',
  'Moonrise',
  'Aurora over the ridge',
  'Last light on the hills',
  'Moon and water',
  'Northern lights',
];

const OLD_CLIPS = ['landscape', 'portrait', 'silent'] as const;

const TONES = ['wide', 'close', 'take 2', 'take 3', 'reverse', 'slow', 'handheld'];

/** Puts the takes of today on the gateway and into the list, and so many finished ones of the days before. */
export function layScene(dataDir: string, gateway: Gateway, clips: string, older: number): void {
  const old = OLD_CLIPS.map(name => {
    const path = join(clips, `${name}.mp4`);
    writeFileSync(path, clipBytes(name));
    return path;
  });
  layListIn(dataDir, store => {
    store.commit(() => {
      layTakes(store, gateway);
      for (let index = 0; index < older; index++) {
        layOld(store, gateway.baseUrl, index, old[index % old.length] ?? '');
      }
    });
  });
}

function layTakes(store: TaskStore, gateway: Gateway): void {
  for (const { label, fault, ...plan } of TAKES) {
    const id = gateway.addTask(plan);
    if (fault) {
      gateway.setFaults(fault, `media:${id}`);
    }
    const { model, prompt, ageS } = plan;
    const request = JSON.stringify({ model, prompt, duration: 8, aspect_ratio: '16:9' });
    const now = Date.now();
    store.add(gateway.baseUrl, id, now - ageS * 1000, now, { label, model, request });
  }
}

/** Earlier ones end in every way there is; most are saved. */
function layOld(store: TaskStore, gateway: string, index: number, filePath: string): void {
  const name = OLD_NAMES[index % OLD_NAMES.length] ?? '';
  const label = index === 0 ? name : `${name}, ${TONES[index % TONES.length] ?? ''}`;
  const model = index % 3 === 0 ? 'grok_video3' : 'veo_3_1_fast';
  const trackedAt = Date.now() - 26 * HOUR - index * 47 * MINUTE;
  const origin = { label, model, request: JSON.stringify({ model, prompt: `${label}, soft light, 35 mm` }) };
  const { task } = store.add(gateway, newTaskId(model), trackedAt, trackedAt, origin);
  store.update(task.key, {
    nextPollAt: null,
    nextSaveAt: null,
    createdAt: trackedAt,
    answeredAt: trackedAt + 4 * MINUTE,
    askedAt: trackedAt + 4 * MINUTE,
    notifiedAt: trackedAt + 4 * MINUTE,
    told: 'ended',
    seenAt: index % 4 === 0 ? null : trackedAt + HOUR,
    ...endOf(index, trackedAt, filePath),
  });
}

function endOf(index: number, trackedAt: number, filePath: string): TaskPatch {
  const completed: TaskPatch = {
    generation: 'completed',
    statusWord: 'completed',
    completedSeenAt: trackedAt + 4 * MINUTE,
    videoUrl: 'https://media.example/clips/clip.mp4',
    linkExpiresAt: trackedAt + 24 * HOUR,
    actualDuration: 8,
  };
  switch (index % 40) {
    case 1:
      return { ...completed, file: 'expired', saveProblem: 'status', saveProblemText: '403', failedSaves: 6 };
    case 4:
      return { generation: 'cancelled', statusWord: 'cancelled' };
    case 9:
      return { generation: 'stalled', statusWord: 'processing' };
    case 13:
    case 27:
      return {
        generation: 'failed',
        statusWord: 'failed',
        error: 'The service is overloaded. Try again later.',
      };
    default:
      return { ...completed, file: 'saved', filePath, fileSize: 12_400_000, fileDuration: 8 };
  }
}
