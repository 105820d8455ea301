import type { Decision } from '../../decision.ts';
import { create, icon } from '../dom.ts';
import type { ControlContext } from '../controlContext.ts';
import { enable } from '../pressable.ts';
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

/** The control bar below the video. */
export interface ControlBar {
  readonly element: HTMLElement;
  /** Enables the buttons to the previous and next clip, or hides them (`null`). */
  showNeighbours(neighbours: { previous: boolean; next: boolean } | null): void;
  /** Shows whether the clip is a pick; hides the star where there is nothing to decide. */
  showDecision(decision: Decision | undefined): void;
}

export function controlBar(context: ControlContext): ControlBar {
  const { player, settings, words } = context;
  const previous = iconButton(context, 'previousClip', 'clip-previous');
  const next = iconButton(context, 'nextClip', 'clip-next');
  const pick = iconButton(context, 'pick', 'star-empty');
  pick.classList.add('pick');
  const fullScreen = iconButton(context, 'fullScreen', 'screen-full');
  const details = toggleButton(context, 'details', 'info', () => settings.value.showsDetails);
  const help = iconButton(context, 'keyboardHelp', 'question');
  const more = moreMenu(context);
  for (const button of [previous, next, fullScreen, details, help, more]) {
    // Also shown while there is no video.
    button.classList.add('always');
  }
  const seek = seekBar(context);
  const time = timeDisplay(context);
  const left = [
    previous,
    iconButton(context, 'previousFrame', 'frame-previous'),
    playButton(context),
    iconButton(context, 'nextFrame', 'frame-next'),
    next,
    time.element,
  ];
  const right = [
    volume(context),
    folding('fourth', pick),
    folding('third', speed(context)),
    folding(
      'second',
      toggleButton(context, 'loop', 'loop', () => settings.value.isLooping),
    ),
    folding('second', frameMenu(context)),
    ...(document.pictureInPictureEnabled
      ? [folding('first', iconButton(context, 'pictureInPicture', 'multiple-windows'))]
      : []),
    folding('third', fullScreen),
    folding('third', details),
    folding('first', help),
    more,
  ];
  more.classList.add('more');
  drawAlong(context, () => {
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
      enable(previous, neighbours?.previous === true);
      enable(next, neighbours?.next === true);
    },
    showDecision: decision => {
      const isPicked = decision === 'picked';
      pick.hidden = decision === undefined;
      pick.ariaPressed = String(isPicked);
      pick.replaceChildren(icon(isPicked ? 'star-full' : 'star-empty'));
    },
  };
}
