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

/** Families whose models do not read as their makers write them, and those that make no videos. */
const FAMILIES: readonly ModelFamily[] = [
  { pattern: /^(openai)?[-_]?sora[-_]?(?=\d|$)/i, name: 'Sora', medium: 'video' },
  { pattern: /^seedance[-_]fast[-_]2[-_]0[-_]x1/i, name: 'Seedance 2.0 X1 Fast', medium: 'video' },
  { pattern: /^seedance[-_]2[-_]0[-_]x1/i, name: 'Seedance 2.0 X1', medium: 'video' },
  { pattern: /^sd2[-_]manxue/i, name: 'Seedance 2 Manxue', medium: 'video' },
  { pattern: /^sd[-_](?=\d)/i, name: 'Seedance', medium: 'video' },
  { pattern: /^vidu(?=q\d|$)/i, name: 'Vidu', medium: 'video' },
  { pattern: /^starvideos/i, name: 'StarVideos', medium: 'video' },
  { pattern: /^happyhorse/i, name: 'Happy Horse', medium: 'video' },
  { pattern: /^hh[-_](?=\d)/i, name: 'Happy Horse', medium: 'video' },
  { pattern: /^luxvid/i, name: 'LuxVid', medium: 'video' },
  { pattern: /^kling(?=o\d)/i, name: 'Kling', medium: 'video' },
  { pattern: /^minimax(?=[-_]|$)/i, name: 'MiniMax', medium: 'video' },
  { pattern: /^(nano[-_]?)?banana(?=[-_\d]|$)/i, name: 'Nano Banana', medium: 'image' },
  { pattern: /^gpt[-_]?image(?=[-_\d]|$)/i, name: 'GPT Image', medium: 'image' },
  { pattern: /^image(?=[-_]?\d|$)/i, name: 'Image', medium: 'image' },
  { pattern: /^sound[-_]?cloning/i, name: 'Sound Cloning', medium: 'audio' },
];

/** The family of a model, where its name does not say it by itself. */
export function modelFamilyOf(model: string): ModelFamily | undefined {
  return FAMILIES.find(({ pattern }) => pattern.test(model));
}

/** What a model makes, judged by its name: a video, unless it is known to make something else. */
export function mediumOf(model: string | null): Medium {
  return (model === null ? undefined : modelFamilyOf(model))?.medium ?? 'video';
}
