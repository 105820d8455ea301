import type { ControlContext } from '../controlContext.ts';
import type { Verb } from '../verbs.ts';
import { FRAME_VERBS } from './frameMenu.ts';
import { menuButton } from './menuButton.ts';

/** The menu of what a narrow bar has no room for. What folds first comes last, because it is there whenever the menu is. */
export function moreMenu(context: ControlContext): HTMLElement {
  const { words, settings } = context;
  const pictureInPicture: readonly Verb[] = document.pictureInPictureEnabled ? ['pictureInPicture'] : [];
  return menuButton(context, {
    label: words.more,
    iconName: 'ellipsis',
    groups: [
      { fold: 'fourth', verbs: ['pick'] },
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
