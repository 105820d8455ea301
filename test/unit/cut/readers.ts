/** Reads what the formats wrote, strictly and without the code that wrote it. */
import assert from 'node:assert/strict';
import type { FrameRate } from '../../../src/cut/frameRate.ts';

/** Where a clip stands, in frames of the cut. */
export interface Standing {
  readonly start: number;
  readonly duration: number;
}

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The characters that XML 1.0 allows. */
const LEGAL = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/** The root of a well-formed document; anything else is an error. Knows no comments, sections or namespaces. */
export function readXml(text: string): XmlNode {
  assert.match(text, LEGAL);
  const [, body = ''] =
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!DOCTYPE fcpxml>\n([^]*)$/u.exec(text) ?? [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const sticky = new RegExp(pattern.source, 'uy');
    sticky.lastIndex = at;
    const found = sticky.exec(body);
    at = found ? sticky.lastIndex : at;
    return found;
  };
  const element = (): XmlNode | undefined => {
    const open = take(/<([a-zA-Z-]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/);
    if (!open) {
      return undefined;
    }
    const [, name = '', list = '', isEmpty] = open;
    const pairs = [...list.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/gu)].map(
      ([, key = '', value = '']) => [key, decoded(value)] as const,
    );
    assert.equal(
      new Set(pairs.map(([key]) => key)).size,
      pairs.length,
      `an attribute of ${name} stands twice`,
    );
    const children: XmlNode[] = [];
    let inner = '';
    if (isEmpty === '') {
      for (;;) {
        inner += decoded(take(/[^<]*/)?.[0] ?? '');
        const child = element();
        if (!child) {
          break;
        }
        children.push(child);
      }
      assert.ok(take(new RegExp(`</${name}>`)), `${name} ends at ${body.slice(at, at + 40)}`);
    }
    return { name, attributes: Object.fromEntries(pairs), children, text: inner };
  };
  const root = element();
  assert.ok(root);
  assert.equal(body.slice(at), '\n');
  return root;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/gu, (_whole, code?: string, name?: string) => {
    const character = code === undefined ? ENTITIES[name ?? ''] : String.fromCodePoint(Number(code));
    assert.ok(character, `an entity that is none in ${text}`);
    return character;
  });
}

/** All elements of a name, in the order of the document. */
export function all(node: XmlNode, name: string): XmlNode[] {
  return [...(node.name === name ? [node] : []), ...node.children.flatMap(child => all(child, name))];
}

/** What `n/ds` or `ns` is in frames; they must be whole. */
export function framesOf(time: string, { numerator, denominator }: FrameRate): number {
  const [, above = '', below = '1'] = /^(\d+)(?:\/(\d+))?s$/u.exec(time) ?? assert.fail(time);
  const frames = BigInt(above) * BigInt(numerator);
  const unit = BigInt(below) * BigInt(denominator);
  assert.equal(frames % unit, 0n, `${time} is no whole frame`);
  return Number(frames / unit);
}

export function fcpxmlStandings(text: string, rate: FrameRate): Standing[] {
  return all(readXml(text), 'asset-clip').map(({ attributes }) => ({
    start: framesOf(attributes.offset ?? '', rate),
    duration: framesOf(attributes.duration ?? '', rate),
  }));
}

export interface EdlEvent extends Standing {
  readonly number: string;
  readonly reel: string;
  readonly tracks: string;
  readonly sourceIn: number;
  readonly sourceOut: number;
  /** The lines below it. */
  readonly comments: readonly string[];
}

const EVENT =
  /^(\d{3,}) {2}([A-Z0-9]{1,8}) +(V|AA\/V) +C +(\d\d:\d\d:\d\d:\d\d) (\d\d:\d\d:\d\d:\d\d) (\d\d:\d\d:\d\d:\d\d) (\d\d:\d\d:\d\d:\d\d)$/u;

/** Every line is the head, an event, a comment, or empty. */
export function readEdl(
  text: string,
  { numerator, denominator }: FrameRate,
): { title: string; events: EdlEvent[] } {
  const [title = '', mode, ...lines] = text.trimEnd().split('\n');
  assert.match(title, /^TITLE: /u);
  assert.equal(mode, 'FCM: NON-DROP FRAME');
  const base = Math.round(numerator / denominator);
  const frames = (timecode: string): number => {
    const [hours = 0, minutes = 0, seconds = 0, rest = 0] = timecode.split(':').map(Number);
    assert.ok(minutes < 60 && seconds < 60 && rest < base, timecode);
    return ((hours * 60 + minutes) * 60 + seconds) * base + rest;
  };
  const events: (EdlEvent & { comments: string[] })[] = [];
  for (const line of lines) {
    const found = EVENT.exec(line);
    if (found) {
      const [, number = '', reel = '', tracks = '', ...times] = found;
      const [sourceIn = 0, sourceOut = 0, start = 0, end = 0] = times.map(frames);
      events.push({ number, reel, tracks, sourceIn, sourceOut, start, duration: end - start, comments: [] });
    } else if (line !== '') {
      assert.match(line, /^\* [A-Z ]+: /u);
      events.at(-1)?.comments.push(line);
    }
  }
  return { title: title.slice('TITLE: '.length), events };
}

export interface OtioNode {
  readonly OTIO_SCHEMA: string;
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A track's items by where they stand, counted up as OpenTimelineIO does. */
export function otioStandings(
  text: string,
  rate: FrameRate,
  trackIndex = 0,
): (Standing & { item: OtioNode })[] {
  const timeline = JSON.parse(text) as { tracks: { children: { children: OtioNode[] }[] } };
  let start = 0;
  return (timeline.tracks.children[trackIndex]?.children ?? []).map(item => {
    const { duration } = item.source_range as { duration: { rate: number; value: number } };
    assert.equal(duration.rate, rate.numerator / rate.denominator);
    const standing = { start, duration: duration.value, item };
    start += duration.value;
    return standing;
  });
}
