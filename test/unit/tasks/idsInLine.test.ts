import assert from 'node:assert/strict';
import { idsInLine } from '../../../src/tasks/idsInLine.ts';

const UUID = '3f2c1b0a-1234-4abc-8def-001122334455';

function idsIn(line: string): string[] {
  return idsInLine(line).map(({ id, start }) => {
    assert.equal(line.slice(start, start + id.length), id);
    return id;
  });
}

describe('the task IDs in a line of a terminal', () => {
  it('are those in the documented shapes, wherever they stand', () => {
    assert.deepEqual(
      [
        idsIn('{"id":"vgen_4ea4c7f4aa","status":"queued"}'),
        idsIn(`done: video_${UUID}, video_grok_${UUID}.`),
        idsIn('sora_abc123def4 proj_1234567 proj_sd2manxue_1234567 (mcp_0123456789ab)'),
        idsIn("task 'vgen_4ea4c7f4aa' failed"),
      ],
      [
        ['vgen_4ea4c7f4aa'],
        [`video_${UUID}`, `video_grok_${UUID}`],
        ['sora_abc123def4', 'proj_1234567', 'proj_sd2manxue_1234567', 'mcp_0123456789ab'],
        ['vgen_4ea4c7f4aa'],
      ],
    );
  });

  it('are no parts of files, paths, addresses and longer names', () => {
    assert.deepEqual(
      [
        'video_frames_01.mp4 vgen_4ea4c7f4aa.mp4 ./vgen_4ea4c7f4aa',
        'https://gateway.example/v1/result/vgen_4ea4c7f4aa',
        'clips/vgen_4ea4c7f4aa/tone.mp4 C:\\vgen_4ea4c7f4aa\\x',
        'my_vgen_4ea4c7f4aa vgen_4ea4c7f4aa_2 vgen_abcdefghij vgen_1',
        'proj_settings video_encoder video_stream_0_output_ready',
        'nothing here at all',
      ].flatMap(idsIn),
      [],
    );
  });

  it('are looked for at the beginning of a long line only, and are not without end', () => {
    const id = 'vgen_4ea4c7f4aa';
    assert.deepEqual(idsIn(`${' '.repeat(1_900)}${id} ${' '.repeat(200)}${id}`), [id]);
    // One that goes on where the look ends is none: its beginning is another ID.
    assert.deepEqual(
      [1_980, 1_985, 1_986, 1_995].map(at => idsIn(`${' '.repeat(at)}${id}`).length),
      [1, 1, 0, 0],
    );
    assert.deepEqual(idsIn(`${' '.repeat(1_985)}${id}${id}`), []);
    assert.equal(idsIn(`${id} `.repeat(100)).length, 20);
    assert.deepEqual(idsIn(`vgen_${'1'.repeat(1_000_000)}`), []);
  });
});
