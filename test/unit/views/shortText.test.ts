import assert from 'node:assert/strict';
import { firstWords, friendlyModel } from '../../../src/views/shortText.ts';

describe('short texts', () => {
  it('of prompts are whole words, in any script', () => {
    assert.deepEqual(
      [
        'A cat in the rain',
        '  A cat\n\tin  the rain ',
        'A cat walks through the rain, slowly, towards a neon sign',
        'A cat walks through the rain and the fog, slowly',
        '一只猫在雨中慢慢走向霓虹灯牌，镜头缓缓跟随，背景是湿漉漉的街道，远处传来雷声和汽车的声音，画面逐渐变暗',
        'x'.repeat(60),
        '',
      ].map(text => firstWords(text, 40)),
      [
        'A cat in the rain',
        'A cat in the rain',
        'A cat walks through the rain, slowly…',
        'A cat walks through the rain and the fog…',
        '一只猫在雨中慢慢走向霓虹灯牌，镜头缓缓跟随，背景是湿漉漉的街道，远处传来雷声和…',
        `${'x'.repeat(40)}…`,
        '',
      ],
    );
  });

  it('of models are names that people read', () => {
    assert.deepEqual(
      [
        ...['veo_3_1_fast', 'veo_3_1_pro_stable', 'grok_video3', 'grok-imagine-1-5-video', 'seedance', ''],
        ...['kling-v2-1', '可灵_2_1', 'a $(zap) b'],
      ].map(friendlyModel),
      [
        ...['Veo 3.1 Fast', 'Veo 3.1 Pro Stable', 'Grok Video 3', 'Grok Imagine 1.5 Video', 'Seedance', ''],
        ...['Kling V2.1', '可灵 2.1', 'A $ (zap) B'],
      ],
    );
  });
});
