import { FEWEST_CLIPS, MOST_CLIPS } from '../compareProtocol.ts';
import { decisionIn, toggled } from '../decision.ts';
import { create, filled } from '../player/dom.ts';
import { pressable } from '../player/pressable.ts';
import type { SheetClip, SheetWords } from '../sheetProtocol.ts';
import { host } from './host.ts';
import { hasFile } from './tile.ts';

/** The bar with the actions on the selected clips, hidden without a selection. */
export interface SelectionBar {
  readonly element: HTMLElement;
  show(clips: readonly SheetClip[]): void;
}

export function selectionBar(words: SheetWords, clear: () => void): SelectionBar {
  let shown: readonly SheetClip[] = [];
  const keys = (): number[] => shown.map(({ key }) => key);
  const button = (text: string): HTMLButtonElement =>
    create('button', { type: 'button', className: 'text' }, text);
  // For screen readers.
  const count = create('span', { className: 'selected', role: 'status' });
  const compare = button(words.compare);
  const turnCompare = pressable(compare, () => {
    host.postMessage({ type: 'compare', keys: keys() });
  });
  const why = create('span', { className: 'why', id: 'why-not-compare' });
  compare.setAttribute('aria-describedby', why.id);
  const saveAs = button(words.saveAs);
  const turnSaveAs = pressable(saveAs, () => {
    host.postMessage({ type: 'saveAs', keys: keys() });
  });
  const pick = button(words.pick);
  const turnPick = pressable(pick, () => {
    const verb = toggled(
      'pick',
      shown.map(({ can }) => decisionIn(can)),
    );
    if (verb !== undefined) {
      host.postMessage({ type: 'take', verb, keys: keys() });
    }
  });
  const unselect = button(words.clearSelection);
  unselect.addEventListener('click', clear);
  const actions = create('span', { className: 'actions' }, pick, compare, why, saveAs, unselect);
  const element = create('footer', { className: 'selection', ariaLabel: words.selection }, count, actions);
  element.role = 'group';
  const show = (clips: readonly SheetClip[]): void => {
    shown = clips;
    actions.hidden = clips.length === 0;
    count.textContent = clips.length === 0 ? '' : filled(words.selected, String(clips.length));
    const reason = reasonAgainst(clips, words);
    turnCompare(reason === '');
    why.textContent = reason;
    const verb = toggled(
      'pick',
      clips.map(({ can }) => decisionIn(can)),
    );
    turnPick(verb !== undefined);
    pick.textContent = verb === 'unpick' ? words.unpick : words.pick;
    turnSaveAs(clips.some(hasFile));
  };
  show([]);
  return { element, show };
}

/** Why these clips cannot be compared; '' if they can. */
function reasonAgainst(clips: readonly SheetClip[], words: SheetWords): string {
  if (clips.length < FEWEST_CLIPS || clips.length > MOST_CLIPS) {
    return words.howMany;
  }
  return clips.every(hasFile) ? '' : words.missing;
}
