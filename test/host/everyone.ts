import { HOUR } from '../../src/base/clock.ts';
import { saved, type Role } from './cast.ts';
import type { Stage } from './stage.ts';

/** A task in every state that a person can meet. */
export function everyone(stage: Stage): Role[] {
  const done = { generation: 'completed', model: 'veo_3_1_fast' } as const;
  const prompt = 'A cat walks through the rain, slowly, towards a neon sign';
  const dying = Date.now() + 4.5 * HOUR;
  return [
    { id: 'vgen_queued01', generation: 'queued', model: 'veo_3_1_pro', label: 'the sea at dawn' },
    {
      id: 'vgen_render02',
      generation: 'processing',
      model: 'grok_video3',
      request: JSON.stringify({
        prompt,
        model: 'grok_video3',
        duration: 10,
        images: ['https://a.example/1'],
      }),
    },
    {
      id: 'vgen_strange3',
      label: 'strange',
      generation: 'unrecognised',
      statusWord: 'colour_grading',
      model: 'grok_video3',
    },
    {
      id: 'vgen_offline4',
      label: 'offline',
      generation: 'processing',
      problem: 'network',
      model: 'veo_3_1_fast',
    },
    {
      ...{ id: 'vgen_loading5', label: 'loading', ...done, file: 'downloading', hoursAgo: 3.5 },
      part: JSON.stringify({ size: 3_200_000, total: 24_000_000, rate: 1_500_000 }),
    },
    { id: 'vgen_ready006', ...saved(stage, 'ready'), model: 'veo_3_1_fast', label: 'cat in the rain' },
    { id: 'vgen_ready007', ...saved(stage, 'seen'), model: 'grok_video3', seenAt: 1, label: 'neon sign' },
    {
      id: 'vgen_atrisk08',
      label: 'at risk',
      ...done,
      file: 'failed',
      saveProblem: 'page',
      linkExpiresAt: dying,
    },
    { id: 'vgen_nokey009', label: 'no key', generation: 'queued', problem: 'noKey', model: null },
    { id: 'vgen_stalled0', label: 'silent', generation: 'stalled', model: 'grok_video3', hoursAgo: 30.5 },
    { id: 'vgen_nofile11', label: 'no file', ...done, videoUrl: null },
    {
      id: 'vgen_missing2',
      label: 'missing',
      ...saved(stage, 'gone'),
      file: 'missing',
      model: 'veo_3_1_fast',
      filePath: '/no/clip.mp4',
    },
    { id: 'vgen_expired3', label: 'expired', ...done, file: 'expired', hoursAgo: 30.5, linkExpiresAt: 1 },
    {
      id: 'vgen_failed14',
      label: 'refused',
      generation: 'failed',
      error: 'against the policy',
      model: 'veo_3_1_pro',
    },
    { id: 'vgen_cancel15', label: 'cancelled', generation: 'cancelled', model: 'grok_video3' },
  ];
}
