import type { CompareWords } from '../compareProtocol.ts';
import type { ControlContext } from '../player/controlContext.ts';
import { folding } from '../player/controls/folding.ts';
import { toggleButton } from '../player/controls/toggleButton.ts';
import { transportBar } from '../player/controls/transportBar.ts';
import type { CompareVerbs } from './verbs.ts';

/** What the control bar is built from. */
export interface CompareContext extends Pick<ControlContext, 'player' | 'settings'> {
  readonly words: CompareWords;
  readonly verbs: CompareVerbs;
}

/** The control bar below the clips, which controls all of them. */
export function compareBar(context: CompareContext): HTMLElement {
  const { player, settings } = context;
  const showsDetails = (): boolean => settings.value.showsDetails;
  const { element, draw } = transportBar(context, {
    views: [folding('third', toggleButton(context, 'details', 'list-flat', showsDetails))],
    viewMenu: { verbs: ['fullScreen', 'details'], isOn: { details: showsDetails } },
  });
  player.playback.addEventListener('durationchange', draw);
  return element;
}
