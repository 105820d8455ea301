import assert from 'node:assert/strict';
import { firstWords, spokenModel } from '../../../src/views/shortText.ts';

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

  it('of models can be spoken', () => {
    assert.deepEqual(
      ['veo_3_1_fast', 'veo_3_1_pro_stable', 'grok_video3', 'grok-imagine-1-5-video', 'seedance', ''].map(
        spokenModel,
      ),
      ['Veo 3.1 fast', 'Veo 3.1 pro stable', 'Grok video 3', 'Grok imagine 1.5 video', 'Seedance', ''],
    );
  });
});
