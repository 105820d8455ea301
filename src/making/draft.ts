import {
  PARAMETERS,
  type Family,
  type Model,
  type ParameterName,
  type ParameterRule,
} from '../gateway/models.ts';
import {
  checkRequest,
  isError,
  parameterValue,
  type Mode,
  type Problem,
  type VideoRequest,
} from './request.ts';

/** A request while a person puts it together, step by step. */
export interface Draft extends Choice {
  /** Files of this machine and links: reference images, or the first frame and the last. */
  readonly images: readonly string[];
  readonly prompt: string;
}

/** What is chosen the same way time and again, so that it is kept. */
export interface Choice {
  readonly model: string;
  /** Which endpoint makes it, where the table does not know the model. */
  readonly family: Family | null;
  readonly mode: Mode;
  /** The parameters that were chosen, of this model or one before. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** One parameter of a model, with the value that is sent. */
export interface DraftParameter {
  readonly name: ParameterName;
  readonly rule: ParameterRule;
  readonly value: string | number;
}

/** The longest text of a choice that is kept, characters. */
const LONGEST = 1_000;

/** What a person has at first. */
export function newDraft(choice: Choice | null, prompt = ''): Draft {
  return {
    ...(choice ?? { model: '', family: null, mode: 'text', parameters: {} }),
    images: [],
    prompt,
  };
}

/** Whether something that was kept is a choice. */
export function isChoice(value: unknown): value is Choice {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { model, family, mode, parameters } = value as Partial<Record<keyof Choice, unknown>>;
  return (
    typeof model === 'string' &&
    model.trim() !== '' &&
    model.length <= LONGEST &&
    (family === null || family === 'veo' || family === 'grok') &&
    (mode === 'text' || mode === 'reference' || mode === 'frames') &&
    typeof parameters === 'object' &&
    parameters !== null &&
    !Array.isArray(parameters)
  );
}

/** What a model makes videos from; of one that the table does not know, everything is possible. */
export function modesOf(model: Model | undefined): readonly Mode[] {
  return [
    'text',
    ...(model?.reference === null ? [] : (['reference'] as const)),
    ...(model?.frames === 'none' ? [] : (['frames'] as const)),
  ];
}

/** The most images of a mode; a model that the table does not know has no limit. */
export function mostImages(mode: Mode, model: Model | undefined): number {
  return mode === 'frames' ? 2 : mode === 'text' ? 0 : (model?.reference?.most ?? Infinity);
}

/** Each parameter that a model takes, with the chosen value, or the usual one where none was chosen that it takes. */
export function parametersOf(draft: Choice, model: Model): DraftParameter[] {
  return PARAMETERS.flatMap(name => {
    const rule = model.parameters[name];
    return rule ? [{ name, rule, value: parameterValue(rule, draft.parameters[name]) }] : [];
  });
}

/** The request, every parameter in it. */
export function requestOf(draft: Draft, model: Model | undefined): VideoRequest {
  const parameters = model
    ? Object.fromEntries(parametersOf(draft, model).map(({ name, value }) => [name, value]))
    : draft.parameters;
  return { model: draft.model, ...parameters, ...imageFields(draft), prompt: draft.prompt };
}

/** What is wrong with the images, and what may be; those of the frames by their names. */
export function imageProblems(draft: Draft, model: Model | undefined): Problem[] {
  const { mode, images } = draft;
  // Only these fields have a step here.
  const request = { model: draft.model, prompt: '-', ...imageFields(draft) };
  const problems = checkRequest(request, model, { allowsFiles: true });
  return mode === 'frames' && images.length > 2
    ? [{ field: 'last_image', kind: 'tooMany', most: 1 }, ...problems]
    : problems;
}

/** Whether the images can be sent as they are. */
export function areImagesReady(draft: Draft, model: Model | undefined): boolean {
  return draft.images.length > 0 && !imageProblems(draft, model).some(isError);
}

function imageFields({ mode, images }: Draft): VideoRequest {
  if (mode === 'reference') {
    return images.length > 0 ? { image_urls: images } : {};
  }
  const [first, last] = mode === 'frames' ? images : [];
  return {
    ...(first === undefined ? {} : { first_image: first }),
    ...(last === undefined ? {} : { last_image: last }),
  };
}
