import assert from 'node:assert/strict';
import { isSafeId, looksLikeTasks, recogniseTasks } from '../../../src/tasks/taskInput.ts';

function gist(text: string): unknown {
  const input = recogniseTasks(text);
  return input.kind === 'ids' ? `${input.source}: ${input.ids.join(' ')}` : input.problem;
}

describe('recognising what a person pasted', () => {
  it('takes ids, alone or several, however they are set apart', () => {
    assert.deepEqual(
      [
        gist(' vgen_abc123 '),
        gist('vgen_1, vgen_2;video_3\n  vgen_1'),
        gist('"vgen_1"'),
        gist('video_fd35ee52-2a98-44a6-b930-29a88ce9b8fd'),
      ],
      [
        'id: vgen_abc123',
        'id: vgen_1 vgen_2 video_3',
        'id: vgen_1',
        'id: video_fd35ee52-2a98-44a6-b930-29a88ce9b8fd',
      ],
    );
  });

  it('takes responses of the gateway in every envelope', () => {
    assert.deepEqual(
      [
        gist('{"id":"vgen_1","status":"queued"}'),
        gist('{"code":"0","msg":null,"data":{"projectId":"proj_12"}}'),
        gist('{"task_id":"video_7"}'),
        gist('[{"id":"vgen_1"},{"taskId":"vgen_2"}]'),
      ],
      ['json: vgen_1', 'json: proj_12', 'json: video_7', 'json: vgen_1 vgen_2'],
    );
  });

  it('takes result links and remembers their gateway', () => {
    assert.deepEqual(
      recogniseTasks(
        'https://g.example/kyyReactApiServer/v1/result/vgen_1?x=1 https://g.example/kyyReactApiServer/v1/result/vgen_2/',
      ),
      {
        kind: 'ids',
        source: 'url',
        ids: ['vgen_1', 'vgen_2'],
        gateways: ['https://g.example/kyyReactApiServer'],
      },
    );
  });

  it('takes ids amid all that people paste with them', () => {
    const pasted = [
      'vgen_1，vgen_2',
      'vgen_1、vgen_2',
      'vgen_1；vgen_2',
      'vgen_1\u3000vgen_2\u00a0',
      '“vgen_1” ‘vgen_2’',
      '「vgen_1」『vgen_2』',
      '【vgen_1】（vgen_2）',
      '«vgen_1» <vgen_2>',
      '\ufeffvg\u200ben_1 vgen_2\u200d',
      "['vgen_1', 'vgen_2']",
      '[vgen_1, vgen_2]',
      '- vgen_1\n- vgen_2',
      '1. vgen_1\n2. vgen_2',
      '`vgen_1`, **vgen_2**.',
      'id: vgen_1, task_id=vgen_2',
      '任务ID：vgen_1 任务编号：vgen_2',
    ];
    assert.deepEqual(
      pasted.map(text => [text, gist(text)]),
      pasted.map(text => [text, 'id: vgen_1 vgen_2']),
    );
  });

  it('takes ids that are numbers, to the last digit', () => {
    assert.deepEqual(
      [
        '{"id":12345678901234567890}',
        '{"code":0,"data":{"task_id":987654321}}',
        '12345678901234567890',
        '{"id":0}',
      ].map(gist),
      ['json: 12345678901234567890', 'json: 987654321', 'id: 12345678901234567890', 'noIdInJson'],
    );
  });

  it('takes several responses, headers before them, commands and Markdown', () => {
    const link = 'https://g.example/kyyReactApiServer/v1/result/vgen_1';
    assert.deepEqual(
      [
        '{"id":"vgen_1"}\n{"id":"vgen_2"}\n',
        '{"id":"vgen_1"}{"id":"vgen_2"}',
        '{"id":"vgen_1"}, {"id":"vgen_2"}',
        '{"id":"vgen_1"} vgen_2',
        '{"code":0,"data":{"list":[{"id":"vgen_1"},{"task_id":"vgen_2"}]}}',
        '{"code":0,"request_id":"r1","id":"r1","data":{"id":"vgen_1"}}',
        '{"code":0,"data":"{\\"taskId\\":\\"vgen_1\\"}"}',
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Id: [7]\r\n\r\n{"id":"vgen_1","status":"queued"}',
        'HTTP/2 200 content-type: application/json {"id":"vgen_1"}',
        `curl -s -H 'Authorization: Bearer x' '${link}'`,
        `curl --location --request GET "${link}?a=1" \\\n --header "Accept: */*"`,
        `$ curl ${link}\n{"id":"vgen_1","status":"queued"}`,
        `[the task](${link})`,
        `<${link}>`,
        `see [a](${link}), [b](https://g.example/kyyReactApiServer/v1/result/vgen_2)`.slice(4),
      ].map(gist),
      [
        'json: vgen_1 vgen_2',
        'json: vgen_1 vgen_2',
        'json: vgen_1 vgen_2',
        'json: vgen_1 vgen_2',
        'json: vgen_1 vgen_2',
        'json: vgen_1',
        'json: vgen_1',
        'json: vgen_1',
        'json: vgen_1',
        'url: vgen_1',
        'url: vgen_1',
        'url: vgen_1',
        'url: vgen_1',
        'url: vgen_1',
        'url: vgen_1 vgen_2',
      ],
    );
  });

  it('takes links to tasks of the model center, and remembers that they are there', () => {
    const link = 'https://g.example/kyyReactApiServer/v2/model-center/tasks/task-77';
    const gateways = ['https://g.example/kyyReactApiServer'];
    for (const text of [link, `curl -H "Authorization: Bearer x" '${link}/?a=1'`, `[a](${link})`]) {
      const found = { kind: 'ids', source: 'url', ids: ['task-77'], gateways, inModelCenter: ['task-77'] };
      assert.deepEqual(recogniseTasks(text), found);
      assert.ok(looksLikeTasks(text));
    }
    assert.deepEqual(recogniseTasks(`${link} https://g.example/kyyReactApiServer/v1/result/vgen_1`), {
      kind: 'ids',
      source: 'url',
      ids: ['task-77', 'vgen_1'],
      gateways,
      inModelCenter: ['task-77'],
    });
  });

  it('says what is wrong with links and commands that lead elsewhere', () => {
    assert.deepEqual(
      [
        'https://g.example/v2/model-center/tasks',
        'https://g.example/v2/model-center/tasks/a/b',
        'curl -X POST https://g.example/v1/veo/videos -d \'{"model":"veo_3_1_fast"}\'',
        'curl https://g.example/v1/models',
        'HTTP/1.1 200 OK\n\n{"status":"queued"}',
        '{"id":"vgen_1"}{"id":"vge',
        '[{"id":"vgen_1"},{"status":"queued"}]',
        'vgen_1，你好',
      ].map(gist),
      [
        'notAResultLink',
        'notAResultLink',
        'noIdInJson',
        'notAResultLink',
        'noIdInJson',
        'brokenJson',
        'noIdInJson',
        'unsafeId',
      ],
    );
  });

  it('refuses with a reason what is none of these', () => {
    assert.deepEqual(
      [
        gist('  '),
        gist('{"id":"vgen_1"'),
        gist('{"status":"queued"}'),
        gist('[]'),
        gist('https://g.example/v1/videos/vgen_1'),
        gist('https://g.example/v1/result/..%2Fkeys'),
        gist('../../etc'),
        gist('vgen_1?key=2'),
        gist('hello world'),
        gist('a..b'),
        gist('asset-123-456'),
        gist('asset_img_1'),
        gist(Array.from({ length: 201 }, (_, index) => `vgen_${index}`).join(' ')),
      ],
      [
        'empty',
        'brokenJson',
        'noIdInJson',
        'noIdInJson',
        'notAResultLink',
        'unsafeId',
        'notAResultLink',
        'unsafeId',
        'plainWord',
        'unsafeId',
        'assetId',
        'assetId',
        'tooMany',
      ],
    );
  });

  it('makes all a problem where one part is not understood', () => {
    assert.equal(gist('vgen_1 vgen_2 what?'), 'unsafeId');
  });

  it('never lets an id leave its place in a path', () => {
    assert.deepEqual(
      ['a', 'vgen_1', '.', '..', '.hidden', 'a/b', 'a\\b', 'a%2Fb', 'a b', '名', '', 'x'.repeat(201)].filter(
        isSafeId,
      ),
      ['a', 'vgen_1'],
    );
  });

  it('offers the clipboard only when it is surely about tasks', () => {
    assert.deepEqual(
      [
        'vgen_abc123def456',
        '{"id":"vgen_1"}',
        'https://g.example/v1/result/vgen_1',
        'hello',
        'const x',
        'password1',
        '',
      ].filter(looksLikeTasks),
      ['vgen_abc123def456', '{"id":"vgen_1"}', 'https://g.example/v1/result/vgen_1'],
    );
  });
});
