import { l10n } from 'vscode';
import { FAMILIES, FRAME_FIELDS, PARAMETERS, REFERENCE_FIELDS, type Model } from '../gateway/models.ts';
import type { Problem } from '../making/request.ts';
import type { Field } from '../making/settingsText.ts';
import { MOST_TAKES, SHOT_FIELDS, type ShotProblem } from '../making/shotFile.ts';
import type { Span } from '../making/shotText.ts';
import type { Issue, ReadShots } from './issues.ts';
import { nearestName, nearestValues } from './nearest.ts';
import { setShotField } from './shotField.ts';
import { endOfLine, lineEndOf, removeField, setField, yamlText, type Edit } from './textEdits.ts';

/** A change that removes an issue. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Whether it is the one that is probably meant. */
  readonly isPreferred: boolean;
}

/** What fixes need to know of models. */
export interface FixModels {
  readonly all: readonly Model[];
  readonly nameOf: (model: string) => string;
}

/** So many allowed values are offered: those nearest to what was written. */
const MOST_VALUES = 3;

/** The changes that remove an issue, the likeliest first; never throws. All else in the text stays as it is. */
export function fixesOf(read: ReadShots, issue: Issue, models: FixModels): Fix[] {
  const { what } = issue;
  switch (what.from) {
    case 'file':
      return fileFixes(read, issue, what.problem);
    case 'request':
      return requestFixes(read, issue, what.problem, models);
    case 'model':
      return modelFixes(read, issue, what.model, what.kind === 'noFamily', models);
    case 'field': {
      const field = fieldOf(read, issue, what.field);
      return what.kind === 'family'
        ? FAMILIES.flatMap(family => changeValue(read, issue, 'family', family, false))
        : removal(read, field, true);
    }
  }
}

function requestFixes(read: ReadShots, issue: Issue, problem: Problem, models: FixModels): Fix[] {
  const field = fieldOf(read, issue, problem.field);
  if (issue.inheritedFrom === 'file' && (problem.kind === 'notTaken' || problem.kind === 'excludes')) {
    // A field without a value is as good as none.
    const edits = [setShotField(read, issue.shots[0] ?? 0, problem.field, '')];
    return [{ title: l10n.t('Remove {0} from this shot', problem.field), edits, isPreferred: true }];
  }
  switch (problem.kind) {
    case 'missing':
      return problem.field === 'model' ? chooseModel(read, issue, models) : [];
    case 'notAllowed':
    case 'disputed':
      return nearestValues(problem.value, problem.allowed)
        .slice(0, MOST_VALUES)
        .flatMap((value, index) => changeValue(read, issue, problem.field, value, index === 0));
    case 'notTaken':
      return [...rename(read, issue, field, models), ...removal(read, field, isKnown(problem.field))];
    case 'excludes':
    case 'needs': {
      const other = fieldOf(read, issue, problem.other);
      return [
        ...removal(read, field, true),
        ...(problem.kind === 'excludes' ? removal(read, other, false) : []),
      ];
    }
    case 'unproven':
    case 'notText':
    case 'notList':
    case 'notSendable':
    case 'tooMany':
    case 'localFile':
    case 'privateLink':
    case 'password':
    case 'notLink':
    case 'noData':
    case 'tooLarge':
      return [];
  }
}

function fileFixes({ text, file }: ReadShots, issue: Issue, problem: ShotProblem): Fix[] {
  const end = lineEndOf(text);
  switch (problem.kind) {
    case 'takes': {
      const wanted = Number(text.slice(issue.span.start, issue.span.end));
      const takes = Math.min(MOST_TAKES, Math.max(1, Math.round(wanted) || 1));
      return issue.inheritedFrom ? [] : [change(issue.span, String(takes), true)];
    }
    case 'unresolved':
      return variableFixes({ text, file }, issue, problem.text);
    case 'unclosed':
      return [
        { title: l10n.t('Add the missing end'), edits: [closing(text, issue.span, end)], isPreferred: true },
      ];
    case 'duplicate': {
      const field = fieldsIn(file).find(one => one.name.start === issue.span.start);
      return removal({ text }, field, true);
    }
    case 'yaml':
    case 'notFields':
    case 'tooLarge':
    case 'vars':
    case 'tooMany':
    case 'empty':
    case 'preamble':
      return [];
  }
}

/** A variable that nothing stands for is another that was mistyped, or is still to be given values. */
function variableFixes({ text, file }: Pick<ReadShots, 'text' | 'file'>, issue: Issue, name: string): Fix[] {
  const shot = file.shots[issue.shots[0] ?? 0];
  const written = text.slice(issue.span.start, issue.span.end);
  const near = nearestName(name, shot?.variables.keys() ?? []);
  const isAlone = /^\{\{[^{}]*\}\}$/.test(written);
  const fixes = near !== undefined && isAlone ? [change(issue.span, `{{${near}}}`, true)] : [];
  if (/^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(name)) {
    const edit = addVariable(text, file, shot?.fields.get('vars'), name);
    if (edit) {
      // Without values it remains an error: nothing is sent that nobody wrote.
      fixes.push({
        title: l10n.t('Add the variable {0}', name),
        edits: [edit],
        isPreferred: near === undefined,
      });
    }
  }
  return fixes;
}

function addVariable(
  text: string,
  file: ReadShots['file'],
  vars: Field | undefined,
  name: string,
): Edit | undefined {
  if (!vars || vars.span.end === 0) {
    return setField(text, file, 'vars', `{ ${yamlText(name)}: [] }`);
  }
  const value = text.slice(vars.span.start, vars.span.end);
  if (value.startsWith('{')) {
    const at = vars.span.start + value.lastIndexOf('}');
    const isFirst = /^\{\s*\}$/.test(value);
    const before = /\s$/.test(text.slice(vars.span.start, at))
      ? at - (/\s*$/.exec(text.slice(vars.span.start, at))?.[0].length ?? 0)
      : at;
    return { span: { start: before, end: at }, text: `${isFirst ? ' ' : ', '}${yamlText(name)}: [] ` };
  }
  if (typeof vars.value !== 'object' || vars.value === null) {
    return vars.value === null && value.trim() === ''
      ? { span: { start: vars.name.end + 1, end: vars.name.end + 1 }, text: ` { ${yamlText(name)}: [] }` }
      : undefined;
  }
  // A block: the new one stands above the first, as deep as it.
  const indent = /[^\r\n]*$/.exec(text.slice(0, vars.span.start))?.[0] ?? '';
  return indent.trim() === ''
    ? {
        span: { start: vars.span.start, end: vars.span.start },
        text: `${yamlText(name)}: []${lineEndOf(text)}${indent}`,
      }
    : undefined;
}

/** What a block lacks at its end: a front matter ends where its fields do. */
function closing(text: string, { start, end }: Span, lineEnd: string): Edit {
  const opening = text.slice(start, end);
  if (opening.startsWith('<!--')) {
    const at = endOfLine(text, start);
    return { span: { start: at, end: at }, text: ' -->' };
  }
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(opening)?.[1] ?? '---';
  let at = endOfLine(text, start);
  for (;;) {
    const next = /^(?:\r\n|\n|\r)([^\r\n]*)/.exec(text.slice(at, at + 2_000));
    const isField = next && /^(?:[\w-]+[ \t]*:(?:[ \t]|$)|[ \t]+\S|-[ \t]|#)/.test(next[1] ?? '');
    if (!next || !isField) {
      return { span: { start: at, end: at }, text: `${lineEnd}${fence}` };
    }
    at += next[0].length;
  }
}

function modelFixes(
  read: ReadShots,
  issue: Issue,
  model: string,
  lacksFamily: boolean,
  models: FixModels,
): Fix[] {
  const near = nearestName(
    model,
    models.all.map(({ id }) => id),
  );
  const fixes = near === undefined ? [] : changeValue(read, issue, 'model', near, true);
  return lacksFamily
    ? [
        ...fixes,
        ...FAMILIES.map(family => ({
          title: l10n.t('Set {0}: {1}', 'family', family),
          edits: [setField(read.text, read.file, 'family', family)],
          isPreferred: false,
        })),
      ]
    : fixes;
}

function chooseModel(read: ReadShots, issue: Issue, models: FixModels): Fix[] {
  return models.all.flatMap(({ id }, index) =>
    changeValue(read, issue, 'model', id, index === 0, l10n.t('Use {0}', models.nameOf(id))),
  );
}

/** Another value for a field; one that the file itself does not say is set in it. */
function changeValue(
  read: ReadShots,
  issue: Issue,
  name: string,
  value: string | number,
  isPreferred: boolean,
  title?: string,
): Fix[] {
  const field = fieldOf(read, issue, name);
  const text = yamlText(value);
  if (issue.inheritedFrom === 'file') {
    return [
      {
        title: title ?? l10n.t('Set {0}: {1}', name, text),
        edits: [setShotField(read, issue.shots[0] ?? 0, name, text)],
        isPreferred,
      },
    ];
  }
  if (!field || field.span.end === 0) {
    const edits = [setField(read.text, read.file, name, text)];
    return [{ title: title ?? l10n.t('Set {0}: {1}', name, text), edits, isPreferred }];
  }
  // A name without a value is followed by a colon.
  const isBare = field.span.end <= field.name.end || field.span.end === field.span.start;
  const edit = isBare
    ? { span: { start: field.name.end + 1, end: field.name.end + 1 }, text: ` ${text}` }
    : { span: field.span, text };
  return [{ title: title ?? l10n.t('Change to {0}', text), edits: [edit], isPreferred }];
}

function change(span: Span, text: string, isPreferred: boolean): Fix {
  return { title: l10n.t('Change to {0}', text), edits: [{ span, text }], isPreferred };
}

function removal({ text }: Pick<ReadShots, 'text'>, field: Field | undefined, isPreferred: boolean): Fix[] {
  const edit = field && field.name.end > 0 ? removeField(text, field) : undefined;
  return edit && field
    ? [
        {
          title: l10n.t('Remove {0}', text.slice(field.name.start, field.name.end)),
          edits: [edit],
          isPreferred,
        },
      ]
    : [];
}

/** A name that no model knows was probably mistyped. */
function rename(read: ReadShots, issue: Issue, field: Field | undefined, models: FixModels): Fix[] {
  const shot = read.file.shots[issue.shots[0] ?? 0];
  if (!field || field.name.end === 0 || !shot) {
    return [];
  }
  const name = read.text.slice(field.name.start, field.name.end);
  const model = models.all.find(({ id }) => id === shot.fields.get('model')?.value);
  const free = [...fieldNamesOf(model)].filter(one => !shot.fields.has(one));
  const near = isKnown(name) ? undefined : nearestName(name, free);
  return near === undefined
    ? []
    : [
        {
          title: l10n.t('Rename to {0}', near),
          edits: [{ span: field.name, text: near }],
          isPreferred: true,
        },
      ];
}

/** The names of fields that a model takes, with those that say how a shot is made; of a model that nobody knows, all. */
export function fieldNamesOf(model: Model | undefined): string[] {
  const parameters = model ? PARAMETERS.filter(name => model.parameters[name]) : PARAMETERS;
  return [
    'model',
    ...parameters,
    ...(model?.frames === 'none' ? [] : FRAME_FIELDS),
    ...(model?.reference === null ? [] : REFERENCE_FIELDS),
    ...SHOT_FIELDS.filter(name => name !== 'family' || !model),
  ];
}

function isKnown(name: string): boolean {
  return fieldNamesOf(undefined).includes(name);
}

function fieldOf({ file }: ReadShots, { shots }: Issue, name: string): Field | undefined {
  return file.shots[shots[0] ?? 0]?.fields.get(name);
}

function fieldsIn({ shots }: ReadShots['file']): Field[] {
  return shots.flatMap(({ fields }) => [...fields.values()]);
}
