import { l10n } from 'vscode';
import { FAMILIES } from '../gateway/models.ts';
import type { Problem } from '../making/request.ts';
import type { Field } from '../making/settingsText.ts';
import { MOST_TAKES, type ShotProblem } from '../making/shotFile.ts';
import { closing } from './blockEnd.ts';
import { change, changeValue, fieldOf, removal, rename, type Fix, type FixModels } from './fieldFixes.ts';
import { isKnown } from './fieldNames.ts';
import type { Issue, ReadShots } from './issues.ts';
import { nearestName, nearestValues } from './nearest.ts';
import { setShotField } from './shotField.ts';
import { lineEndOf, setField } from './textEdits.ts';
import { variableFixes } from './variableFixes.ts';

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
    case 'notTaken': {
      const renaming = rename(read, issue, field, models);
      return [...renaming, ...removal(read, field, isKnown(problem.field) && renaming.length === 0)];
    }
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
    case 'nested':
    case 'tooMany':
    case 'empty':
    case 'late':
    case 'preamble':
      return [];
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

function fieldsIn({ shots }: ReadShots['file']): Field[] {
  return shots.flatMap(({ fields }) => [...fields.values()]);
}
