import { drawAlong } from '../player/controls/drawAlong.ts';
import { iconButton } from '../player/controls/iconButton.ts';
import { playButton } from '../player/controls/playButton.ts';
import { seekBar } from '../player/controls/seekBar.ts';
import { speed } from '../player/controls/speed.ts';
import { timeDisplay } from '../player/controls/timeDisplay.ts';
import { toggleButton } from '../player/controls/toggleButton.ts';
import { volume } from '../player/controls/volume.ts';
import type { Desk } from '../player/desk.ts';
import { create } from '../player/dom.ts';
import type { CompareWords } from '../compareProtocol.ts';
import type { Board } from './board.ts';
import { HEAR_VERBS, type CompareVerbs } from './verbs.ts';

/** What the bar works with. */
export interface CompareDesk extends Pick<Desk, 'player' | 'settings'> {
  readonly words: CompareWords;
  readonly verbs: CompareVerbs;
}

/** The bar below the clips: one for all of them. */
export function compareBar(desk: CompareDesk, board: Board): HTMLElement {
  const { player, settings, words } = desk;
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
      numbers(desk, board),
      volume(desk),
      speed(desk),
      toggleButton(desk, 'loop', 'loop', () => settings.value.isLooping),
      iconButton(desk, 'fullScreen', 'screen-full'),
      toggleButton(desk, 'details', 'list-flat', () => settings.value.showsDetails),
      iconButton(desk, 'keyboardHelp', 'question'),
    ),
  );
}

/** A number for each clip: pressed is the one that is heard. */
function numbers({ words, verbs }: CompareDesk, board: Board): HTMLElement {
  const buttons = board.order.map((_card, place) => {
    const verb = HEAR_VERBS[place] ?? 'hearFirst';
    const button = create('button', { type: 'button', className: 'icon' }, String(place + 1));
    button.addEventListener('click', verbs[verb]);
    return { button, text: words[verb] };
  });
  const draw = (): void => {
    for (const [place, { button, text }] of buttons.entries()) {
      const card = board.order[place];
      button.ariaPressed = String(card === board.heard);
      button.title = `${text}: ${card?.shown.name ?? ''}`;
      // With the number that is seen, for those who say what is to be pressed.
      button.ariaLabel = `${place + 1}: ${button.title}`;
    }
  };
  draw();
  board.addEventListener('change', draw);
  return create(
    'span',
    { className: 'numbers', role: 'group', ariaLabel: words.clips },
    ...buttons.map(({ button }) => button),
  );
}
