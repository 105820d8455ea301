import type { CreateRequest } from './createRules.ts';
import type { Gateway } from './gateway.ts';
import type { TaskPlan } from './tasks.ts';

/** A task of the demo: its id, and what to expect of it. */
export interface DemoTask {
  readonly id: string;
  readonly model: string;
  readonly prompt: string;
  /** In plain words. */
  readonly story: string;
}

/** The takes of a day's shoot; the prompts say what the clips show. */
const plans = [
  {
    story: 'completed six minutes ago',
    model: 'veo_3_1_pro',
    prompt: 'Dusk over layered mountain ridges, slow tracking shot to the right, low sun, warm haze',
    clip: 'landscape',
    ageS: 600,
    queuedS: 25,
    processingS: 215,
  },
  {
    story: 'in progress, completes in about a minute',
    model: 'veo_3_1_fast',
    prompt: 'Full moon rising over a quiet sea, its light glittering towards the shore, vertical',
    clip: 'portrait',
    ageS: 95,
    queuedS: 15,
    processingS: 140,
  },
  {
    story: 'queued, completes in about two minutes',
    model: 'veo_3_1_fast_stable',
    prompt: 'High sun over desert dunes, camera gliding along the crests',
    clip: 'tone',
    ageS: 5,
    queuedS: 40,
    processingS: 85,
  },
  {
    story: 'in progress, completes in half a minute; its index stands at the end of the file',
    model: 'grok_video3',
    prompt: 'Spruce forest on a hillside, bank after bank coming out of the morning fog',
    clip: 'slowstart',
    ageS: 60,
    queuedS: 10,
    processingS: 80,
  },
  {
    story: 'queued, completes in a quarter of an hour',
    model: 'veo_3_1_pro',
    prompt: 'Green aurora over a dark ridge, slow tilt up, no sound',
    clip: 'silent',
    ageS: 10,
    queuedS: 300,
    processingS: 600,
  },
  {
    story: 'failed: content policy',
    model: 'veo_3_1_fast',
    prompt: 'A well-known head of state dancing on the moon',
    ageS: 180,
    queuedS: 10,
    processingS: 20,
    outcome: 'failed',
    error: 'The prompt was rejected by the content policy: it appears to show a real person.',
  },
] as const satisfies readonly (TaskPlan & { story: string })[];

/** Adds a handful of tasks in every state to a gateway; the seconds in the stories are simulated ones. */
export function addDemoTasks(gateway: Gateway): readonly DemoTask[] {
  return plans.map(({ story, ...plan }) => ({
    id: gateway.addTask(plan),
    model: plan.model,
    prompt: plan.prompt,
    story,
  }));
}

/** What each second of a Grok clip costs, and each Veo clip by resolution. Made up: the gateway publishes no prices (api.md 6). */
const GROK_SECOND = 0.05;
const VEO_CLIP: Readonly<Record<string, number>> = { '720p': 0.72, '1080p': 0.96, '4k': 1.8 };

/** A video that is wanted fails by this word, so that a person can see how that looks. */
const FAILS = /\bfail\b/i;

/**
 * What happens to a video that somebody has made by hand: within the documented times (api.md 7), longer for more, and charged.
 * `random` gives numbers from 0 up to 1.
 */
export function plausibleTask(
  { model, prompt, resolution, duration }: CreateRequest,
  random: () => number = Math.random,
): TaskPlan {
  const isVeo = model.startsWith('veo');
  const isPro = /pro|max/.test(model);
  const workS = isVeo ? (isPro ? 200 : 120) : 60 + duration * (isPro ? 6 : 4);
  const perClip = isVeo ? (VEO_CLIP[resolution] ?? 0) : GROK_SECOND * duration;
  const price = Math.round(perClip * (isPro ? 2 : 1) * 100) / 100;
  const fails = FAILS.test(prompt);
  return {
    queuedS: Math.round(10 + random() * 20),
    processingS: fails ? 15 : Math.round(workS * (0.85 + random() * 0.4)),
    amount: price,
    ...(fails ? { outcome: 'failed', error: 'The prompt was rejected by the content policy.' } : {}),
  };
}
