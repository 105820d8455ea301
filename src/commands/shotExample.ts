import { l10n } from 'vscode';

/** A shot file that shows what one is: it generates one video as it stands. */
export function shotExample(): string {
  return `---
model: veo_3_1_fast
aspect_ratio: 16:9
# ${l10n.t('More settings. To use one, remove the #:')}
# resolution: 1080p
# takes: 2
# first_image: frames/start.png
# vars: { time: [dawn, dusk] }  # {{time}}
---
<!-- ${l10n.t('The text below is the prompt. It is sent as it is; comments like this one are never sent.')} -->
<!-- ${l10n.t('Nothing is sent until you select Generate above the first line and confirm.')} -->

${l10n.t('A ferry leaves the harbor at dawn. Slow push-in, 35 mm, gulls, a distant horn.')}

<!-- ${l10n.t('For several shots in one file, start each with a line such as')} ## 2 -->
`;
}
