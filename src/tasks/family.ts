/** What a model makes. */
export type Medium = 'video' | 'image' | 'audio';

/** A family of models that the gateway has (api.md section 4). */
export interface ModelFamily {
  /** What its models begin with; the rest of a model's name distinguishes it from others of the family. */
  readonly pattern: RegExp;
  /** As its maker writes it. */
  readonly name: string;
  readonly medium: Medium;
}

/** The families of api.md 4, the particular before the general. A test holds them to its tables, line by line. */
const FAMILIES: readonly ModelFamily[] = [
  { pattern: /^veo(?=[-_\d.]|$)/i, name: 'Veo', medium: 'video' },
  { pattern: /^grok(?=[-_\d]|$)/i, name: 'Grok', medium: 'video' },
  { pattern: /^(openai)?[-_]?sora[-_]?(?=\d|$)/i, name: 'Sora', medium: 'video' },
  { pattern: /^seedance[-_]fast[-_]2[-_]0[-_]x1/i, name: 'Seedance 2.0 X1 Fast', medium: 'video' },
  { pattern: /^seedance[-_]2[-_]0[-_]x1/i, name: 'Seedance 2.0 X1', medium: 'video' },
  { pattern: /^seedance(?=[-_\d]|$)/i, name: 'Seedance', medium: 'video' },
  { pattern: /^sd2[-_]manxue/i, name: 'Seedance 2 Manxue', medium: 'video' },
  { pattern: /^sd[-_](?=\d)/i, name: 'Seedance', medium: 'video' },
  { pattern: /^vidu(?=q\d|$)/i, name: 'Vidu', medium: 'video' },
  { pattern: /^starvideos/i, name: 'StarVideos', medium: 'video' },
  { pattern: /^happyhorse/i, name: 'Happy Horse', medium: 'video' },
  { pattern: /^hh[-_](?=\d)/i, name: 'Happy Horse', medium: 'video' },
  { pattern: /^videos(?=[-_]|$)/i, name: 'Videos', medium: 'video' },
  { pattern: /^video(?=[-_]\d)/i, name: 'Video', medium: 'video' },
  { pattern: /^omni[-_]?flash/i, name: 'Omni Flash', medium: 'video' },
  { pattern: /^wan(?=[-_]?\d)/i, name: 'Wan', medium: 'video' },
  { pattern: /^luxvid/i, name: 'LuxVid', medium: 'video' },
  { pattern: /^kling(?=o\d)/i, name: 'Kling', medium: 'video' },
  { pattern: /^minimax(?=[-_]|$)/i, name: 'MiniMax', medium: 'video' },
  { pattern: /^(nano[-_]?)?banana(?=[-_\d]|$)/i, name: 'Nano Banana', medium: 'image' },
  { pattern: /^gpt[-_]?image(?=[-_\d]|$)/i, name: 'GPT Image', medium: 'image' },
  { pattern: /^image(?=[-_]?\d|$)/i, name: 'Image', medium: 'image' },
  { pattern: /^sound[-_]?cloning/i, name: 'Sound Cloning', medium: 'audio' },
];

/** The family of a model, as far as its name says. */
export function modelFamilyOf(model: string): ModelFamily | undefined {
  return FAMILIES.find(({ pattern }) => pattern.test(model));
}

/** What a model makes, judged by its name: a video, unless it is known to make something else. */
export function mediumOf(model: string | null): Medium {
  return (model === null ? undefined : modelFamilyOf(model))?.medium ?? 'video';
}
