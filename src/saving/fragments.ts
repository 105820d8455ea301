import { boxesIn, contentAt, Malformed } from './boxes.ts';
import type { Samples } from './sampleTable.ts';

/** What a fragment has of a track. */
export interface FragmentSamples extends Samples {
  readonly count: number;
  /** How long the first of them is, in the track's own units. */
  readonly each: number;
}

/** What a track's samples are where a fragment does not say (`trex`). */
export interface Defaults {
  readonly duration: number;
  /** bytes */
  readonly size: number;
}

/** The defaults of each track by its number; empty where a file has no fragments. */
export function defaultsOf(moov: Buffer): ReadonlyMap<number, Defaults> {
  const defaults = new Map<number, Defaults>();
  for (const { type, content } of boxesIn(contentAt(moov, 'mvex') ?? Buffer.alloc(0))) {
    if (type === 'trex' && content.length >= 24) {
      const [duration, size] = [content.readUInt32BE(12), content.readUInt32BE(16)];
      defaults.set(content.readUInt32BE(4), { duration, size });
    }
  }
  return defaults;
}

/**
 * What a fragment (`moof`; ISO 14496-12, 8.8) has of each track. `start`: where it stands in the file. Goes no further than its
 * bytes, whatever numbers stand in them. Throws `Malformed`.
 */
export function samplesIn(
  moof: Buffer,
  start: number,
  defaults: ReadonlyMap<number, Defaults>,
): ReadonlyMap<number, FragmentSamples> {
  const found = new Map<number, FragmentSamples>();
  for (const { type, content } of boxesIn(moof)) {
    if (type === 'traf') {
      const header = headerOf(contentAt(content, 'tfhd'), start, defaults);
      const before = found.get(header.track) ?? { count: 0, duration: 0, end: 0, each: 0 };
      const { count, duration, end, each } = runsOf(content, header);
      found.set(header.track, {
        count: before.count + count,
        each: before.each || each,
        duration: before.duration + duration,
        end: Math.max(before.end, end),
      });
    }
  }
  return found;
}

interface Header extends Defaults {
  readonly track: number;
  /** What places in the runs are counted from. */
  readonly base: number;
}

function headerOf(tfhd: Buffer | undefined, start: number, defaults: ReadonlyMap<number, Defaults>): Header {
  const fields = new Fields(tfhd);
  const { flags } = fields;
  const track = fields.word();
  const usual = defaults.get(track) ?? { duration: 0, size: 0 };
  const base = flags & 0x1 ? fields.word() * 2 ** 32 + fields.word() : start;
  if (flags & 0x2) {
    fields.word();
  }
  const duration = flags & 0x8 ? fields.word() : usual.duration;
  return { track, base, duration, size: flags & 0x10 ? fields.word() : usual.size };
}

function runsOf(traf: Buffer, header: Header): FragmentSamples {
  let [count, duration, end, each] = [0, 0, header.base, 0];
  for (const { type, content } of boxesIn(traf)) {
    if (type === 'trun') {
      const run = runOf(new Fields(content), header, end);
      count += run.count;
      each ||= run.each;
      duration += run.duration;
      ({ end } = run);
    }
  }
  return { count, duration, end, each };
}

/** `after`: where the run before has ended. */
function runOf(fields: Fields, { base, duration, size }: Header, after: number): FragmentSamples {
  const { flags } = fields;
  const count = fields.word();
  const start = flags & 0x1 ? base + (fields.word() | 0) : after;
  if (flags & 0x4) {
    fields.word();
  }
  const hasDurations = (flags & 0x100) !== 0;
  const hasSizes = (flags & 0x200) !== 0;
  const others = (flags & 0x400 ? 1 : 0) + (flags & 0x800 ? 1 : 0);
  let sum = { duration: hasDurations ? 0 : count * duration, size: hasSizes ? 0 : count * size };
  let each = hasDurations ? 0 : duration;
  // Where every sample has the same, there is nothing to go through.
  for (let sample = 0; (hasDurations || hasSizes) && sample < count; sample++) {
    const own = hasDurations ? fields.word() : 0;
    each ||= own;
    sum = {
      duration: sum.duration + own,
      size: sum.size + (hasSizes ? fields.word() : 0),
    };
    fields.skip(others);
  }
  return { count, duration: sum.duration, end: start + sum.size, each };
}

/** The numbers of a box with flags, one after the other. Throws `Malformed` at its end. */
class Fields {
  readonly flags: number;
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer | undefined) {
    this.bytes = bytes ?? Buffer.alloc(0);
    this.flags = this.word() & 0xffffff;
  }

  word(): number {
    if (this.at + 4 > this.bytes.length) {
      throw new Malformed();
    }
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  skip(count: number): void {
    this.at += 4 * count;
  }
}
