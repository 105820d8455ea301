import { drawAlong } from '../player/controls/drawAlong.ts';
import { folding } from '../player/controls/folding.ts';
import { iconButton } from '../player/controls/iconButton.ts';
import { menuButton } from '../player/controls/menuButton.ts';
import { playButton } from '../player/controls/playButton.ts';
import { seekBar } from '../player/controls/seekBar.ts';
import { speed } from '../player/controls/speed.ts';
import { timeDisplay } from '../player/controls/timeDisplay.ts';
import { toggleButton } from '../player/controls/toggleButton.ts';
import { volume } from '../player/controls/volume.ts';
import type { ControlContext } from '../player/controlContext.ts';
import { create } from '../player/dom.ts';
import type { CompareWords } from '../compareProtocol.ts';
import type { CompareVerbs } from './verbs.ts';

/** What the control bar is built from. */
export interface CompareContext extends Pick<ControlContext, 'player' | 'settings'> {
  readonly words: CompareWords;
  readonly verbs: CompareVerbs;
}

/** The control bar below the clips, which controls all of them. */
export function compareBar(context: CompareContext): HTMLElement {
  const { player, settings, words } = context;
  const more = moreMenu(context);
  const seek = seekBar(context);
  const time = timeDisplay(context);
  const draw = (): void => {
    seek.draw();
    time.draw();
  };
  drawAlong(context, draw);
  player.playback.addEventListener('durationchange', draw);
  return create(
    'div',
    { className: 'controls', role: 'group', ariaLabel: words.controls },
    seek.element,
    create(
      'div',
      { className: 'row' },
      iconButton(context, 'previousFrame', 'frame-previous'),
      playButton(context),
      iconButton(context, 'nextFrame', 'frame-next'),
      time.element,
    ),
    create(
      'div',
      { className: 'row' },
      volume(context),
      folding('third', speed(context)),
      folding(
        'second',
        toggleButton(context, 'loop', 'loop', () => settings.value.isLooping),
      ),
      folding('third', iconButton(context, 'fullScreen', 'screen-full')),
      folding(
        'third',
        toggleButton(context, 'details', 'list-flat', () => settings.value.showsDetails),
      ),
      folding('first', iconButton(context, 'keyboardHelp', 'question')),
      more,
    ),
  );
}

/** The menu of what a narrow bar has no room for. What folds first comes last, because it is there whenever the menu is. */
function moreMenu(context: CompareContext): HTMLElement {
  const { words, settings } = context;
  const menu = menuButton(context, {
    label: words.more,
    iconName: 'ellipsis',
    groups: [
      { fold: 'second', verbs: ['loop'], isOn: { loop: () => settings.value.isLooping } },
      { fold: 'third', verbs: ['slower', 'faster'] },
      {
        fold: 'third',
        verbs: ['fullScreen', 'details'],
        isOn: { details: () => settings.value.showsDetails },
      },
      { fold: 'first', verbs: ['louder', 'quieter', 'keyboardHelp'] },
    ],
  });
  menu.classList.add('more');
  return menu;
}
