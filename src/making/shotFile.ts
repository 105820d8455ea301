import { FRAME_FIELDS, PARAMETERS, REFERENCE_FIELDS } from '../gateway/models.ts';
import type { VideoRequest } from './request.ts';
import { readSettings, type Field } from './settingsText.ts';
import { promptOf, trimmedSpan, type Prompt } from './shotPrompt.ts';
import { takeApart, type Section, type Span } from './shotText.ts';
import {
  combinations,
  filled,
  filledText,
  readVariables,
  variablesUsed,
  type Variables,
} from './shotVariables.ts';

/** One shot: what is to be made, and where it is written. */
export interface Shot {
  /** The heading; `null` in a file without headings. */
  readonly heading: string | null;
  /** The line that the shot begins with. */
  readonly headingSpan: Span;
  /** The YAML of its own. */
  readonly settings: Span | null;
  /** The prompt as it is written, notes in it. */
  readonly promptSpan: Span;
  /** What is written in the shot, in the front matter or in the folder's defaults; the nearest counts. */
  readonly fields: ReadonlyMap<string, Field>;
  /** What its variables can stand for. */
  readonly variables: Variables;
  /** What is written, as one request: its variables are not filled in. For telling what is wrong; it is never sent. */
  readonly draft: VideoRequest;
  /** How often each of its videos is made. */
  readonly takes: number;
  /** Every video, in order: each combination of the variables, and each as often as there are takes. Empty where there are errors. */
  readonly videos: readonly ShotVideo[];
}

/** One video of a shot. */
export interface ShotVideo {
  readonly request: VideoRequest;
  /** What its variables stand for. */
  readonly variables: Readonly<Record<string, string>>;
  /** Which take of its variables, from 1. */
  readonly take: number;
}

/** What is wrong in a shot file, and where; see `WARNINGS`. */
export interface ShotProblem {
  readonly kind: ShotProblemKind;
  readonly span: Span;
  /** What belongs to it: a name, the YAML parser's words. */
  readonly text: string;
}

export type ShotProblemKind =
  | 'yaml'
  | 'notFields'
  | 'tooLarge'
  /** The same name twice in one block. */
  | 'duplicate'
  /** A `---`, a fence or a comment without an end. */
  | 'unclosed'
  /** `takes` is no whole number from 1 to 20. */
  | 'takes'
  /** `vars` is no list of names and values. */
  | 'vars'
  /** A value of a variable has a variable in it. */
  | 'nested'
  /** `{{x}}` that nothing stands for. */
  | 'unresolved'
  /** More videos than a shot may have. */
  | 'tooMany'
  /** There is no prompt. */
  | 'empty'
  /** What stands above the first heading belongs to no shot, and is not sent. */
  | 'preamble'
  /** Settings below a prompt are part of it, and are sent. */
  | 'late';

/** Shown as warnings: they can be intended. */
export const WARNINGS: ReadonlySet<ShotProblemKind> = new Set(['preamble', 'late']);

/** A shot file as it is understood. */
export interface ShotFile {
  readonly shots: readonly Shot[];
  readonly problems: readonly ShotProblem[];
  /** The YAML at its top. */
  readonly frontMatter: Span | null;
}

export const MOST_TAKES = 20;

/** The most videos of one shot: each is paid for. */
export const MOST_VIDEOS = 100;

/** Fields that say how a shot is made, and are not sent. */
export const SHOT_FIELDS = ['takes', 'vars', 'family'] as const;

/** A fenced block whose first lines are settings. */
const LATE_SETTINGS = new RegExp(
  String.raw`^ {0,3}(?:\x60{3,}|~{3,})[ \t]*ya?ml[ \t]*(?:\r\n|\n|\r)(?:#[^\r\n]*(?:\r\n|\n|\r)){0,9}(?:${['model', ...PARAMETERS, ...FRAME_FIELDS, ...REFERENCE_FIELDS, ...SHOT_FIELDS].join('|')})[ \t]*:`,
  'gim',
);

/**
 * Reads a shot file; never throws, in time that grows with its length. `defaults` are the fields of the folder's `shots.yaml`.
 */
export function readShotFile(text: string, defaults: ReadonlyMap<string, Field> = new Map()): ShotFile {
  const { frontMatter, unclosed, sections, preamble } = takeApart(text);
  const problems: ShotProblem[] = unclosed.map(span => ({ kind: 'unclosed', span, text: '' }));
  const front = frontMatter ? readSettings(text, frontMatter) : undefined;
  problems.push(...(front?.problems ?? []));
  if (
    preamble &&
    text
      .slice(preamble.start, preamble.end)
      .replace(/<!--.*?-->|^#\s.*$/gms, '')
      .trim() !== ''
  ) {
    problems.push({ kind: 'preamble', span: preamble, text: '' });
  }
  // An error above holds for all below it.
  const isWhole = problems.every(isWarning);
  const inherited = new Map([...defaults, ...(front?.fields ?? [])]);
  const shots = sections.map(section => readShot(text, section, inherited, isWhole, problems));
  return { shots, problems: inOrder(problems), frontMatter };
}

/** In the order of the text, and each once: what is wrong at the top is wrong for every shot. */
function inOrder(problems: readonly ShotProblem[]): ShotProblem[] {
  const known = new Map(
    problems.map(one => [`${one.kind} ${one.span.start} ${one.span.end} ${one.text}`, one]),
  );
  return [...known.values()].toSorted((a, b) => a.span.start - b.span.start);
}

function readShot(
  text: string,
  section: Section,
  inherited: ReadonlyMap<string, Field>,
  isWhole: boolean,
  problems: ShotProblem[],
): Shot {
  const before = problems.length;
  const own = section.settings ? readSettings(text, section.settings) : undefined;
  problems.push(...(own?.problems ?? []));
  if (section.openNote) {
    problems.push({ kind: 'unclosed', span: firstLineOf(text, section.openNote), text: '' });
  }
  const fields = new Map([...inherited, ...(own?.fields ?? [])]);
  const promptSpan = trimmedSpan(text, section);
  const prompt = promptOf(text, section);
  if (prompt.text === '') {
    problems.push({ kind: 'empty', span: section.headingSpan, text: '' });
  }
  findLateSettings(text, section, problems);
  const takes = takesOf(fields.get('takes'), problems);
  const variables = variablesOf(fields.get('vars'), problems);
  findUnresolved(prompt, fields, variables, problems);
  // One more than may be made, to detect that there are too many.
  const sets = combinations(variables, MOST_VIDEOS + 1);
  const count = sets.length * takes;
  if (count > MOST_VIDEOS) {
    const span = (fields.get('vars') ?? fields.get('takes'))?.name ?? section.headingSpan;
    problems.push({ kind: 'tooMany', span, text: String(count) });
  }
  const isValid = isWhole && problems.slice(before).every(isWarning);
  return {
    heading: section.heading,
    headingSpan: section.headingSpan,
    settings: section.settings,
    promptSpan,
    fields,
    variables,
    draft: { ...Object.fromEntries(sentFields(fields)), prompt: prompt.text },
    takes,
    videos: isValid ? videosOf(prompt.text, fields, sets, takes) : [],
  };
}

function isWarning({ kind }: ShotProblem): boolean {
  return WARNINGS.has(kind);
}

/** Blocks of settings in a prompt, by their first lines. */
function findLateSettings(text: string, { body }: Section, problems: ShotProblem[]): void {
  for (const { index, 0: fence } of text.slice(body.start, body.end).matchAll(LATE_SETTINGS)) {
    const start = body.start + index;
    problems.push({ kind: 'late', span: firstLineOf(text, { start, end: start + fence.length }), text: '' });
  }
}

function takesOf(field: Field | undefined, problems: ShotProblem[]): number {
  const takes = field?.value ?? 1;
  if (typeof takes === 'number' && Number.isInteger(takes) && takes >= 1 && takes <= MOST_TAKES) {
    return takes;
  }
  if (field) {
    problems.push({ kind: 'takes', span: field.span, text: '' });
  }
  return 1;
}

function variablesOf(field: Field | undefined, problems: ShotProblem[]): Variables {
  if (!field) {
    return new Map();
  }
  const { variables, invalid } = readVariables(field.value ?? {});
  problems.push(...invalid.map(text => ({ kind: 'vars', span: field.span, text }) as const));
  for (const [name, values] of variables) {
    if (values.some(text => variablesUsed(text).length > 0)) {
      problems.push({ kind: 'nested', span: field.span, text: name });
    }
  }
  return variables;
}

/** Each variable in the prompt or in a field that nothing stands for, where it is written. */
function findUnresolved(
  prompt: Prompt,
  fields: ReadonlyMap<string, Field>,
  variables: Variables,
  problems: ShotProblem[],
): void {
  for (const { name, start, end } of variablesUsed(prompt.text)) {
    if (!variables.has(name)) {
      const span = { start: prompt.placeOf(start), end: prompt.placeOf(end - 1) + 1 };
      problems.push({ kind: 'unresolved', span, text: name });
    }
  }
  for (const [name, field] of fields) {
    if (name !== 'vars') {
      for (const used of textsIn(field.value).flatMap(variablesUsed)) {
        if (!variables.has(used.name)) {
          problems.push({ kind: 'unresolved', span: field.span, text: used.name });
        }
      }
    }
  }
}

/** The texts of a field in which variables are filled in. */
function textsIn(value: unknown): string[] {
  return [value].flat().filter(one => typeof one === 'string');
}

function videosOf(
  prompt: string,
  fields: ReadonlyMap<string, Field>,
  sets: readonly Record<string, string>[],
  takes: number,
): ShotVideo[] {
  const sent = sentFields(fields);
  return sets.flatMap(variables => {
    const request = {
      ...Object.fromEntries(sent.map(([name, value]) => [name, filled(value, variables)])),
      prompt: filledText(prompt, variables),
    };
    return Array.from({ length: takes }, (_, index) => ({ request, variables, take: index + 1 }));
  });
}

/** The fields of a request, as they are written. */
function sentFields(fields: ReadonlyMap<string, Field>): [name: string, value: unknown][] {
  const own = new Set<string>(SHOT_FIELDS);
  return [...fields]
    .filter(([name]) => !own.has(name) && name !== 'prompt')
    .map(([name, { value }]) => [name, asList(name, value)]);
}

/** One image stands for a list of one; of frames, there is only one. */
export function asList(name: string, value: unknown): unknown {
  if ((REFERENCE_FIELDS as readonly string[]).includes(name)) {
    return typeof value === 'string' ? [value] : value;
  }
  return (FRAME_FIELDS as readonly string[]).includes(name) && Array.isArray(value) && value.length === 1
    ? (value[0] as unknown)
    : value;
}

function firstLineOf(text: string, { start, end }: Span): Span {
  const line = text.slice(start, end).search(/[\r\n]/);
  return { start, end: line < 0 ? end : start + line };
}
