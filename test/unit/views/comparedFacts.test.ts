import assert from 'node:assert/strict';
import { aTask } from '../builders.ts';
import { fakeVscode } from './fakeVscode.ts';

fakeVscode();
const { comparedFactsOf, parameterName } = await import('../../../src/views/comparedFacts.ts');

describe('what a clip was made with, to be compared', () => {
  it('has names and values that people read, and no signatures', () => {
    const request = {
      prompt: 'Dunes',
      aspect_ratio: '16:9',
      duration: '8',
      seed: 7,
      first_image: 'https://images.example/a.png?signature=secret',
      enhance_prompt: true,
    };
    assert.deepEqual(comparedFactsOf(aTask({ model: 'veo_3_1_fast', request: JSON.stringify(request) })), [
      ['模型', 'Veo 3.1 Fast'],
      ['提示词', 'Dunes'],
      ['画面比例', '16:9'],
      ['时长', '8 秒'],
      ['种子', '7'],
      ['首帧', 'https://images.example/a.png'],
      ['Enhance prompt', 'true'],
    ]);
  });

  it('calls what is known alike however it is written, and the rest by its own words', () => {
    assert.deepEqual(
      ['aspectRatio', 'ratio', 'durationSeconds', 'negative-prompt', 'cfg_scale', ''].map(parameterName),
      ['画面比例', '画面比例', '时长', '反向提示词', 'Cfg scale', ''],
    );
  });
});
