import { l10n } from 'vscode';
import type { Model } from '../gateway/models.ts';
import type { Field } from '../making/settingsText.ts';
import type { Span } from '../making/shotText.ts';
import { fieldNamesOf, isKnown } from './fieldNames.ts';
import type { Issue, ReadShots } from './issues.ts';
import { nearestName } from './nearest.ts';
import { setShotField } from './shotField.ts';
import { removeField, setField, yamlText, type Edit } from './textEdits.ts';

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

/** Another value for a field; one that the file itself does not say is set in it. */
export function changeValue(
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

export function change(span: Span, text: string, isPreferred: boolean): Fix {
  return { title: l10n.t('Change to {0}', text), edits: [{ span, text }], isPreferred };
}

export function removal(
  { text }: Pick<ReadShots, 'text'>,
  field: Field | undefined,
  isPreferred: boolean,
): Fix[] {
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
export function rename(read: ReadShots, issue: Issue, field: Field | undefined, models: FixModels): Fix[] {
  const shot = read.file.shots[issue.shots[0] ?? 0];
  if (!field || field.name.end === 0 || !shot) {
    return [];
  }
  const name = read.text.slice(field.name.start, field.name.end);
  const model = models.all.find(({ id }) => id === shot.fields.get('model')?.value);
  const free = [...fieldNamesOf(model)].filter(one => !shot.fields.has(one));
  // Of the two names of one list, the model may accept only the other.
  const isOtherName = name === 'input_reference' && free.includes('image_urls');
  const near = isOtherName ? 'image_urls' : isKnown(name) ? undefined : nearestName(name, free);
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

/** The field of the first shot that an issue is about. */
export function fieldOf({ file }: ReadShots, { shots }: Issue, name: string): Field | undefined {
  return file.shots[shots[0] ?? 0]?.fields.get(name);
}
