import type { Evidence } from '../gateway/checkSeen.ts';
import { FRAME_FIELDS, REFERENCE_FIELDS } from '../gateway/models.ts';
import type { Intent } from '../tasks/intent.ts';
import { requestOf } from '../tasks/request.ts';
import type { Task } from '../tasks/task.ts';

/** As many charges are named. */
const MOST_CHARGES = 5;

/** What a list already shows of a gateway. */
export function evidenceIn(tasks: readonly Task[], intents: readonly Intent[], gateway: string): Evidence {
  const own = tasks.filter(task => task.gateway === gateway).toSorted((a, b) => b.trackedAt - a.trackedAt);
  const refused = intents.filter(intent => intent.gateway === gateway);
  const ofModel = (model: string): Task[] =>
    own.filter(task => task.request !== null && task.model === model);
  const textOnly = ofModel('veo_3_1_fast_stable')
    .filter(task => imagesOf(task) === 0)
    .map(task => task.generation);
  const withImages = ofModel('grok_video3_pro')
    .filter(task => task.generation === 'completed')
    .map(imagesOf);
  return {
    charges: own
      .flatMap(({ model, amount }) => (model !== null && amount !== null ? [{ model, amount }] : []))
      .slice(0, MOST_CHARGES),
    outOfCredit: [...own, ...refused].find(({ problem }) => problem === 'outOfCredit')?.problemText ?? null,
    wasRateLimited: [...own, ...refused].some(({ problem }) => problem === 'rateLimited'),
    textOnlyStable: textOnly.includes('completed')
      ? 'completed'
      : textOnly.includes('failed')
        ? 'failed'
        : null,
    grokProImages: withImages.length === 0 ? null : Math.max(...withImages),
  };
}

function imagesOf(task: Task): number {
  const request = requestOf(task);
  const lists = REFERENCE_FIELDS.map(name => request?.[name]);
  const frames = FRAME_FIELDS.filter(name => request?.[name] !== undefined);
  return frames.length + lists.flatMap(list => (Array.isArray(list) ? (list as unknown[]) : [])).length;
}
