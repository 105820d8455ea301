import assert from 'node:assert/strict';
import { judgeAddress } from '../../../src/tasks/gatewayAddress.ts';

function baseOf(text: string): string {
  const judged = judgeAddress(text);
  return typeof judged === 'string' ? judged : judged.base;
}

describe('a gateway address', () => {
  it('comes out the same from all the shapes people paste', () => {
    const shapes = [
      'https://zcbservice.aizfw.cn/kyyReactApiServer',
      'https://zcbservice.aizfw.cn/kyyReactApiServer/',
      'https://zcbservice.aizfw.cn/kyyReactApiServer/v1',
      'https://zcbservice.aizfw.cn/kyyReactApiServer/v1/',
      'https://zcbservice.aizfw.cn/kyyReactApiServer/v1/result/vgen_1?x=1#y',
      'https://ZCBservice.aizfw.cn:443/kyyReactApiServer',
      'https://zcbservice.aizfw.cn',
      'https://zcbservice.aizfw.cn/v1/veo/videos',
      '  zcbservice.aizfw.cn/kyyReactApiServer  ',
    ];
    assert.deepEqual([...new Set(shapes.map(baseOf))], ['https://zcbservice.aizfw.cn/kyyReactApiServer']);
  });

  it('keeps another path and port', () => {
    assert.deepEqual(
      [
        'https://api.example/kyyAiPower/v1',
        'http://127.0.0.1:8080',
        'localhost:8080/x',
        'http://[::1]:90/',
      ].map(baseOf),
      [
        'https://api.example/kyyAiPower',
        'http://127.0.0.1:8080/kyyReactApiServer',
        'http://localhost:8080/x',
        'http://[::1]:90/kyyReactApiServer',
      ],
    );
  });

  it('is refused where the key could be read on its way', () => {
    assert.deepEqual(
      [
        'http://api.example',
        'http://127.0.0.1.example',
        'ftp://api.example',
        'https://me:secret@api.example',
        '',
        'https://',
        'a b',
      ].map(baseOf),
      ['notHttps', 'notHttps', 'notHttps', 'hasPassword', 'notAnAddress', 'notAnAddress', 'notAnAddress'],
    );
  });

  it('may be polled faster than the documented pace only on this machine', () => {
    const shortest = (text: string): unknown => {
      const judged = judgeAddress(text);
      return typeof judged === 'string' ? judged : judged.shortestInterval;
    };
    assert.deepEqual(
      [
        'https://api.example',
        'https://localhost.example',
        'http://127.0.0.2:1',
        'http://localhost:1',
        'https://[::1]',
      ].map(shortest),
      [30_000, 30_000, 1_000, 1_000, 1_000],
    );
  });
});
