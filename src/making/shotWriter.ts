import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { Family } from '../gateway/models.ts';
import { isGiven, isSendable, type VideoRequest } from './request.ts';
import { asList, readShotFile, SHOT_FIELDS } from './shotFile.ts';
import { VARIABLE } from './shotVariables.ts';
import { HEADING, SETTINGS_FENCE } from './shotText.ts';

/** What is written down as a shot. */
export interface ShotToWrite {
  readonly request: VideoRequest;
  /** The heading; without one the file is one shot with no heading. */
  readonly label?: string | null;
  /** For a model that the table does not know. */
  readonly family?: Family | undefined;
}

/** The text of a shot file, and which fields of the request it cannot hold: they are not in the text. */
export interface WrittenShot {
  readonly text: string;
  readonly left: readonly string[];
}

/** A field's value that reads back as it was. */
type Fields = readonly (readonly [name: string, value: unknown])[];

/** Room for fields, characters: below what `readSettings` reads, with the variables that stand for signs. */
const MOST_SETTINGS = 15_000;

/** Signs that mean something in a shot file: where they are part of a text, a variable stands for them. */
const SIGNS = { braces: '{{', note: '<!--', heading: '##', fence: '```', tildes: '~~~' } as const;

/** Text that needs no quotes in YAML, if it is read as itself. */
const PLAIN = /^[\w./][\w./:?&=%@+~-]*$/;

/**
 * Writes a request down as a shot file that `readShotFile` reads back to the same request: its prompt trimmed and with `\n` at
 * the end of each line, and without the fields that say nothing (`null`, empty). What cannot be written down is named in `left`:
 * a field that is called as one of the shot's own, one that JSON does not have, one that is too long (an image inside the request).
 */
export function writeShot(shot: ShotToWrite): WrittenShot {
  const { model, prompt, ...others } = shot.request;
  const given = Object.entries({ model, ...others }).filter(([, value]) => isGiven(value));
  const text = typeof prompt === 'string' ? prompt.replace(/\r\n?/g, '\n').trim() : '';
  const kept = fitting(given);
  const left = given.map(([name]) => name).filter(name => !kept.some(([one]) => one === name));
  if (typeof prompt !== 'string' && isGiven(prompt)) {
    left.push('prompt');
  }
  return { text: textOf(kept, text, shot), left };
}

/** The fields that read back as they are, as many as there is room for. */
function fitting(given: Fields): Fields {
  let room = MOST_SETTINGS;
  return given.filter(([name, value]) => {
    const isFit =
      !(SHOT_FIELDS as readonly string[]).includes(name) && isSendable(value) && readsBack(name, value, room);
    room -= isFit ? fieldText(name, value).length + 1 : 0;
    return isFit;
  });
}

function readsBack(name: string, value: unknown, room: number): boolean {
  if (fieldText(name, value).length >= room) {
    return false;
  }
  const { shots, problems } = readShotFile(textOf([[name, value]], 'x', {}));
  const read = shots[0]?.videos[0]?.request[name];
  return problems.length === 0 && isDeepStrictEqual(read, asList(name, value));
}

function textOf(fields: Fields, prompt: string, { label, family }: Omit<ShotToWrite, 'request'>): string {
  const body = withoutSigns(prompt, true);
  const lines = fields.map(([name, value]) => fieldText(name, value));
  const used = Object.entries(SIGNS).filter(([name]) => [body, ...lines].join('\n').includes(`{{${name}}}`));
  const settings = [
    ...lines,
    ...(family === undefined ? [] : [`family: ${family}`]),
    ...(used.length === 0 ? [] : ['vars:', ...used.map(([name, sign]) => `  ${name}: "${sign}"`)]),
  ];
  const heading = headingOf(label ?? '');
  return [
    '---',
    ...settings,
    '---',
    ...(heading === '' ? [] : [`## ${heading}`, '']),
    ...(body === '' ? [] : [body]),
    '',
  ].join('\n');
}

/** A name on one line, without the signs at its end that Markdown takes for the end of a heading. */
function headingOf(label: string): string {
  return label
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?:(?:^| )#+)+$/, '')
    .trim();
}

/** A field as YAML: lists of texts a line each, everything else on one line. */
function fieldText(name: string, value: unknown): string {
  const key = scalarText(name);
  return Array.isArray(value) && value.every(one => typeof one === 'string')
    ? [`${key}:`, ...value.map(one => `  - ${scalarText(withoutSigns(one, false))}`)].join('\n')
    : `${key}: ${typeof value === 'string' ? scalarText(withoutSigns(value, false)) : flowText(value)}`;
}

/** Values deeper in a list or an object: variables are filled in only in the texts of a list. */
function flowText(value: unknown): string {
  return Array.isArray(value)
    ? `[${value.map(one => JSON.stringify(typeof one === 'string' ? withoutSigns(one, false) : one)).join(', ')}]`
    : JSON.stringify(value);
}

function scalarText(text: string): string {
  return PLAIN.test(text) && isItself(text) ? text : JSON.stringify(text);
}

/** Whether YAML takes a text for that text, and not for a number, a date or a yes. */
function isItself(text: string): boolean {
  try {
    return parse(text, { version: '1.2', logLevel: 'silent' }) === text;
  } catch {
    return false;
  }
}

/** A text that a shot file reads as it was: a variable stands for each sign that would mean something. */
function withoutSigns(text: string, isPrompt: boolean): string {
  const plain = text.replace(VARIABLE, whole => `{{braces}}${whole.slice(SIGNS.braces.length)}`);
  if (!isPrompt) {
    return plain;
  }
  return plain
    .replaceAll(SIGNS.note, '{{note}}')
    .split('\n')
    .map((line, index) => {
      if (HEADING.test(line)) {
        return line.replace(SIGNS.heading, '{{heading}}');
      }
      return index === 0 && SETTINGS_FENCE.test(line)
        ? line.replace(SIGNS.fence, '{{fence}}').replace(SIGNS.tildes, '{{tildes}}')
        : line;
    })
    .join('\n');
}
