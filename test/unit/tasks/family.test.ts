import assert from 'node:assert/strict';
import { kindOf } from '../../../src/polling/kinds.ts';
import { mediumOfFile } from '../../../src/tasks/clipKind.ts';
import { mediumOf, modelFamilyOf } from '../../../src/tasks/family.ts';

/** What nothing is documented of takes "a few minutes". */
const FEW_MINUTES = '60-480';

/** The lines of api.md 4: what a family is called, its models, and how long they take, s, where api.md 7 says. */
const LINES: readonly (readonly [family: string, models: string, window: string])[] = [
  ['Veo', 'veo_3_1_fast veo_3_1_pro veo_3_1_fast_stable veo_3_1_pro_stable veo3.1-fast', '120-300'],
  ['Grok', 'grok_video3', '120-480'],
  ['Grok', 'grok_video3_pro grok_video3_max grok_video3_stable', '180-360'],
  ['Sora', 'openAiSora2Plus openAiSora2Pro sora-2 sora-2-stable sora-2-pro', '120-300'],
  ['Seedance', 'seedance_1_5_pro_480p seedance_1_5_pro_720p', '120-300'],
  ['Seedance', 'seedance_1_5_pro_1080p', '180-480'],
  ['Seedance', 'seedance_2_0 seedance_2_0_fast seedance_2_0_pro seedance_2_0_fast_pro', FEW_MINUTES],
  ['Seedance', 'sd_2.0_discount_480p sd_2.0_fast_discount_1080p_with_video_ref', FEW_MINUTES],
  ['Seedance', 'sd_2.0_special_720p sd_2.0_fast_special_4k_with_video_ref sd_2.0_special', FEW_MINUTES],
  ['Seedance 2.0 X1', 'seedance_2_0_x1_official seedance_2_0_x1_discount', FEW_MINUTES],
  ['Seedance 2.0 X1 Fast', 'seedance_fast_2_0_x1_official', FEW_MINUTES],
  ['Seedance 2 Manxue', 'sd2_manxue_720p sd2_manxue_fast_2k sd2_manxue_video_fast_4k', FEW_MINUTES],
  ['Vidu', 'viduq3-pro viduq3-turbo', FEW_MINUTES],
  ['StarVideos', 'starvideos_o3', FEW_MINUTES],
  ['Videos', 'videos videos_fast videos_stable videos_stable_fast videos_pro videos_pro_fast', FEW_MINUTES],
  ['Omni Flash', 'omni-flash', FEW_MINUTES],
  [
    'Happy Horse',
    'happyhorse-1.0-t2v happyhorse-1.0-i2v happyhorse-1.0-r2v happyhorse-1.0-video-edit',
    FEW_MINUTES,
  ],
  ['LuxVid', 'LuxVid_video_fast', FEW_MINUTES],
  ['Nano Banana', 'nano-banana banana', '5-60'],
  ['GPT Image', 'gpt-image-2', '5-60'],
  ['Image', 'image2', '5-60'],
  ['Sound Cloning', 'soundCloning', '5-60'],
  ['Kling', 'KlingO3', FEW_MINUTES],
  ['MiniMax', 'MiniMax-H3 MiniMax-H3-fast', FEW_MINUTES],
  ['Wan', 'wan2.7-t2v wan3.0-i2v', FEW_MINUTES],
  ['Happy Horse', 'hh-1.1-t2v', FEW_MINUTES],
  ['Seedance', 'seedance-2.5-c1 seedance-2.5-c3 sd_2.5_special', FEW_MINUTES],
  ['Videos', 'videos_933_c1', FEW_MINUTES],
  ['Video', 'video_30_10_10', FEW_MINUTES],
];

describe('the families of models', () => {
  it('are those of every model that the gateway is documented to have, with the time that it takes', () => {
    const read = LINES.flatMap(([, models]) =>
      models.split(' ').map(model => {
        const { from, to } = kindOf({ model, request: null }).window;
        return [modelFamilyOf(model)?.name, model, `${from}-${to}`];
      }),
    );
    const said = LINES.flatMap(([family, models, window]) =>
      models.split(' ').map(model => [family, model, window]),
    );
    assert.deepEqual(read, said);
  });

  it('say what a model makes', () => {
    const others = LINES.flatMap(([, models]) => models.split(' ')).filter(
      model => mediumOf(model) !== 'video',
    );
    assert.deepEqual(
      others.map(model => `${model}: ${mediumOf(model)}`),
      ['nano-banana: image', 'banana: image', 'gpt-image-2: image', 'image2: image', 'soundCloning: audio'],
    );
    assert.deepEqual([mediumOf(null), mediumOf('imagine'), mediumOf('bananas')], ['video', 'video', 'video']);
  });

  it('are not needed to know what a file is', () => {
    const kinds = ['mp4 webm mov', 'png jpg webp gif avif', 'mp3 wav m4a flac ogg'].map(endings =>
      endings.split(' ').map(ending => mediumOfFile(`/clips/a.${ending}`)),
    );
    assert.deepEqual(
      kinds.map(media => [...new Set(media)]),
      [['video'], ['image'], ['audio']],
    );
  });

  it("give Sora's longer videos more time", () => {
    const windowOf = (duration: number): unknown =>
      kindOf({ model: 'sora-2', request: JSON.stringify({ duration }) }).window;
    assert.deepEqual([10, 15, 25].map(windowOf), [
      { from: 120, to: 300 },
      { from: 180, to: 480 },
      { from: 300, to: 900 },
    ]);
  });
});
