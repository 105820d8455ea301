import { l10n } from 'vscode';
import type { Field } from '../making/settingsText.ts';
import { change, type Fix } from './fieldFixes.ts';
import type { Issue, ReadShots } from './issues.ts';
import { nearestName } from './nearest.ts';
import { lineEndOf, setField, yamlText, type Edit } from './textEdits.ts';

/** A variable that nothing stands for is another that was mistyped, or is still to be given values. */
export function variableFixes(
  { text, file }: Pick<ReadShots, 'text' | 'file'>,
  issue: Issue,
  name: string,
): Fix[] {
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
