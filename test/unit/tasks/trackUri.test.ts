import assert from 'node:assert/strict';
import { MOST_IDS } from '../../../src/tasks/taskInput.ts';
import { readTrackUri } from '../../../src/tasks/trackUri.ts';

/** The IDs, or why it is refused. */
function read(query: string, path = '/track'): string {
  const found = readTrackUri(path, query);
  return found.kind === 'ids' ? found.ids.join(' ') : `${found.problem}: ${found.text}`;
}

describe('an address that tracks tasks', () => {
  it('has one ID, or several, each once', () => {
    assert.deepEqual(
      ['id=vgen_1a', 'id=vgen_1a&id=mcp_2b&id=vgen_1a', 'id=vgen_1a,%20video_3c,,'].map(query => read(query)),
      ['vgen_1a', 'vgen_1a mcp_2b', 'vgen_1a video_3c'],
    );
    assert.equal(read('id=vgen_1a', '/track/'), 'vgen_1a');
  });

  it('brings nothing else: neither a key, nor a gateway, nor a link to one', () => {
    assert.deepEqual(
      [
        'id=vgen_1a&key=sk-not-real',
        'id=vgen_1a&gateway=https://evil.example',
        'baseUrl=https://evil.example&id=vgen_1a',
        'id=https://evil.example/v1/result/vgen_1a',
        'id={"id":"vgen_1a"}',
        'id=../vgen_1a',
        'id=vgen_1a b',
        'id=password',
        'id=asset-1-2',
      ].map(query => read(query).replace(/:.*$/s, '')),
      ['otherParameter', 'otherParameter', 'otherParameter', ...Array<string>(6).fill('badId')],
    );
  });

  it('is refused where it wants something else, nothing, or too much', () => {
    const many = Array.from({ length: MOST_IDS + 1 }, (_, index) => `id=vgen_${index}`).join('&');
    assert.deepEqual(
      [
        read('id=vgen_1a', '/make'),
        read('id=vgen_1a', ''),
        read(''),
        read('id='),
        read(many),
        read(`id=${'1'.repeat(60_000)}`),
      ],
      [
        'otherVerb: /make',
        'otherVerb: ',
        'noId: ',
        'noId: ',
        `tooMany: ${MOST_IDS + 1}`,
        `tooMany: > ${MOST_IDS}`,
      ],
    );
  });

  it('never throws, whatever garbage it is', () => {
    for (const garbage of ['%', '%E0%A4%A', '\0', '&&&', '=', 'id=%00', '💥=💥', 'id[]=1', '#']) {
      assert.equal(readTrackUri('/track', garbage).kind, 'problem', garbage);
    }
  });
});
