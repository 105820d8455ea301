import type { ControlContext } from '../controlContext.ts';
import { create } from '../dom.ts';
import type { TransportVerb, Verb } from '../verbs.ts';
import { drawAlong } from './drawAlong.ts';
import { folding } from './folding.ts';
import { iconButton } from './iconButton.ts';
import { menuButton, type MenuGroup } from './menuButton.ts';
import { playButton } from './playButton.ts';
import { seekBar } from './seekBar.ts';
import { speed } from './speed.ts';
import { timeDisplay } from './timeDisplay.ts';
import { toggleButton } from './toggleButton.ts';
import { volume } from './volume.ts';

/** The verbs that every bar has. */
type BarVerb = TransportVerb | 'fullScreen' | 'copyTimeCode' | 'keyboardHelp';

/** What a bar has besides. */
interface BarParts<V extends Verb> {
  /** In front of the buttons that play, and behind them. */
  readonly before?: readonly Node[];
  readonly after?: readonly Node[];
  /** Buttons that show something else; they fold as that of full screen does. */
  readonly views?: readonly Node[];
  /** Full screen and what those buttons show, in the menu. */
  readonly viewMenu: Pick<MenuGroup<V>, 'verbs' | 'isOn'>;
}

/** The control bar of a page that plays several clips as one. */
export function transportBar<V extends Verb>(
  context: ControlContext<BarVerb | V>,
  { before = [], after = [], views = [], viewMenu }: BarParts<V>,
): { readonly element: HTMLElement; readonly draw: () => void } {
  const { words, settings } = context;
  const seek = seekBar(context);
  const time = timeDisplay(context);
  const draw = (): void => {
    seek.draw();
    time.draw();
  };
  drawAlong(context, draw);
  const isLooping = (): boolean => settings.value.isLooping;
  // What a narrow bar has no room for. What folds first comes last, because it is there whenever the menu is.
  const more = menuButton<BarVerb | V>(context, {
    label: words.more,
    iconName: 'ellipsis',
    groups: [
      {
        fold: 'second',
        verbs: ['loop'],
        isOn: { loop: isLooping } as MenuGroup<BarVerb | V>['isOn'] & object,
      },
      { fold: 'third', verbs: ['slower', 'faster'] },
      { fold: 'third', ...viewMenu } as MenuGroup<BarVerb | V>,
      { fold: 'first', verbs: ['louder', 'quieter', 'keyboardHelp'] },
    ],
  });
  more.classList.add('more');
  const element = create(
    'div',
    { className: 'controls', role: 'group', ariaLabel: words.controls },
    seek.element,
    create(
      'div',
      { className: 'row' },
      ...before,
      iconButton(context, 'previousFrame', 'frame-previous'),
      playButton(context),
      iconButton(context, 'nextFrame', 'frame-next'),
      ...after,
      time.element,
    ),
    create(
      'div',
      { className: 'row' },
      volume(context),
      folding('third', speed(context)),
      folding('second', toggleButton(context, 'loop', 'loop', isLooping)),
      folding('third', iconButton(context, 'fullScreen', 'screen-full')),
      ...views,
      folding('first', iconButton(context, 'keyboardHelp', 'question')),
      more,
    ),
  );
  return { element, draw };
}
