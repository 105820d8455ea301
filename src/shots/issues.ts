import { inspect } from 'node:util';
import { FAMILIES, type Model } from '../gateway/models.ts';
import { checkRequest, isError, type Problem, type VideoRequest } from '../making/request.ts';
import type { Field, SettingsProblem } from '../making/settingsText.ts';
import { readShotFile, WARNINGS, type Shot, type ShotFile, type ShotProblem } from '../making/shotFile.ts';
import type { Span } from '../making/shotText.ts';

/** What is wrong, or may be, in a shot file. */
export interface Issue {
  /** What people and settings know its kind by. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly span: Span;
  /** The shots that it holds for, by their numbers. */
  readonly shots: readonly number[];
  readonly what: IssueSubject;
  /**
   * Where the field that it is about stands, if not at the span: in the folder's `shots.yaml`, or at the top of the file, where it is right
   * for other shots.
   */
  readonly inheritedFrom: 'folder' | 'file' | undefined;
}

export type IssueSubject =
  | { readonly from: 'file'; readonly problem: ShotProblem }
  | { readonly from: 'request'; readonly problem: Problem; readonly model: string }
  | { readonly from: 'model'; readonly kind: 'unknownModel' | 'noFamily'; readonly model: string }
  | { readonly from: 'field'; readonly kind: 'family' | 'promptField'; readonly field: string };

/** A shot file as the editor knows it. */
export interface ReadShots {
  readonly text: string;
  readonly file: ShotFile;
  /** In the order of the text. */
  readonly issues: readonly Issue[];
}

/** The most issues that are reported for one file: VS Code shows no more. */
const MOST_ISSUES = 1_000;

/** Of so many combinations of a shot's variables each is checked: with more of them, the others go wrong in the same way. */
const MOST_CHECKED = 20;

/**
 * Reads a shot file, with all that is wrong in it; never throws. `defaults`: the fields of the folder's `shots.yaml`, and what is wrong there:
 * with fields that could not be read, other videos would be made than are meant.
 */
export function readShots(
  text: string,
  defaults: ReadonlyMap<string, Field>,
  modelOf: (id: string) => Model | undefined,
  defaultProblems: readonly SettingsProblem[] = [],
): ReadShots {
  // They stand in another file.
  const nowhere = { start: 0, end: 0 };
  const inherited = new Map(
    [...defaults].map(([name, field]) => [name, { ...field, name: nowhere, span: nowhere, items: [] }]),
  );
  const file = readShotFile(text, inherited);
  const first = firstLineOf(text);
  const isInherited = (field: Field | undefined): boolean =>
    field !== undefined && inherited.get(nameIn(inherited, field)) === field;
  const found = new Map<string, Issue>();
  const add = (issue: Issue): void => {
    const { start, end } = issue.span;
    // What stands in a file may refer to itself, which JSON cannot.
    const key = `${start} ${end} ${inspect(issue.what, { depth: 2, maxStringLength: 500 })}`;
    const known = found.get(key);
    found.set(key, known ? { ...known, shots: [...known.shots, ...issue.shots] } : issue);
  };
  for (const { kind, text: words } of defaultProblems) {
    add({
      code: kind,
      severity: 'error',
      span: first,
      shots: [...file.shots.keys()],
      what: { from: 'file', problem: { kind, span: first, text: words } },
      inheritedFrom: 'folder',
    });
  }
  for (const problem of file.problems) {
    const isElsewhere = problem.span.end === 0 && ABOUT_FIELDS.has(problem.kind);
    add({
      code: codeOf({ from: 'file', problem }),
      severity: WARNINGS.has(problem.kind) ? 'warning' : 'error',
      span: isElsewhere ? first : problem.span,
      shots: shotsAt(file, problem.span, isElsewhere),
      what: { from: 'file', problem },
      inheritedFrom: isElsewhere ? 'folder' : undefined,
    });
  }
  for (const [index, shot] of file.shots.entries()) {
    if (found.size > MOST_ISSUES) {
      break;
    }
    for (const subject of subjectsOf(shot, modelOf)) {
      const { field, span } = placeOf(subject, shot, file, first);
      add({
        code: codeOf(subject),
        severity: severityOf(subject),
        span: isInherited(field) ? first : span,
        shots: [index],
        what: subject,
        inheritedFrom: isInherited(field) ? 'folder' : undefined,
      });
    }
  }
  const issues = [...found.values()]
    .flatMap(issue => whereItMatters(issue, file))
    .sort((a, b) => a.span.start - b.span.start);
  return { text, file, issues: issues.slice(0, MOST_ISSUES) };
}

/** What stands at the top, and is right for other shots, is shown in those that it is wrong for. */
function whereItMatters(issue: Issue, { frontMatter, shots }: ShotFile): Issue[] {
  const { what, span } = issue;
  const isAtTop = frontMatter !== null && span.start >= frontMatter.start && span.end <= frontMatter.end;
  if (!isAtTop || what.from !== 'request') {
    return [issue];
  }
  const fieldIn = (shot: Shot | undefined): number | undefined =>
    shot?.fields.get(what.problem.field)?.name.start;
  const field = fieldIn(shots[issue.shots[0] ?? 0]);
  if (field === undefined || shots.filter(shot => fieldIn(shot) === field).length === issue.shots.length) {
    return [issue];
  }
  return issue.shots.flatMap(number => {
    const shot = shots[number];
    const model = shot?.fields.get('model');
    const isOwn =
      shot?.settings &&
      model &&
      model.name.start >= shot.settings.start &&
      model.name.end <= shot.settings.end;
    return shot
      ? [
          {
            ...issue,
            span: isOwn ? visible(model) : shot.headingSpan,
            shots: [number],
            inheritedFrom: 'file' as const,
          },
        ]
      : [];
  });
}

/** The issues that keep a shot from being made. */
export function errorsOf({ issues }: ReadShots, shot: number): Issue[] {
  return issues.filter(({ severity, shots }) => severity === 'error' && shots.includes(shot));
}

function nameIn(fields: ReadonlyMap<string, Field>, field: Field): string {
  for (const [name, one] of fields) {
    if (one === field) {
      return name;
    }
  }
  return '';
}

/** What can be wrong with a field, and so with one of the folder's. */
const ABOUT_FIELDS: ReadonlySet<string> = new Set(['takes', 'vars', 'nested', 'unresolved', 'tooMany']);

/** The shots that something in the text is about: the one that it stands in, or all that it keeps from being made. */
function shotsAt({ shots }: ShotFile, { start }: Span, isElsewhere: boolean): number[] {
  const index = shots.findLastIndex(({ headingSpan }) => headingSpan.start <= start);
  return index < 0 || shots.length === 1 || isElsewhere
    ? [...shots.keys()].filter(number => shots[number]?.videos.length === 0)
    : [index];
}

function codeOf(subject: IssueSubject): string {
  return subject.from === 'request' || subject.from === 'file' ? subject.problem.kind : subject.kind;
}

function severityOf(subject: IssueSubject): Issue['severity'] {
  switch (subject.from) {
    case 'request':
      return isError(subject.problem) ? 'error' : 'warning';
    case 'model':
      return subject.kind === 'noFamily' ? 'error' : 'information';
    case 'field':
      return subject.kind === 'family' ? 'error' : 'warning';
    case 'file':
      return 'error';
  }
}

/** What is wrong with what would be sent for a shot. */
function subjectsOf(shot: Shot, modelOf: (id: string) => Model | undefined): IssueSubject[] {
  const subjects: IssueSubject[] = [];
  if (shot.fields.has('prompt')) {
    subjects.push({ from: 'field', kind: 'promptField', field: 'prompt' });
  }
  const family = shot.fields.get('family');
  const isFamily = FAMILIES.some(one => one === family?.value);
  if (family && !isFamily) {
    subjects.push({ from: 'field', kind: 'family', field: 'family' });
  }
  for (const request of requestsOf(shot)) {
    const name = typeof request.model === 'string' ? request.model.trim() : '';
    const model = modelOf(name);
    if (name !== '' && !model) {
      const hasFamily = family !== undefined || FAMILIES.some(one => name.toLowerCase().startsWith(one));
      subjects.push({ from: 'model', kind: hasFamily ? 'unknownModel' : 'noFamily', model: name });
    }
    for (const problem of checkRequest(request, model, { allowsFiles: true })) {
      // The file's own problem says so.
      const isSaid = problem.field === 'prompt' && problem.kind === 'missing' && isEmpty(shot.promptSpan);
      if (!isSaid) {
        subjects.push({ from: 'request', problem, model: name });
      }
    }
  }
  return subjects;
}

/** The requests to check: one for each combination of variables; of a shot with errors, what of it needs no variables. */
function requestsOf({ videos, draft, variables }: Shot): VideoRequest[] {
  const fixed = Object.fromEntries(Object.entries(draft).filter(([, value]) => !hasVariable(value)));
  const isFixed = Object.entries(draft).every(([name, value]) => name === 'prompt' || !hasVariable(value));
  if (videos.length === 0) {
    // That it lacks what is only filled in is not said.
    const filledIn = Object.keys(draft).filter(name => !(name in fixed));
    return filledIn.includes('model') ? [] : [{ ...fixed, prompt: 'x' }];
  }
  const first = videos.filter(({ take }) => take === 1).map(({ request }) => request);
  const hasEmpty = [...variables.values()].some(values => values.some(value => value.trim() === ''));
  return first.slice(0, isFixed && !hasEmpty ? 1 : MOST_CHECKED);
}

function hasVariable(value: unknown): boolean {
  return [value].flat().some(one => typeof one === 'string' && one.includes('{{'));
}

function isEmpty({ start, end }: Span): boolean {
  return end <= start;
}

/** Where something about a shot is shown: at the value, at one of its items, at a name that must not be there, else at the top. */
function placeOf(
  subject: IssueSubject,
  shot: Shot,
  file: ShotFile,
  first: Span,
): { field: Field | undefined; span: Span } {
  const top = file.frontMatter ? first : shot.headingSpan;
  const name = fieldOf(subject);
  const field = shot.fields.get(name);
  if (subject.from === 'request') {
    const { kind, index, field: of } = subject.problem;
    if (of === 'prompt') {
      return { field: undefined, span: isEmpty(shot.promptSpan) ? shot.headingSpan : shot.promptSpan };
    }
    if (field && kind === 'notTaken') {
      return { field, span: field.name };
    }
    const item = index === undefined ? undefined : field?.items[index];
    return { field, span: field ? (item ?? visible(field)) : modelPlace(shot, top) };
  }
  return { field, span: field ? (subject.from === 'field' ? field.name : visible(field)) : top };
}

/** A field without a value is shown by its name. */
function visible({ name, span }: Field): Span {
  return isEmpty(span) ? name : span;
}

/** A field that is not there is missed where the model is chosen. */
function modelPlace({ fields }: Shot, top: Span): Span {
  const model = fields.get('model');
  return model && model.span.end > 0 ? visible(model) : top;
}

function fieldOf(subject: IssueSubject): string {
  switch (subject.from) {
    case 'request':
      return subject.problem.field;
    case 'model':
      return 'model';
    case 'field':
      return subject.field;
    case 'file':
      return '';
  }
}

function firstLineOf(text: string): Span {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const end = text.slice(start).search(/[\r\n]/);
  return { start, end: end < 0 ? text.length : start + end };
}
