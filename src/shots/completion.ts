import {
  CompletionItem,
  CompletionItemKind,
  l10n,
  MarkdownString,
  SnippetString,
  type CompletionItemProvider,
  type Position,
  type Range,
  type TextDocument,
} from 'vscode';
import { FAMILIES, PARAMETERS, type Model } from '../gateway/models.ts';
import { placeInDefaults } from './defaults.ts';
import { fieldNamesOf } from './fieldNames.ts';
import { allowedText, fieldText } from './fieldText.ts';
import { IMAGE_FIELDS } from './images.ts';
import { imageFiles } from './imageFiles.ts';
import { placeAt, type Place } from './place.ts';
import { rangeOf } from './ranges.ts';
import type { ShotServices } from './services.ts';
import { isDefaultsDocument, type ShotDocuments } from './shotDocuments.ts';
import { yamlText } from './textEdits.ts';

/** What starts suggestions besides letters. */
export const COMPLETION_SIGNS = ['{', ':', ' ', '/', '[', ','] as const;

/** Suggests the names of fields, their values, image files and variables. */
export class Completion implements CompletionItemProvider {
  private readonly documents: ShotDocuments;
  private readonly services: ShotServices;

  constructor(documents: ShotDocuments, services: ShotServices) {
    this.documents = documents;
    this.services = services;
  }

  async provideCompletionItems(document: TextDocument, position: Position): Promise<CompletionItem[]> {
    const offset = document.offsetAt(position);
    const text = document.getText();
    if (isDefaultsDocument(document)) {
      const { place, model, taken } = placeInDefaults(text, offset, this.services.modelOf);
      return place ? this.itemsAt(document, place, model, taken, []) : [];
    }
    const read = this.documents.read(document);
    const place = placeAt(text, offset, read.file);
    if (!place) {
      return [];
    }
    const shot = read.file.shots[place.kind === 'empty' ? 0 : place.shot];
    const model = shot?.fields.get('model')?.value;
    return this.itemsAt(
      document,
      place,
      typeof model === 'string' ? this.services.modelOf(model.trim()) : undefined,
      namesIn(document, offset),
      [...(shot?.variables ?? [])],
    );
  }

  private async itemsAt(
    document: TextDocument,
    place: Place,
    model: Model | undefined,
    taken: ReadonlySet<string>,
    variables: readonly (readonly [name: string, values: readonly string[]])[],
  ): Promise<CompletionItem[]> {
    const range = rangeOf(document, place.span);
    switch (place.kind) {
      case 'empty':
        return this.wholeShots(range);
      case 'name':
        return nameItems(range, model, taken, place.hasColon);
      case 'variable':
        return variables.map(([name, values]) => {
          const item = itemAt(range, name, CompletionItemKind.Variable, place.isClosed ? name : `${name}}}`);
          item.detail = values.join(', ');
          return item;
        });
      case 'value':
        return led(place.lead, await this.valueItems(document, range, place.field, place.isItem, model));
    }
  }

  private async valueItems(
    document: TextDocument,
    range: Range,
    field: string,
    isItem: boolean,
    model: Model | undefined,
  ): Promise<CompletionItem[]> {
    if (IMAGE_FIELDS.includes(field)) {
      const files = await imageFiles(document.uri);
      return files.map((path, index) => {
        const item = itemAt(range, path, CompletionItemKind.File, yamlText(path));
        item.sortText = String(index).padStart(4, '0');
        item.filterText = `${path} ${yamlText(path)}`;
        return item;
      });
    }
    if (isItem) {
      return [];
    }
    switch (field) {
      case 'model':
        return this.modelItems(range);
      case 'family':
        return FAMILIES.map(family => itemAt(range, family, CompletionItemKind.EnumMember, family));
      case 'takes':
        return [1, 2, 3, 4].map(takes =>
          itemAt(range, String(takes), CompletionItemKind.Value, String(takes)),
        );
      default:
        return parameterItems(range, field, model, this.services.models());
    }
  }

  private modelItems(range: Range): CompletionItem[] {
    const { models, texts } = this.services;
    return models().map(({ id }, index) => {
      const item = itemAt(range, id, CompletionItemKind.EnumMember, id);
      item.label = { label: id, description: texts.modelName(id) };
      item.filterText = `${id} ${texts.modelName(id)}`;
      item.sortText = String(index).padStart(3, '0');
      return item;
    });
  }

  /** A whole shot file, to begin with. */
  private wholeShots(range: Range): CompletionItem[] {
    const ids = this.services.models().map(({ id }) => id);
    const model = `\${1|${ids.join(',')}|}`;
    const prompt = l10n.t('Describe the shot: subject, action, camera, light, audio.');
    const one = itemAt(range, 'shot', CompletionItemKind.Snippet);
    one.insertText = new SnippetString(
      `---\nmodel: ${model}\naspect_ratio: \${2|16:9,9:16|}\n---\n\${0:${prompt}}\n`,
    );
    one.detail = l10n.t('One shot');
    const several = itemAt(range, 'shots', CompletionItemKind.Snippet);
    several.insertText = new SnippetString(
      `---\nmodel: ${model}\naspect_ratio: \${2|16:9,9:16|}\n---\n\n## \${3:${l10n.t('Opening')}}\n\n\${4:${prompt}}\n\n## \${5:${l10n.t('Close-up')}}\n\n\`\`\`yaml\ntakes: 2\n\`\`\`\n\n\${0:${prompt}}\n`,
    );
    several.detail = l10n.t('Several shots in one file');
    return [one, several];
  }
}

/** With what must stand before each of them. */
function led(lead: string, items: CompletionItem[]): CompletionItem[] {
  for (const item of items) {
    if (lead !== '' && typeof item.insertText === 'string') {
      item.insertText = lead + item.insertText;
    }
  }
  return items;
}

function nameItems(
  range: Range,
  model: Model | undefined,
  taken: ReadonlySet<string>,
  hasColon: boolean,
): CompletionItem[] {
  return (
    fieldNamesOf(model)
      // Of two names of the same list, the newer.
      .filter(name => !taken.has(name) && name !== 'input_reference')
      .map((name, index) => {
        const item = itemAt(range, name, CompletionItemKind.Property);
        item.insertText = hasColon ? name : insertFor(name);
        item.sortText = String(index).padStart(3, '0');
        const lines = [fieldText(name), model && allowedText(name, model)].filter(line => line !== undefined);
        item.documentation = new MarkdownString(lines.join('\n\n'));
        if (!hasColon && hasValues(name)) {
          item.command = { command: 'editor.action.triggerSuggest', title: '' };
        }
        return item;
      })
  );
}

function insertFor(name: string): string | SnippetString {
  if (name === 'vars') {
    return new SnippetString('vars: { ${1:time}: [${2:dawn}, ${3:dusk}] }');
  }
  return name === 'image_urls' || name === 'input_reference'
    ? new SnippetString(`${name}: [$1]`)
    : `${name}: `;
}

function hasValues(name: string): boolean {
  return name !== 'vars';
}

function parameterItems(
  range: Range,
  field: string,
  model: Model | undefined,
  models: readonly Model[],
): CompletionItem[] {
  const parameter = PARAMETERS.find(one => one === field);
  if (!parameter) {
    return [];
  }
  const rules = (model ? [model] : models).flatMap(({ parameters }) => parameters[parameter] ?? []);
  const [first] = rules;
  const values = new Set(rules.flatMap(rule => [...rule.values, ...(rule.disputed ?? [])]));
  return [...values].map((value, index) => {
    const item = itemAt(range, String(value), CompletionItemKind.Value, yamlText(value));
    item.sortText = String(index).padStart(3, '0');
    const isDisputed = model !== undefined && (first?.disputed ?? []).includes(value);
    const detail = isDisputed
      ? l10n.t('may not be accepted')
      : value === first?.default
        ? l10n.t('default')
        : '';
    if (detail !== '' && model) {
      item.detail = detail;
    }
    return item;
  });
}

function itemAt(range: Range, label: string, kind: CompletionItemKind, insert = label): CompletionItem {
  const item = new CompletionItem(label, kind);
  item.range = range;
  item.insertText = insert;
  return item;
}

/** The names that stand in the block around an offset: those of other blocks may be set anew. */
function namesIn(document: TextDocument, offset: number): Set<string> {
  const here = document.positionAt(offset).line;
  const names = new Set<string>();
  const look = (from: number, by: 1 | -1): void => {
    for (let line = from; line >= 0 && line < document.lineCount && Math.abs(line - here) < 300; line += by) {
      const { text } = document.lineAt(line);
      if (/^\s*(?:---|\.\.\.|`{3}|~{3})/.test(text)) {
        return;
      }
      const name = /^([\w-]+)[ \t]*:/.exec(text)?.[1];
      if (name !== undefined) {
        names.add(name);
      }
    }
  };
  look(here - 1, -1);
  look(here + 1, 1);
  return names;
}
