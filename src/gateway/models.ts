/** Which of the gateway's create endpoints makes a model's videos. */
export type Family = (typeof FAMILIES)[number];

export const FAMILIES = ['veo', 'grok'] as const;

/** Where a create request is sent, below the gateway's address (api.md sections 1 and 2). */
export const CREATE_PATHS: Readonly<Record<Family, string>> = {
  veo: '/v1/veo/videos',
  grok: '/v1/grok/videos',
};

/** What a model charges by; `unknown` where no source says. */
export type Billing = 'second' | 'call' | 'unknown';

/** The parameters a table row can describe, by their names in a request. */
export type ParameterName = (typeof PARAMETERS)[number];

export const PARAMETERS = ['resolution', 'aspect_ratio', 'duration'] as const;

/** The values of one parameter. Text is compared without regard to case and sent in the spelling that stands here. */
export interface ParameterRule {
  /** What every source allows. */
  readonly values: readonly (string | number)[];
  /** What only some sources allow: sent, but with a warning. */
  readonly disputed?: readonly (string | number)[];
  /** Sent where the request does not say; one of `values`. */
  readonly default: string | number;
}

/** Reference images of a model: a list under one of `REFERENCE_FIELDS`. */
export interface ReferenceRule {
  /** The most images that some source allows. */
  readonly most: number;
  /** The most images that every source allows, where that is fewer. */
  readonly sure?: number;
  /** Whether images may be sent as `data:image/…` in place of a public link. */
  readonly takesData: boolean;
}

/** One row of the model table. */
export interface Model {
  readonly id: string;
  readonly family: Family;
  /** The parameters it takes. One that is missing here must not be sent. */
  readonly parameters: Readonly<Partial<Record<ParameterName, ParameterRule>>>;
  /** Reference images; `null` where it takes none. */
  readonly reference: ReferenceRule | null;
  /** First and last frame: `only` where it is not known to work without. */
  readonly frames: 'none' | 'optional' | 'only';
  /** The length of its videos where there is no `duration` parameter, seconds. */
  readonly seconds: number | null;
  readonly billing: Billing;
}

/** Two names of the same list of reference images; a request has at most one of them. */
export const REFERENCE_FIELDS = ['input_reference', 'image_urls'] as const;

/** The names under which a model takes reference images; of one that the table does not know, all. Grok has but one (api.md section 2). */
export function referenceFieldsOf(
  model: Pick<Model, 'family' | 'reference'> | undefined,
): readonly (typeof REFERENCE_FIELDS)[number][] {
  if (model?.reference === null) {
    return [];
  }
  return model?.family === 'grok' ? ['image_urls'] : REFERENCE_FIELDS;
}

/** The first frame, and the last, which needs the first. They exclude reference images. */
export const FRAME_FIELDS = ['first_image', 'last_image'] as const;

const RATIOS = ['16:9', '9:16', '1:1', '3:2', '2:3'] as const;

const veo: Omit<Model, 'id'> = {
  family: 'veo',
  parameters: {
    resolution: { values: ['720p', '1080p', '4K'], default: '720p' },
    aspect_ratio: { values: ['16:9', '9:16'], default: '16:9' },
  },
  reference: { most: 3, takesData: false },
  frames: 'optional',
  seconds: 8,
  billing: 'unknown',
};

const veoStable: Omit<Model, 'id'> = {
  ...veo,
  parameters: { ...veo.parameters, resolution: { values: ['720p', '1080p'], default: '720p' } },
};

/** The models that api.md sections 1 and 2 describe. Where sources differ, `values` is the part they agree on. */
export const MODELS: readonly Model[] = [
  { id: 'veo_3_1_fast', ...veo },
  { id: 'veo_3_1_pro', ...veo },
  // No source says whether it makes a video from a prompt alone.
  { id: 'veo_3_1_fast_stable', ...veoStable, reference: null, frames: 'only' },
  { id: 'veo_3_1_pro_stable', ...veoStable },
  {
    id: 'grok_video3',
    family: 'grok',
    parameters: {
      duration: { values: Array.from({ length: 25 }, (_, index) => index + 6), default: 10 },
      aspect_ratio: { values: RATIOS, default: '16:9' },
      resolution: { values: ['480p', '720p'], default: '720p' },
    },
    reference: { most: 7, takesData: true },
    frames: 'none',
    seconds: null,
    billing: 'second',
  },
  {
    id: 'grok_video3_pro',
    family: 'grok',
    // It makes 10 s of 720p, and neither is to be sent.
    parameters: {
      aspect_ratio: { values: ['16:9'], disputed: RATIOS.slice(1), default: '16:9' },
    },
    reference: { most: 7, sure: 1, takesData: false },
    frames: 'none',
    seconds: 10,
    billing: 'call',
  },
  {
    id: 'grok_video3_max',
    family: 'grok',
    parameters: {
      duration: { values: [6, 10, 12, 16, 20, 30], default: 10 },
      aspect_ratio: { values: ['16:9', '9:16', '1:1'], default: '16:9' },
      resolution: { values: ['480p', '720p'], default: '720p' },
    },
    reference: { most: 5, takesData: false },
    frames: 'none',
    seconds: null,
    billing: 'second',
  },
  {
    id: 'grok_video3_stable',
    family: 'grok',
    parameters: {
      duration: { values: [10], disputed: [6], default: 10 },
      aspect_ratio: { values: RATIOS, default: '16:9' },
      resolution: { values: ['720p'], disputed: ['480p'], default: '720p' },
    },
    reference: { most: 7, takesData: false },
    frames: 'none',
    seconds: null,
    billing: 'call',
  },
];

/** A model's row of the table. */
export function modelCalled(id: string): Model | undefined {
  return MODELS.find(model => model.id === id);
}
