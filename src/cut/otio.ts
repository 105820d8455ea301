import { layOut, type Cut, type CutClip, type PlacedClip } from './cut.ts';
import { cleanText, clipName, lineOf, noteOf } from './cutText.ts';
import { perSecond, type FrameRate } from './frameRate.ts';
import { fileNameOf, mediaUrl } from './mediaUrl.ts';

/** A node of OpenTimelineIO's JSON, with its schema's name and version. */
type Node = Readonly<Record<string, unknown>> & { readonly OTIO_SCHEMA: string };

/** The key under which OpenTimelineIO has a clip's only media. */
const MEDIA = 'DEFAULT_MEDIA';

/**
 * A cut as a timeline of OpenTimelineIO, as JSON: a video track and, where any clip has audio, an audio track. `folder` is the one that
 * the timeline is written to: clips are addressed from there.
 */
export function otioOf(cut: Cut, folder: string): string {
  const placed = layOut(cut);
  const tracks = [
    track(
      'Video',
      'V1',
      placed.map(one => clipOf(one, cut, folder, true)),
    ),
  ];
  if (cut.clips.some(({ hasAudio }) => hasAudio)) {
    const audioItems = placed.map(one =>
      one.clip.hasAudio ? clipOf(one, cut, folder, false) : gap(one.duration, cut.rate),
    );
    tracks.push(track('Audio', 'A1', audioItems));
  }
  const timeline = node('Timeline.1', lineOf(cut.name), {
    global_start_time: time(0, cut.rate),
    tracks: node('Stack.1', 'tracks', { ...item(null), children: tracks }),
  });
  return `${JSON.stringify(timeline, undefined, 4)}\n`;
}

function track(kind: 'Video' | 'Audio', name: string, children: readonly Node[]): Node {
  return node('Track.1', name, { ...item(null), kind, children });
}

function gap(duration: number, rate: FrameRate): Node {
  return node('Gap.1', '', item(range(time(0, rate), time(duration, rate))));
}

/** The source counts at the clip's own rate; how long it is shown, at the cut's. Only the video has the note as a marker. */
function clipOf(
  { clip, duration, reel }: PlacedClip,
  { rate }: Cut,
  folder: string,
  hasMarker: boolean,
): Node {
  const start = time(clip.sourceStart, clip.rate);
  const note = hasMarker ? noteOf(clip) : null;
  return node(
    'Clip.2',
    clipName(clip),
    {
      ...item(range(start, time(duration, rate)), note === null ? [] : [marker(note, clip)]),
      media_references: { [MEDIA]: mediaOf(clip, folder) },
      active_media_reference_key: MEDIA,
    },
    { ...factsOf(clip), cmx_3600: { reel } },
  );
}

function marker(note: string, clip: CutClip): Node {
  return node('Marker.2', lineOf(note), {
    color: 'YELLOW',
    comment: note,
    marked_range: range(time(clip.sourceStart, clip.rate), time(1, clip.rate)),
  });
}

/** A file that is not there is said to be missing, with the address that it had. */
function mediaOf(clip: CutClip, folder: string): Node {
  const available = range(time(0, clip.rate), time(clip.length, clip.rate));
  const name = lineOf(fileNameOf(clip.path));
  const media = { available_range: available, available_image_bounds: null };
  const url = mediaUrl(clip.path, folder);
  return clip.isMissing
    ? node('MissingReference.1', name, media, { dailies: { target_url: url } })
    : node('ExternalReference.1', name, { ...media, target_url: url });
}

function factsOf(clip: CutClip): Readonly<Record<string, unknown>> {
  const { shot, take, width, height } = clip;
  return {
    dailies: { shot: shot === null ? null : cleanText(shot), take, note: noteOf(clip), width, height },
  };
}

/** What everything in a timeline has. */
function item(sourceRange: Node | null, markers: readonly Node[] = []): Readonly<Record<string, unknown>> {
  return { source_range: sourceRange, effects: [], markers, enabled: true };
}

function range(start: Node, duration: Node): Node {
  return { OTIO_SCHEMA: 'TimeRange.1', start_time: start, duration };
}

function time(value: number, rate: FrameRate): Node {
  return { OTIO_SCHEMA: 'RationalTime.1', rate: perSecond(rate), value };
}

function node(
  schema: string,
  name: string,
  facts: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, unknown>> = {},
): Node {
  return { OTIO_SCHEMA: schema, metadata, name, ...facts };
}
