import type { Desk } from '../desk.ts';
import type { Verb } from '../verbs.ts';
import { FRAME_VERBS } from './frameMenu.ts';
import { menuButton } from './menuButton.ts';

/** What a narrow bar has no room for. What folds first comes last: it is there whenever the menu is. */
export function moreMenu(desk: Desk): HTMLElement {
  const { words, settings } = desk;
  const pictureInPicture: readonly Verb[] = document.pictureInPictureEnabled ? ['pictureInPicture'] : [];
  return menuButton(desk, {
    label: words.more,
    iconName: 'ellipsis',
    groups: [
      { fold: 'second', verbs: ['loop'], isOn: { loop: () => settings.value.isLooping } },
      { fold: 'third', verbs: ['slower', 'faster'] },
      { fold: 'second', verbs: FRAME_VERBS },
      {
        fold: 'third',
        verbs: ['fullScreen', 'details'],
        always: ['fullScreen', 'details'],
        isOn: { details: () => settings.value.showsDetails },
      },
      {
        fold: 'first',
        verbs: ['louder', 'quieter', ...pictureInPicture, 'keyboardHelp'],
        always: ['keyboardHelp'],
      },
    ],
  });
}
