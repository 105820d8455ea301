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
import type { Desk } from '../player/desk.ts';
import { create } from '../player/dom.ts';
import type { CompareWords } from '../compareProtocol.ts';
import type { CompareVerbs } from './verbs.ts';

/** What the bar works with. */
export interface CompareDesk extends Pick<Desk, 'player' | 'settings'> {
  readonly words: CompareWords;
  readonly verbs: CompareVerbs;
}

/** The bar below the clips: one for all of them. */
export function compareBar(desk: CompareDesk): HTMLElement {
  const { player, settings, words } = desk;
  const more = moreMenu(desk);
  const seek = seekBar(desk);
  const time = timeDisplay(desk);
  const draw = (): void => {
    seek.draw();
    time.draw();
  };
  drawAlong(desk, draw);
  player.playback.addEventListener('durationchange', draw);
  return create(
    'div',
    { className: 'controls', role: 'group', ariaLabel: words.controls },
    seek.element,
    create(
      'div',
      { className: 'row' },
      iconButton(desk, 'previousFrame', 'frame-previous'),
      playButton(desk),
      iconButton(desk, 'nextFrame', 'frame-next'),
      time.element,
    ),
    create(
      'div',
      { className: 'row' },
      volume(desk),
      folding('third', speed(desk)),
      folding(
        'second',
        toggleButton(desk, 'loop', 'loop', () => settings.value.isLooping),
      ),
      folding('third', iconButton(desk, 'fullScreen', 'screen-full')),
      folding(
        'third',
        toggleButton(desk, 'details', 'list-flat', () => settings.value.showsDetails),
      ),
      folding('first', iconButton(desk, 'keyboardHelp', 'question')),
      more,
    ),
  );
}

/** What a narrow bar has no room for. What folds first comes last: it is there whenever the menu is. */
function moreMenu(desk: CompareDesk): HTMLElement {
  const { words, settings } = desk;
  const menu = menuButton(desk, {
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
