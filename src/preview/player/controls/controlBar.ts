import { create } from '../dom.ts';
import type { Desk } from '../desk.ts';
import { drawAlong } from './drawAlong.ts';
import { folding } from './folding.ts';
import { frameMenu } from './frameMenu.ts';
import { iconButton } from './iconButton.ts';
import { moreMenu } from './moreMenu.ts';
import { playButton } from './playButton.ts';
import { seekBar } from './seekBar.ts';
import { speed } from './speed.ts';
import { timeDisplay } from './timeDisplay.ts';
import { toggleButton } from './toggleButton.ts';
import { volume } from './volume.ts';

/** The bar below the picture. */
export interface ControlBar {
  readonly element: HTMLElement;
  /** Says whether there are clips before and after; without a list there is no way to go to any. */
  showNeighbours(neighbours: { previous: boolean; next: boolean } | null): void;
}

export function controlBar(desk: Desk): ControlBar {
  const { player, settings, words } = desk;
  const previous = iconButton(desk, 'previousClip', 'clip-previous');
  const next = iconButton(desk, 'nextClip', 'clip-next');
  const fullScreen = iconButton(desk, 'fullScreen', 'screen-full');
  const details = toggleButton(desk, 'details', 'info', () => settings.value.showsDetails);
  const help = iconButton(desk, 'keyboardHelp', 'question');
  const more = moreMenu(desk);
  for (const button of [previous, next, fullScreen, details, help, more]) {
    // Of use without a picture too.
    button.classList.add('always');
  }
  const seek = seekBar(desk);
  const time = timeDisplay(desk);
  const left = [
    previous,
    iconButton(desk, 'previousFrame', 'frame-previous'),
    playButton(desk),
    iconButton(desk, 'nextFrame', 'frame-next'),
    next,
    time.element,
  ];
  const right = [
    volume(desk),
    folding('third', speed(desk)),
    folding(
      'second',
      toggleButton(desk, 'loop', 'loop', () => settings.value.isLooping),
    ),
    folding('second', frameMenu(desk)),
    ...(document.pictureInPictureEnabled
      ? [folding('first', iconButton(desk, 'pictureInPicture', 'multiple-windows'))]
      : []),
    folding('third', fullScreen),
    folding('third', details),
    folding('first', help),
    more,
  ];
  more.classList.add('more');
  drawAlong(desk, () => {
    seek.draw();
    time.draw();
  });
  player.playback.addEventListener('durationchange', seek.draw);
  return {
    element: create(
      'div',
      { className: 'controls', role: 'group', ariaLabel: words.controls },
      seek.element,
      create('div', { className: 'row' }, ...left),
      create('div', { className: 'row' }, ...right),
    ),
    showNeighbours: neighbours => {
      previous.hidden = next.hidden = neighbours === null;
      previous.disabled = neighbours?.previous !== true;
      next.disabled = neighbours?.next !== true;
    },
  };
}
