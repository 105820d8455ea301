import assert from 'node:assert/strict';
import { followRenamedShots, type MadeTake, type WrittenShot } from '../../../src/making/renamedShots.ts';

const FERRY = { model: 'veo_3_1_fast', prompt: 'A ferry leaves.', resolution: '720p' };
const CRANES = { ...FERRY, prompt: 'Container cranes.' };
const MARKET = { ...FERRY, prompt: 'A market.' };

function take(section: string | null, body: object | string | null): MadeTake {
  return { section, request: typeof body === 'object' && body !== null ? JSON.stringify(body) : body };
}

/** Where each take of a file belongs now. */
function places(
  takes: readonly MadeTake[],
  shots: Readonly<Record<string, object | readonly object[]>>,
): string[] {
  const written = Object.entries(shots).map(([section, bodies]): WrittenShot => ({
    section,
    bodies: [bodies].flat() as WrittenShot['bodies'],
  }));
  const found = followRenamedShots(takes, () => written, Object.keys(shots));
  return takes.map(one => found.get(one) ?? `as ${one.section ?? 'none'}`);
}

describe('the takes of a shot', () => {
  it('go with it to another heading, by what was sent', () => {
    assert.deepEqual(
      places([take('Ferry', FERRY), take('Cranes', CRANES)], { Dawn: FERRY, Cranes: CRANES }),
      ['Dawn', 'as Cranes'],
    );
    // A file with one shot gets its first heading, or loses it.
    assert.deepEqual(places([take(null, FERRY)], { Ferry: FERRY, Cranes: CRANES }), ['Ferry']);
    assert.deepEqual(places([take('Ferry', FERRY)], { '': FERRY }), ['']);
    const { model, ...others } = FERRY;
    assert.deepEqual(
      places([take('Ferry', { ...others, model })], { Dawn: FERRY }),
      ['Dawn'],
      'another order',
    );
  });

  it('stay with a heading that is there, whatever is written below it and wherever else the same is written', () => {
    assert.deepEqual(places([take('Ferry', FERRY)], { Ferry: CRANES, Copy: FERRY }), ['as Ferry']);
    assert.deepEqual(places([take(null, FERRY)], { '': CRANES }), ['as none']);
  });

  it('go to no shot that would send something else', () => {
    assert.deepEqual(places([take('Ferry', FERRY)], { Dawn: { ...FERRY, resolution: '1080p' } }), [
      'as Ferry',
    ]);
    assert.deepEqual(places([take('Ferry', FERRY)], { Dawn: { ...FERRY, seed: 1 } }), ['as Ferry']);
    for (const request of [null, '', '{', '[]', '1', 'null']) {
      assert.deepEqual(places([take('Ferry', request)], { Dawn: FERRY }), ['as Ferry']);
    }
  });

  it('that were made before its text was changed go with the others', () => {
    const takes = [take('Ferry', CRANES), take('Ferry', null), take('Ferry', FERRY)];
    assert.deepEqual(places(takes, { Dawn: FERRY }), ['Dawn', 'Dawn', 'Dawn']);
    // Those of one heading that are written as two shots now are divided; of the rest nobody can say.
    assert.deepEqual(places([...takes, take('Ferry', MARKET)], { Dawn: FERRY, Market: MARKET }), [
      'as Ferry',
      'as Ferry',
      'Dawn',
      'Market',
    ]);
  });

  it('go to the one without takes of its own where several shots would send the same, and to none where that is not one', () => {
    assert.deepEqual(places([take('Ferry', FERRY), take('Copy', FERRY)], { Dawn: FERRY, Copy: FERRY }), [
      'Dawn',
      'as Copy',
    ]);
    assert.deepEqual(places([take('Ferry', FERRY)], { Dawn: FERRY, Dusk: FERRY }), ['as Ferry']);
    const both = [take('Ferry', FERRY), take('Dawn', FERRY), take('Dusk', FERRY)];
    assert.deepEqual(places(both, { Dawn: FERRY, Dusk: FERRY }), ['as Ferry', 'as Dawn', 'as Dusk']);
    // Also where the only one that would has takes already: it was generated after it was renamed.
    assert.deepEqual(places(both.slice(0, 2), { Dawn: FERRY, Dusk: CRANES }), ['Dawn', 'as Dawn']);
  });

  it('are found by any combination of its variables', () => {
    const dusk = { ...FERRY, prompt: 'A ferry at dusk.' };
    assert.deepEqual(places([take('Ferry', dusk), take('Ferry', FERRY)], { Dawn: [FERRY, dusk] }), [
      'Dawn',
      'Dawn',
    ]);
  });

  it('were sent with the links that its image files were uploaded to', () => {
    const sent = { ...FERRY, first_image: 'https://example.com/1.png' };
    assert.deepEqual(places([take('Ferry', sent)], { Dawn: { ...FERRY, first_image: 'frames/dock.png' } }), [
      'Dawn',
    ]);
    for (const first of ['https://example.com/2.png', undefined]) {
      const other = first === undefined ? FERRY : { ...FERRY, first_image: first };
      assert.deepEqual(places([take('Ferry', sent)], { Dawn: other }), ['as Ferry']);
    }
    const several = { ...FERRY, image_urls: ['https://example.com/1.png', 'https://example.com/2.png'] };
    const written = { Dawn: { ...FERRY, image_urls: ['a.png', 'https://example.com/2.png'] } };
    assert.deepEqual(places([take('Ferry', several)], written), ['Dawn']);
    assert.deepEqual(
      places([take('Ferry', { ...several, image_urls: ['https://example.com/1.png'] })], written),
      ['as Ferry'],
    );
  });
});
