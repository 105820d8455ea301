import { isMap, isScalar, isSeq, parseDocument, type Pair } from 'yaml';
import type { Span } from './shotText.ts';

/** One field as it was written: what it is worth, and where name and value stand. */
export interface Field {
  readonly value: unknown;
  readonly name: Span;
  readonly span: Span;
  /** Where each item of a list stands; empty for what is no list. */
  readonly items: readonly Span[];
}

/** What is wrong with a block of settings. */
export interface SettingsProblem {
  readonly kind: 'yaml' | 'notFields' | 'tooLarge' | 'duplicate';
  readonly span: Span;
  /** The parser's words; the name that stands there twice. */
  readonly text: string;
}

/** The longest block of settings, characters: a usual one has a few hundred. */
const LONGEST = 16 * 1024;

/** More fields than any model has. */
const MOST_FIELDS = 200;

/** How often an alias may be used: a few lines could else stand for millions. */
const MOST_ALIASES = 50;

/** How deep values can be nested: YAML's parser goes down by recursion. */
const DEEPEST = 100;

/** A block as it was read: fields by their names, and what is wrong. */
export interface Settings {
  readonly fields: ReadonlyMap<string, Field>;
  readonly problems: readonly SettingsProblem[];
}

/** Blocks that were read before, as if each began at 0: while a person types, all but one stay as they are. */
const known = new Map<string, Settings>();

/** More blocks than a long file has. */
const MOST_KNOWN = 2_000;

/** Reads a block of YAML as fields; never throws. Returns all problems, and the fields that can be read. */
export function readSettings(text: string, block: Span): Settings {
  const source = text.slice(block.start, block.end);
  let settings = known.get(source);
  if (!settings) {
    settings = parse(source);
    if (known.size >= MOST_KNOWN) {
      known.clear();
    }
    known.set(source, settings);
  }
  return moved(settings, block.start);
}

function moved({ fields, problems }: Settings, by: number): Settings {
  const at = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    fields: new Map(
      [...fields].map(([name, field]) => [
        name,
        { ...field, name: at(field.name), span: at(field.span), items: field.items.map(at) },
      ]),
    ),
    problems: problems.map(problem => ({ ...problem, span: at(problem.span) })),
  };
}

function parse(source: string): Settings {
  const fields = new Map<string, Field>();
  const problems: SettingsProblem[] = [];
  const whole = firstLine(source);
  if (source.length > LONGEST || isTooDeep(source)) {
    return { fields, problems: [{ kind: 'tooLarge', span: whole, text: '' }] };
  }
  const at = ([start, end]: readonly number[]): Span => ({
    start: Math.min(start ?? 0, source.length),
    end: Math.min(end ?? source.length, source.length),
  });
  try {
    // Names are compared here: the parser compares each with each.
    const options = { version: '1.2', prettyErrors: false, logLevel: 'silent', uniqueKeys: false } as const;
    const document = parseDocument(source, options);
    for (const error of document.errors) {
      problems.push({ kind: 'yaml', span: at(error.pos), text: firstSentence(error.message) });
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) {
      return { fields, problems };
    }
    if (!isMap(contents) || contents.items.length > MOST_FIELDS) {
      return { fields, problems: [...problems, { kind: 'notFields', span: whole, text: '' }] };
    }
    for (const pair of contents.items as Pair[]) {
      if (isScalar(pair.key) && pair.key.range) {
        const name = at(pair.key.range);
        const node = pair.value as Node | null;
        const value: unknown = node?.toJS ? node.toJS(document, { maxAliasCount: MOST_ALIASES }) : null;
        const key = String(pair.key.value);
        if (fields.has(key)) {
          problems.push({ kind: 'duplicate', span: name, text: key });
        }
        const items = isSeq(node)
          ? (node.items as Node[]).map(({ range }) => (range ? at(range) : name))
          : [];
        fields.set(key, { value, name, span: node?.range ? at(node.range) : name, items });
      }
    }
  } catch (error) {
    const text = error instanceof Error ? firstSentence(error.message) : '';
    problems.push({ kind: 'yaml', span: whole, text });
  }
  return { fields, problems };
}

/** What is needed of the parser's nodes. */
interface Node {
  readonly range?: readonly number[] | null;
  readonly toJS?: (document: unknown, options: { maxAliasCount: number }) => unknown;
}

/** Whether brackets or indents go deeper than anyone writes. */
function isTooDeep(source: string): boolean {
  let depth = 0;
  for (const character of source) {
    if (character === '[' || character === '{') {
      depth += 1;
      if (depth > DEEPEST) {
        return true;
      }
    } else if (character === ']' || character === '}') {
      depth -= 1;
    }
  }
  return source.split('\n').some(line => (/^[\s\-?:]*/.exec(line)?.[0].length ?? 0) > 4 * DEEPEST);
}

function firstLine(source: string): Span {
  const end = source.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? source.length : end };
}

function firstSentence(message: string): string {
  return message.split('\n')[0]?.slice(0, 200) ?? '';
}
