import {
  FRAME_FIELDS,
  PARAMETERS,
  REFERENCE_FIELDS,
  referenceFieldsOf,
  type Family,
  type Model,
  type ParameterRule,
} from '../gateway/models.ts';
import { imageForm, LARGEST_DATA_IMAGE } from './images.ts';

/** A video as a person wrote it down: the fields of a create request, none of them checked yet. */
export type VideoRequest = Readonly<Record<string, unknown>>;

/** What a request makes a video from. */
export type Mode = 'text' | 'reference' | 'frames';

/** What is wrong with one field. `unproven` and `disputed` are warnings: the request can be sent all the same. */
export type Problem = {
  readonly field: string;
  /** Which of a list's items, from 0. */
  readonly index?: number;
  readonly value?: unknown;
} & (
  | { readonly kind: 'missing' | 'notText' | 'notList' | 'notTaken' | 'notSendable' }
  | { readonly kind: 'notAllowed' | 'disputed'; readonly allowed: readonly (string | number)[] }
  | { readonly kind: 'tooMany' | 'unproven'; readonly most: number }
  | { readonly kind: 'excludes' | 'needs'; readonly other: string }
  | { readonly kind: 'localFile' | 'privateLink' | 'password' | 'notLink' | 'noData' | 'tooLarge' }
);

/** Problems that stop a request; the others are only shown. */
export function isError(problem: Problem): boolean {
  return problem.kind !== 'disputed' && problem.kind !== 'unproven';
}

/** How a request is judged. */
export interface CheckOptions {
  /** Whether images may still be files of this machine, which are uploaded before the request is sent. */
  readonly allowsFiles: boolean;
}

/**
 * All problems of a request, in the order of its fields; never throws. `model` is its row of the table; without one (a model
 * that the table does not know) only what holds for every model is checked.
 */
export function checkRequest(
  request: VideoRequest,
  model: Model | undefined,
  options: CheckOptions,
): Problem[] {
  return [
    ...textProblems(request),
    ...(model ? [...parameterProblems(request, model), ...unknownFieldProblems(request, model)] : []),
    ...imageProblems(request, model, options),
    ...unsendable(request),
  ];
}

/**
 * The exact body to send, a pure function of request and table row: model and prompt, then every parameter with its default
 * where the request does not say, in the spelling of the table, then images. Of a model that the table does not know,
 * the request's own fields. The request must have no errors.
 */
export function bodyOf(request: VideoRequest, model: Model | undefined): Record<string, unknown> {
  const { model: id, prompt, ...others } = request;
  const start = { model: trimmed(id), prompt: trimmed(prompt) };
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => isGiven(value)));
  if (!model) {
    return { ...start, ...given };
  }
  const parameters = PARAMETERS.flatMap((name): [string, unknown][] => {
    const rule = model.parameters[name];
    return rule ? [[name, parameterValue(rule, given[name])]] : [];
  });
  const images = [...FRAME_FIELDS, ...REFERENCE_FIELDS].flatMap((name): [string, unknown][] => {
    const value = given[name];
    return value === undefined
      ? []
      : [[name, Array.isArray(value) ? value.map((one: unknown) => trimmed(one)) : trimmed(value)]];
  });
  return { ...start, ...Object.fromEntries(parameters), ...Object.fromEntries(images) };
}

/** What a request makes its video from. */
export function modeOf(request: VideoRequest): Mode {
  if (FRAME_FIELDS.some(name => isGiven(request[name]))) {
    return 'frames';
  }
  return REFERENCE_FIELDS.some(name => isGiven(request[name])) ? 'reference' : 'text';
}

/** The family a model's name belongs to by its beginning; `undefined` where a person has to choose. */
export function familyOf(model: string): Family | undefined {
  return (['veo', 'grok'] as const).find(family => model.toLowerCase().startsWith(family));
}

/** Whether a field says anything: an empty one is as good as none. */
export function isGiven(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  );
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

function textProblems(request: VideoRequest): Problem[] {
  return ['model', 'prompt'].flatMap((field): Problem[] => {
    const value = request[field];
    if (!isGiven(trimmed(value))) {
      return [{ field, kind: 'missing' }];
    }
    return typeof value === 'string' ? [] : [{ field, kind: 'notText', value }];
  });
}

function parameterProblems(request: VideoRequest, model: Model): Problem[] {
  return PARAMETERS.flatMap((field): Problem[] => {
    const value = request[field];
    const rule = model.parameters[field];
    if (!isGiven(value) || allowedBy(rule, value) !== undefined) {
      const isDisputed = rule !== undefined && isGiven(value) && find(rule.values, value) === undefined;
      return isDisputed ? [{ field, kind: 'disputed', value, allowed: rule.values }] : [];
    }
    return rule === undefined
      ? [{ field, kind: 'notTaken', value }]
      : [{ field, kind: 'notAllowed', value, allowed: rule.values }];
  });
}

/** The value of a parameter that is sent: what the request says, in the table's spelling, where some source allows it; else the usual one. */
export function parameterValue(rule: ParameterRule, value: unknown): string | number {
  return allowedBy(rule, value) ?? rule.default;
}

/** The table's own spelling of a value that some source allows. */
function allowedBy(rule: ParameterRule | undefined, value: unknown): string | number | undefined {
  return rule && (find(rule.values, value) ?? find(rule.disputed ?? [], value));
}

function find(values: readonly (string | number)[], value: unknown): string | number | undefined {
  const wanted = typeof value === 'string' ? value.trim().toLowerCase() : value;
  return values.find(one => (typeof one === 'string' ? one.toLowerCase() : one) === wanted);
}

/** Fields that a model in the table does not take. */
function unknownFieldProblems(request: VideoRequest, model: Model): Problem[] {
  const known = new Set<string>(['model', 'prompt', ...PARAMETERS]);
  referenceFieldsOf(model).forEach(name => known.add(name));
  if (model.frames !== 'none') {
    FRAME_FIELDS.forEach(name => known.add(name));
  }
  return Object.entries(request)
    .filter(([field, value]) => !known.has(field) && isGiven(value))
    .map(([field, value]) => ({ field, kind: 'notTaken', value }));
}

function imageProblems(request: VideoRequest, model: Model | undefined, options: CheckOptions): Problem[] {
  // Of what the model does not take at all, that is said, and no more.
  const references = referenceFieldsOf(model).filter(name => isGiven(request[name]));
  const frames = model?.frames === 'none' ? [] : FRAME_FIELDS.filter(name => isGiven(request[name]));
  const problems: Problem[] = [];
  const [first] = references;
  references.slice(1).forEach(field => problems.push({ field, kind: 'excludes', other: first ?? '' }));
  if (first !== undefined && frames[0] !== undefined) {
    problems.push({ field: frames[0], kind: 'excludes', other: first });
  }
  if (frames.includes('last_image') && !frames.includes('first_image')) {
    problems.push({ field: 'last_image', kind: 'needs', other: 'first_image' });
  }
  if (model?.frames === 'only' && frames.length === 0) {
    problems.push({ field: 'first_image', kind: 'unproven', most: 0 });
  }
  const takesData = model === undefined || (model.reference?.takesData ?? false);
  for (const field of references) {
    problems.push(...listProblems(field, request[field], model, takesData, options));
  }
  for (const field of frames) {
    problems.push(...imageProblem({ field }, request[field], model === undefined, options));
  }
  return problems;
}

function listProblems(
  field: string,
  value: unknown,
  model: Model | undefined,
  takesData: boolean,
  options: CheckOptions,
): Problem[] {
  if (!Array.isArray(value)) {
    return [{ field, kind: 'notList', value }];
  }
  const rule = model?.reference;
  const count: Problem[] =
    rule && value.length > rule.most
      ? [{ field, kind: 'tooMany', most: rule.most }]
      : rule?.sure !== undefined && value.length > rule.sure
        ? [{ field, kind: 'unproven', most: rule.sure }]
        : [];
  return [
    ...count,
    ...value.flatMap((one, index) => imageProblem({ field, index }, one, takesData, options)),
  ];
}

function imageProblem(
  at: { field: string; index?: number },
  value: unknown,
  takesData: boolean,
  options: CheckOptions,
): Problem[] {
  if (typeof value !== 'string') {
    return [{ ...at, kind: 'notText', value }];
  }
  switch (imageForm(value)) {
    case 'link':
      return [];
    case 'file':
      return options.allowsFiles ? [] : [{ ...at, kind: 'localFile', value }];
    case 'data':
      if (!takesData) {
        return [{ ...at, kind: 'noData' }];
      }
      return value.length > LARGEST_DATA_IMAGE ? [{ ...at, kind: 'tooLarge' }] : [];
    case 'private':
      return [{ ...at, kind: 'privateLink', value }];
    case 'password':
      return [{ ...at, kind: 'password' }];
    case 'empty':
      return [{ ...at, kind: 'missing' }];
    case 'scheme':
      return [{ ...at, kind: 'notLink', value }];
  }
}

/** Fields of which JSON would make something else: it has no `NaN`, no dates, no functions. */
function unsendable(request: VideoRequest): Problem[] {
  return Object.entries(request)
    .filter(([, value]) => !isSendable(value))
    .map(([field, value]) => ({ field, kind: 'notSendable', value }));
}

/** Whether JSON has a value as it is. */
export function isSendable(value: unknown): boolean {
  return isJson(value, 0);
}

/** How deep a value of a request can be nested. */
const DEEPEST = 20;

function isJson(value: unknown, depth: number): boolean {
  if (depth > DEEPEST) {
    return false;
  }
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'undefined':
      // A field of no value is left out; in a list it would become another one.
      return depth === 0;
    case 'number':
      return Number.isFinite(value);
    case 'bigint':
    case 'function':
    case 'symbol':
      return false;
    case 'object': {
      if (value === null) {
        return true;
      }
      const prototype: unknown = Object.getPrototypeOf(value);
      const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
      return isPlain && Object.values(value).every(one => isJson(one, depth + 1));
    }
  }
}
