import type { Step } from '../host/steps.ts';
import type { Model } from '../gateway/models.ts';
import type { Draft } from '../making/draft.ts';
import type { VideoRequest } from '../making/request.ts';

/** The steps of a new video, in order. */
export const STEP_NAMES = ['model', 'images', 'format', 'prompt', 'review'] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** What the steps need from outside. */
export interface FormServices {
  /** The model table. */
  readonly models: () => readonly Model[];
  readonly modelOf: (id: string) => Model | undefined;
  /** What a request is expected to cost, in words. */
  readonly estimateOf: (request: VideoRequest) => string;
}

/** A new video while it is put together: each step reads and replaces the draft. */
export interface NewVideoForm extends FormServices {
  draft: Draft;
  /** What is done with it in the end. */
  outcome: 'generate' | 'open';
  readonly steps: Readonly<Record<StepName, Step>>;
}

/** Which step of how many, from 1. */
export function numberOf(name: StepName): number {
  return STEP_NAMES.indexOf(name) + 1;
}

/** The table row of the model that is chosen. */
export function modelIn({ draft, modelOf }: NewVideoForm): Model | undefined {
  return modelOf(draft.model);
}
