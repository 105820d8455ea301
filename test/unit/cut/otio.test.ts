import assert from 'node:assert/strict';
import fc from 'fast-check';
import { otioOf } from '../../../src/cut/otio.ts';
import { aClip, aCut, anyCut, RATES } from './cuts.ts';
import type { OtioNode } from './readers.ts';

/** What OpenTimelineIO's own schemas of these versions have, besides name and metadata. */
const SCHEMAS: Readonly<Record<string, readonly string[]>> = {
  'Timeline.1': ['global_start_time', 'tracks'],
  'Stack.1': ['source_range', 'effects', 'markers', 'enabled', 'children'],
  'Track.1': ['source_range', 'effects', 'markers', 'enabled', 'children', 'kind'],
  'Clip.2': [
    'source_range',
    'effects',
    'markers',
    'enabled',
    'media_references',
    'active_media_reference_key',
  ],
  'Gap.1': ['source_range', 'effects', 'markers', 'enabled'],
  'Marker.2': ['color', 'comment', 'marked_range'],
  'ExternalReference.1': ['available_range', 'available_image_bounds', 'target_url'],
  'MissingReference.1': ['available_range', 'available_image_bounds'],
};

function nodesIn(value: unknown): OtioNode[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const inside = Object.values(value).flatMap(nodesIn);
  return 'OTIO_SCHEMA' in value ? [value as OtioNode, ...inside] : inside;
}

function withoutSchema(node: OtioNode): string[] {
  return Object.keys(node).filter(key => !['OTIO_SCHEMA', 'name', 'metadata'].includes(key));
}

describe('a timeline of OpenTimelineIO', () => {
  it('has its schemas, with all that belongs to each and nothing else, whatever stands in a cut', () => {
    fc.assert(
      fc.property(anyCut, cut => {
        const text = otioOf(cut, '/films');
        assert.ok(text.isWellFormed() && !/\\u[dD][89a-fA-F]/u.test(text));
        for (const node of nodesIn(JSON.parse(text))) {
          const { OTIO_SCHEMA: schema } = node;
          if (schema === 'RationalTime.1') {
            assert.deepEqual([typeof node.rate, typeof node.value], ['number', 'number']);
          } else if (schema === 'TimeRange.1') {
            assert.deepEqual(Object.keys(node).sort(), ['OTIO_SCHEMA', 'duration', 'start_time']);
          } else {
            assert.deepEqual(
              withoutSchema(node).sort(),
              [...(SCHEMAS[schema] ?? assert.fail(schema))].sort(),
            );
          }
        }
      }),
    );
  });

  it('addresses clips from where it stands, says which are missing, and has notes as markers', () => {
    const cut = aCut([
      aClip({
        path: '/films/clips/dunes 1.mp4',
        note: 'Best light\nuse the end',
        shot: '沙丘',
        take: 3,
        sourceStart: 12,
      }),
      aClip({ path: '/elsewhere/ä.mp4', hasAudio: false }),
      aClip({ path: '/films/gone.mp4', name: '', isMissing: true }),
    ]);
    const timeline = JSON.parse(otioOf(cut, '/films')) as { tracks: { children: OtioNode[] } };
    const [video, audio] = timeline.tracks.children.map(({ children }) => children as OtioNode[]);
    const media = video?.map(clip => {
      const { DEFAULT_MEDIA: one } = clip.media_references as Record<string, OtioNode>;
      return [clip.name, one?.OTIO_SCHEMA, one?.name, one?.target_url ?? one?.metadata];
    });
    assert.deepEqual(media, [
      ['Dunes at noon', 'ExternalReference.1', 'dunes 1.mp4', 'clips/dunes%201.mp4'],
      ['Dunes at noon', 'ExternalReference.1', 'ä.mp4', '../elsewhere/%C3%A4.mp4'],
      ['gone.mp4', 'MissingReference.1', 'gone.mp4', { dailies: { target_url: 'gone.mp4' } }],
    ]);
    assert.deepEqual(
      audio?.map(({ OTIO_SCHEMA }) => OTIO_SCHEMA),
      ['Clip.2', 'Gap.1', 'Clip.2'],
    );
    const [marker] = video?.[0]?.markers as OtioNode[];
    assert.deepEqual(
      [marker?.name, marker?.comment, (marker?.marked_range as { start_time: unknown }).start_time],
      [
        'Best light use the end',
        'Best light\nuse the end',
        { OTIO_SCHEMA: 'RationalTime.1', rate: 24, value: 12 },
      ],
    );
    assert.deepEqual(video?.[0]?.metadata, {
      dailies: { shot: '沙丘', take: 3, note: 'Best light\nuse the end', width: 1280, height: 720 },
      cmx_3600: { reel: 'DUNES1' },
    });
  });

  it('has no audio track where no clip has audio', () => {
    const cut = aCut([aClip({ hasAudio: false, rate: RATES.pal })]);
    const timeline = JSON.parse(otioOf(cut, '/films')) as { tracks: { children: OtioNode[] } };
    assert.deepEqual(
      timeline.tracks.children.map(({ kind }) => kind),
      ['Video'],
    );
  });
});
