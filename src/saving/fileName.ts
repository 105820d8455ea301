import filenamify from 'filenamify';
import { shotName, shotOf } from '../tasks/shot.ts';
import { promptOf, type Task } from '../tasks/task.ts';

/** What a clip is called from. Times are ms since the epoch. */
export interface NameParts {
  readonly id: string;
  readonly label: string | null;
  readonly model: string | null;
  readonly prompt: string | null;
  /** The name of its shot, and which take of it the clip is. */
  readonly shot: string | null;
  readonly take: number | null;
  readonly finishedAt: number;
}

/** What an empty or invalid template stands for; a test holds it to the default in package.json. */
export const DEFAULT_TEMPLATE = '{date}_{label|model}_{shortId}';

/** Where nothing of a list is known. */
const FALLBACK = 'clip';

/**
 * The longest name, in UTF-8 bytes. File systems allow 255 bytes (Linux) or 255 UTF-16 units (Windows, macOS), and no
 * text has more units than bytes. What is left is for ` (1000000).json`, and for what makes a reserved name a free one.
 */
const LONGEST_NAME = 255 - ' (1000000).json-'.length;

/** The longest label, model or id, and the longest part of a prompt, in UTF-8 bytes: a name is to be read. */
const LONGEST_VALUE = 120;
const LONGEST_PROMPT = 80;

/** `{label|model}` in a template. */
const LIST = /\{([^{}]*)\}/g;

/** A part of a name. Rigid parts distinguish clips, and are not shortened. */
interface Piece {
  text: string;
  readonly kind: 'rigid' | 'value' | 'literal';
}

const VARIABLES: Record<string, (parts: NameParts) => string> = {
  date: parts => local(parts.finishedAt, ['getFullYear', 'getMonth', 'getDate']),
  time: parts => local(parts.finishedAt, ['getHours', 'getMinutes', 'getSeconds']),
  label: parts => cut(tidy(parts.label ?? ''), LONGEST_VALUE),
  model: parts => cut(tidy(parts.model ?? ''), LONGEST_VALUE),
  id: parts => cut(tidy(parts.id), LONGEST_VALUE),
  shortId: parts => shortId(parts.id),
  prompt: parts => firstWords(tidy(parts.prompt ?? '')),
  shot: parts => cut(tidy(parts.shot ?? ''), LONGEST_VALUE),
  take: parts => (parts.take === null ? '' : String(parts.take).padStart(2, '0')),
};

const RIGID: ReadonlySet<string> = new Set(['date', 'time', 'shortId', 'take']);

/**
 * A readable file name without its ending, such as `2026-11-21_veo_3_1_fast_1a2b3c4d`: one path segment that is safe on
 * Windows, macOS and Linux, short enough for a number and an ending, Unicode kept. A template that `checkTemplate`
 * objects to, or an empty one, gives the name of the default template.
 */
export function clipName(template: string, parts: NameParts): string {
  const isUsable = template.trim() !== '' && checkTemplate(template) === undefined;
  const pieces = piecesOf(isUsable ? template : DEFAULT_TEMPLATE, parts);
  shorten(pieces);
  return safeName(pieces.map(piece => piece.text).join(''));
}

/** What a task's clip is called: as a person chose, else by the template. `now` stands for an unknown end. */
export function nameOfClip(task: Task, template: string, now: number): string {
  const { id, label, model, take, saveName, completedSeenAt } = task;
  const shot = shotOf(task);
  const parts = { id, label, model, take, prompt: promptOf(task), shot: shot ? shotName(shot) : null };
  return saveName ?? clipName(template, { ...parts, finishedAt: completedSeenAt ?? now });
}

/** Any text as a name without its ending, safe and bounded as `clipName`'s. */
export function safeName(text: string): string {
  // A dot in front hides a file, a space in front is lost on the way.
  const name = cut(tidy(text).replace(/^[. ]+/, ''), LONGEST_NAME);
  return name === '' ? FALLBACK : filenamify(name, { replacement: '-', maxLength: Infinity });
}

/** What is wrong with a template: the word that is no variable, or the brace that has no other half. */
export function checkTemplate(template: string): string | undefined {
  for (const [list, names = ''] of template.matchAll(LIST)) {
    const unknown = names.split('|').find(name => !Object.hasOwn(VARIABLES, name));
    if (unknown !== undefined) {
      return unknown === '' ? list : unknown;
    }
  }
  return /[{}]/.exec(template.replaceAll(LIST, ''))?.[0];
}

/** The end of an id, where ids of one family differ. */
export function shortId(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, '').slice(-8);
}

/** The name of the `count`-th file of one name: `clip.mp4`, `clip (2).mp4`. */
export function numbered(name: string, count: number, ending: string): string {
  return count === 1 ? `${name}.${ending}` : `${name} (${count}).${ending}`;
}

function piecesOf(template: string, parts: NameParts): Piece[] {
  // What a list is split by, its own words, stands at every second place.
  return template.split(LIST).map((text, index): Piece => {
    if (index % 2 === 0) {
      return { text: tidy(text, false), kind: 'literal' };
    }
    for (const name of text.split('|')) {
      const value = VARIABLES[name]?.(parts) ?? '';
      if (value !== '') {
        return { text: value, kind: RIGID.has(name) ? 'rigid' : 'value' };
      }
    }
    return { text: FALLBACK, kind: 'value' };
  });
}

/** Cuts all values to one length, the greatest at which the whole fits; the template's own text only then. */
function shorten(pieces: readonly Piece[]): void {
  for (const kind of ['value', 'literal'] as const) {
    const ofKind = pieces.filter(piece => piece.kind === kind);
    for (let longest = LONGEST_NAME; longest >= 0 && sum(pieces) > LONGEST_NAME; longest--) {
      for (const piece of ofKind) {
        piece.text = cut(piece.text, longest);
      }
    }
  }
}

function sum(pieces: readonly Piece[]): number {
  return pieces.reduce((total, piece) => total + size(piece.text), 0);
}

function size(text: string): number {
  return Buffer.byteLength(text);
}

/** One line of well-formed text in the form that all systems compare by. */
function tidy(text: string, trims = true): string {
  // Half of a surrogate pair has no bytes of its own: Buffer replaces it.
  const line = Buffer.from(text).toString().normalize('NFC').replace(/\s+/g, ' ');
  return trims ? line.trim() : line;
}

/** As many whole characters, as a person sees them, as fit into so many bytes. */
function cut(text: string, bytes: number): string {
  if (size(text) <= bytes) {
    return text;
  }
  let kept = '';
  let room = bytes;
  // No more text than can fit at all: a character can be split only where it does not fit anyway.
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, bytes + 1))) {
    room -= size(segment);
    if (room < 0) {
      break;
    }
    kept += segment;
  }
  return kept.trimEnd();
}

/** The whole words that fit, or as much of the first as fits. */
function firstWords(prompt: string): string {
  const kept = cut(prompt, LONGEST_PROMPT);
  const end = kept === prompt || prompt[kept.length] === ' ' ? -1 : kept.lastIndexOf(' ');
  return (end > 0 ? kept.slice(0, end) : kept).replace(/[\s,.;:]+$/, '');
}

function local(
  at: number,
  parts: readonly ('getFullYear' | 'getMonth' | 'getDate' | 'getHours' | 'getMinutes' | 'getSeconds')[],
): string {
  const date = new Date(at);
  return parts.map(part => String(date[part]() + (part === 'getMonth' ? 1 : 0)).padStart(2, '0')).join('-');
}
