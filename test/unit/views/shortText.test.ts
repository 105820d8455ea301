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
        ...[
          'openAiSora2Plus',
          'sora-2-pro',
          'seedance_1_5_pro_480p',
          'sd_2.0_fast_special_2k',
          'sd2_manxue_720p',
        ],
        ...[
          'seedance_fast_2_0_x1_official',
          'viduq3-turbo',
          'starvideos_o3',
          'videos_pro_fast',
          'omni-flash',
        ],
        ...['happyhorse-1.0-t2v', 'hh-1.1-t2v', 'LuxVid_video_fast', 'KlingO3', 'MiniMax-H3', 'wan2.7-i2v'],
        ...['nano-banana', 'gpt-image-2', 'image2', 'soundCloning', 'sorath', 'sdxl', 'bananas'],
      ].map(friendlyModel),
      [
        ...['Veo 3.1 Fast', 'Veo 3.1 Pro Stable', 'Grok Video 3', 'Grok Imagine 1.5 Video', 'Seedance', ''],
        ...['Kling V2.1', '可灵 2.1', 'A $ (zap) B'],
        ...['Sora 2 Plus', 'Sora 2 Pro', 'Seedance 1.5 Pro 480p', 'Seedance 2.0 Fast Special 2k'],
        ...['Seedance 2 Manxue 720p', 'Seedance 2.0 X1 Fast Official', 'Vidu Q3 Turbo', 'StarVideos O3'],
        ...[
          'Videos Pro Fast',
          'Omni Flash',
          'Happy Horse 1.0 T2v',
          'Happy Horse 1.1 T2v',
          'LuxVid Video Fast',
        ],
        ...[
          'Kling O3',
          'MiniMax H3',
          'Wan 2.7 I2v',
          'Nano Banana',
          'GPT Image 2',
          'Image 2',
          'Sound Cloning',
        ],
        ...['Sorath', 'Sdxl', 'Bananas'],
      ],
    );
  });
});
