import { layOut, lengthOf, type Cut, type CutClip, type PlacedClip } from './cut.ts';
import { clipName, lineOf, noteOf } from './cutText.ts';
import { isSameRate, secondsText, type FrameRate } from './frameRate.ts';
import { fileNameOf, mediaUrl } from './mediaUrl.ts';
import { xmlElement } from './xml.ts';

type Lines = readonly string[];

/** What distinguishes one format from another. */
type VideoFormat = Pick<CutClip, 'rate' | 'width' | 'height'>;

/** What Final Cut Pro calls a reel. */
const REEL = 'com.apple.proapps.studio.reel';

/** The rates that Final Cut Pro knows how to fit into another, by their fractions; its DTD lists them. */
const SOURCE_RATES: readonly (readonly [FrameRate, string])[] = [
  [{ numerator: 24000, denominator: 1001 }, '23.98'],
  [{ numerator: 24, denominator: 1 }, '24'],
  [{ numerator: 25, denominator: 1 }, '25'],
  [{ numerator: 30000, denominator: 1001 }, '29.97'],
  [{ numerator: 30, denominator: 1 }, '30'],
  [{ numerator: 48, denominator: 1 }, '48'],
  [{ numerator: 50, denominator: 1 }, '50'],
  [{ numerator: 60000, denominator: 1001 }, '59.94'],
  [{ numerator: 60, denominator: 1 }, '60'],
];

/**
 * A cut as a project of Final Cut Pro: FCPXML 1.9, which DaVinci Resolve reads too. `folder` is the one that the file is written to:
 * clips are addressed from there, as Apple's reference allows. Resources come before what refers to them.
 */
export function fcpxmlOf(cut: Cut, folder: string): string {
  const resources = new Resources(folder);
  const format = resources.formatOf(cut);
  const clips = layOut(cut).map(placed => clipElement(placed, cut, resources));
  const name = lineOf(cut.name);
  const sequence = xmlElement(
    'sequence',
    { format, duration: secondsText(lengthOf(cut), cut.rate), tcStart: '0s', tcFormat: 'NDF' },
    [xmlElement('spine', {}, clips)],
  );
  const project = xmlElement('project', { name }, [sequence]);
  const lines = xmlElement('fcpxml', { version: '1.9' }, [
    xmlElement('resources', {}, resources.elements),
    xmlElement('library', {}, [xmlElement('event', { name }, [project])]),
  ]);
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE fcpxml>', ...lines, ''].join('\n');
}

function clipElement({ clip, start, duration, reel }: PlacedClip, cut: Cut, resources: Resources): Lines {
  const note = noteOf(clip);
  const from = secondsText(clip.sourceStart, clip.rate);
  return xmlElement(
    'asset-clip',
    {
      ref: resources.assetOf(clip, reel),
      name: clipName(clip),
      offset: secondsText(start, cut.rate),
      start: from,
      duration: secondsText(duration, cut.rate),
      format: resources.formatOf(clip),
      tcFormat: 'NDF',
    },
    [
      ...(note === null ? [] : [xmlElement('note', {}, note)]),
      ...(isSameRate(clip.rate, cut.rate) ? [] : [conformRate(clip.rate)]),
      ...markersOf(clip, note, from),
    ],
  );
}

/** A clip of another rate keeps its speed. */
function conformRate(rate: FrameRate): Lines {
  const known = SOURCE_RATES.find(([one]) => isSameRate(one, rate))?.[1] ?? null;
  return xmlElement('conform-rate', { scaleEnabled: 0, srcFrameRate: known });
}

function markersOf(clip: CutClip, note: string | null, start: string): Lines[] {
  const duration = secondsText(1, clip.rate);
  const missing = clip.isMissing ? `Missing file: ${lineOf(fileNameOf(clip.path))}` : null;
  return [note === null ? null : lineOf(note), missing]
    .filter(value => value !== null)
    .map(value => xmlElement('marker', { start, duration, value }));
}

/** The formats and files that a cut refers to, each once, in the order in which they were requested. */
class Resources {
  readonly elements: Lines[] = [];
  private readonly folder: string;
  private readonly ids = new Map<string, string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  formatOf({ rate, width, height }: VideoFormat): string {
    return this.idOf(['format', rate.numerator / rate.denominator, width, height], id =>
      xmlElement('format', { id, frameDuration: secondsText(1, rate), width, height }),
    );
  }

  assetOf(clip: CutClip, reel: string): string {
    const format = this.formatOf(clip);
    return this.idOf(['asset', clip.path], id =>
      xmlElement(
        'asset',
        {
          id,
          name: lineOf(fileNameOf(clip.path)),
          start: '0s',
          duration: secondsText(clip.length, clip.rate),
          hasVideo: 1,
          format,
          videoSources: 1,
          hasAudio: clip.hasAudio ? 1 : null,
          audioSources: clip.hasAudio ? 1 : null,
        },
        [
          xmlElement('media-rep', { kind: 'original-media', src: mediaUrl(clip.path, this.folder) }),
          xmlElement('metadata', {}, [xmlElement('md', { key: REEL, value: reel })]),
        ],
      ),
    );
  }

  private idOf(key: readonly (string | number)[], make: (id: string) => Lines): string {
    const text = JSON.stringify(key);
    let id = this.ids.get(text);
    if (id === undefined) {
      id = `r${this.ids.size + 1}`;
      this.ids.set(text, id);
      this.elements.push(make(id));
    }
    return id;
  }
}
