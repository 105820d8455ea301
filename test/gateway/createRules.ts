import { isIPv4 } from 'node:net';

import { type Answer, type JsonBody, businessError } from './answers.ts';

/** The create endpoints this gateway has. */
export type Family = 'veo' | 'grok';

interface ModelRules {
  readonly resolutions: readonly string[];
  readonly aspectRatios: readonly string[];
  /** Seconds; none for Veo, which has no such field. */
  readonly durations: readonly number[];
  readonly images: number;
  readonly frames: boolean;
  readonly dataImages: boolean;
}

const veo: ModelRules = {
  resolutions: ['720p', '1080p', '4k'],
  aspectRatios: ['16:9', '9:16'],
  durations: [],
  images: 3,
  frames: true,
  dataImages: false,
};

const grok: ModelRules = {
  resolutions: ['480p', '720p'],
  aspectRatios: ['16:9', '9:16', '1:1', '3:2', '2:3'],
  durations: Array.from({ length: 25 }, (_, index) => index + 6),
  images: 7,
  frames: false,
  dataImages: true,
};

/** The tables of api.md 1 and 2. Where sources differ (`grok_video3_stable`), the narrower reading, so that the safe subset passes. */
const models: Readonly<Record<Family, Readonly<Record<string, ModelRules>>>> = {
  veo: {
    veo_3_1_fast: veo,
    veo_3_1_pro: veo,
    veo_3_1_pro_stable: { ...veo, resolutions: ['720p', '1080p'] },
    veo_3_1_fast_stable: { ...veo, resolutions: ['720p', '1080p'], images: 0 },
  },
  grok: {
    grok_video3: grok,
    grok_video3_pro: { ...grok, durations: [10], resolutions: ['720p'] },
    grok_video3_max: {
      ...grok,
      aspectRatios: ['16:9', '9:16', '1:1'],
      durations: [6, 10, 12, 16, 20, 30],
      images: 5,
      dataImages: false,
    },
    grok_video3_stable: { ...grok, durations: [10], resolutions: ['720p'], dataImages: false },
  },
};

/** What of a create call the task is made from. */
export interface CreateRequest {
  readonly model: string;
  readonly prompt: string;
  readonly aspectRatio: string | undefined;
  readonly resolution: string;
  /** Seconds; of what says none, the documented default (api.md 1 and 2). */
  readonly duration: number;
}

/** Reads the body of a create call, or says what the gateway answers instead (HTTP 200 with a code, api.md 3.3). */
export function readCreateRequest(family: Family, text: string): CreateRequest | Answer {
  const body = parseObject(text);
  if (!body) return businessError(400, '请求体不是有效的 JSON');
  const { model, prompt } = body;
  if (typeof model !== 'string' || !model) return businessError(400, 'model 不能为空');
  if (typeof prompt !== 'string' || !prompt.trim()) return businessError(400, 'prompt 不能为空');
  const rules = models[family][model];
  if (!rules) return businessError(400, `不支持的模型: ${model}`);
  const complaint = badOption(body, rules) ?? badImages(family, body, rules);
  if (complaint) return businessError(complaint.code, complaint.msg);
  const { aspect_ratio: ratio, resolution, duration } = body;
  return {
    model,
    prompt,
    aspectRatio: typeof ratio === 'string' ? ratio : undefined,
    resolution: typeof resolution === 'string' ? resolution.toLowerCase() : '720p',
    duration: typeof duration === 'number' ? duration : family === 'veo' ? 8 : 10,
  };
}

interface Complaint {
  readonly code: number;
  readonly msg: string;
}

function badOption(body: JsonBody, rules: ModelRules): Complaint | undefined {
  const { resolution, aspect_ratio: ratio, duration } = body;
  const isKnown = (value: unknown, known: readonly string[]): boolean =>
    typeof value === 'string' && known.includes(value.toLowerCase());
  if (resolution !== undefined && !isKnown(resolution, rules.resolutions)) {
    return { code: 400, msg: `resolution 不支持: ${JSON.stringify(resolution)}` };
  }
  if (ratio !== undefined && !isKnown(ratio, rules.aspectRatios)) {
    return { code: 400, msg: `aspect_ratio 不支持: ${JSON.stringify(ratio)}` };
  }
  // A JSON number, not the digits in a string (api.md 2).
  if (duration !== undefined && !(typeof duration === 'number' && rules.durations.includes(duration))) {
    return { code: 400, msg: `duration 不支持: ${JSON.stringify(duration)}` };
  }
  return undefined;
}

function badImages(family: Family, body: JsonBody, rules: ModelRules): Complaint | undefined {
  const { image_urls: alias, first_image: first, last_image: last } = body;
  // Grok has no such field, and ignores it as any other that it does not know (api.md 2).
  const reference = family === 'veo' ? body.input_reference : undefined;
  const lists = [reference, alias].filter(list => list !== undefined);
  const frames = [first, last].filter(frame => frame !== undefined);
  if (lists.length + Math.min(1, frames.length) > 1) return { code: 400, msg: '图片参数不能同时使用' };
  if (frames.length && !rules.frames) return { code: 400, msg: '该模型不支持首尾帧' };
  if (frames.length && first === undefined) return { code: 400, msg: 'last_image 需要 first_image' };
  if (!lists.every(isList)) return { code: 400, msg: '图片参数必须是数组' };
  const references = lists.flat();
  if (references.length > rules.images) return { code: 400, msg: `最多 ${rules.images} 张参考图` };
  if (![...references, ...frames].every(image => isReachable(image, rules.dataImages))) {
    return { code: 1001, msg: '素材 URL 无法访问' };
  }
  return undefined;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The gateway fetches images itself, so nothing on this machine or its network will do (api.md 2). */
function isReachable(image: unknown, dataImages: boolean): boolean {
  if (typeof image !== 'string' || !URL.canParse(image)) return false;
  const { protocol, hostname } = new URL(image);
  if (protocol === 'data:') return dataImages && image.startsWith('data:image/');
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  const isPrivate =
    isIPv4(hostname) && /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(hostname);
  return hostname !== 'localhost' && hostname !== '[::1]' && !isPrivate;
}

function parseObject(text: string): JsonBody | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonBody)
      : undefined;
  } catch {
    return undefined; // Not JSON: the caller answers so.
  }
}
