import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fcpxmlOf } from '../../../src/cut/fcpxml.ts';
import { aClip, aCut, anyCut, RATES } from './cuts.ts';
import { all, readXml, type XmlNode } from './readers.ts';

/** Of Apple's DTD, what is used here: the children as a pattern over their names, then required and other attributes. */
const DTD: Readonly<Record<string, readonly [children: RegExp, required: string, others: string]>> = {
  fcpxml: [/^resources library $/u, 'version', ''],
  resources: [/^((format|asset) )*$/u, '', ''],
  format: [/^$/u, 'id', 'name frameDuration width height'],
  asset: [
    /^media-rep metadata $/u,
    'id',
    'name start duration hasVideo format hasAudio videoSources audioSources',
  ],
  'media-rep': [/^$/u, 'src', 'kind'],
  metadata: [/^(md )*$/u, '', ''],
  md: [/^$/u, 'key', 'value'],
  library: [/^(event )*$/u, '', ''],
  event: [/^project $/u, '', 'name'],
  project: [/^sequence $/u, '', 'name'],
  sequence: [/^spine $/u, 'format', 'duration tcStart tcFormat'],
  spine: [/^(asset-clip )*$/u, '', ''],
  'asset-clip': [
    /^(note )?(conform-rate )?(marker )*$/u,
    'ref',
    'name offset start duration format tcFormat',
  ],
  note: [/^$/u, '', ''],
  'conform-rate': [/^$/u, '', 'scaleEnabled srcFrameRate'],
  marker: [/^$/u, 'start value', 'duration'],
};

function assertValid(node: XmlNode): void {
  const [children, required, others] = DTD[node.name] ?? assert.fail(node.name);
  assert.match(node.children.map(({ name }) => `${name} `).join(''), children, node.name);
  const found = Object.keys(node.attributes);
  const wanted = required.split(' ').filter(name => name !== '');
  assert.deepEqual(
    wanted.filter(name => !found.includes(name)),
    [],
    node.name,
  );
  assert.deepEqual(
    found.filter(name => !wanted.includes(name) && !others.split(' ').includes(name)),
    [],
    node.name,
  );
  node.children.forEach(assertValid);
}

describe('a project of Final Cut Pro', () => {
  it('is well-formed and keeps to the DTD, whatever stands in a cut', () => {
    fc.assert(
      fc.property(anyCut, cut => {
        const root = readXml(fcpxmlOf(cut, '/films'));
        assertValid(root);
        const ids = root.children[0]?.children.map(({ attributes }) => attributes.id) ?? [];
        assert.equal(new Set(ids).size, ids.length);
        const used = [...all(root, 'asset-clip'), ...all(root, 'asset'), ...all(root, 'sequence')].flatMap(
          ({ attributes }) => [attributes.ref, attributes.format].filter(id => id !== undefined),
        );
        assert.deepEqual(
          used.filter(id => !ids.includes(id)),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  it('has each file and each format once, and addresses clips from where it stands', () => {
    const dunes = aClip({ path: '/films/clips/dunes & sky.mp4' });
    const tall = aClip({
      path: '/films/tall.mp4',
      width: 720,
      height: 1280,
      rate: RATES.ntsc,
      hasAudio: false,
    });
    const root = readXml(
      fcpxmlOf(aCut([dunes, tall, { ...dunes, sourceStart: 24, duration: 48 }]), '/films'),
    );
    assert.deepEqual(
      all(root, 'format').map(({ attributes }) => attributes),
      [
        { id: 'r1', frameDuration: '1/24s', width: '1280', height: '720' },
        { id: 'r3', frameDuration: '1001/30000s', width: '720', height: '1280' },
      ],
    );
    assert.deepEqual(
      all(root, 'media-rep').map(({ attributes }) => attributes.src),
      ['clips/dunes%20%26%20sky.mp4', 'tall.mp4'],
    );
    assert.deepEqual(
      all(root, 'md').map(({ attributes }) => [attributes.key, attributes.value]),
      [
        ['com.apple.proapps.studio.reel', 'DUNESSKY'],
        ['com.apple.proapps.studio.reel', 'TALL'],
      ],
    );
    assert.deepEqual(
      all(root, 'asset').map(({ attributes }) => [attributes.hasVideo, attributes.hasAudio]),
      [
        ['1', '1'],
        ['1', undefined],
      ],
    );
    assert.deepEqual(
      all(root, 'conform-rate').map(({ attributes }) => attributes),
      [{ scaleEnabled: '0', srcFrameRate: '29.97' }],
    );
  });

  it('has notes whole and as markers, and names what is missing', () => {
    const clip = aClip({ note: 'Best "light"\n<use> the end', sourceStart: 12, isMissing: true });
    const [found] = all(readXml(fcpxmlOf(aCut([clip]), '/films')), 'asset-clip');
    assert.ok(found);
    assert.deepEqual(
      [found.attributes.name, ...all(found, 'note').map(({ text }) => text)],
      ['Dunes at noon', 'Best "light"\n<use> the end'],
    );
    assert.deepEqual(
      all(found, 'marker').map(({ attributes }) => [attributes.start, attributes.value]),
      [
        ['12/24s', 'Best "light" <use> the end'],
        ['12/24s', 'Missing file: dunes.mp4'],
      ],
    );
  });
});
